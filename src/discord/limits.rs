//! Our own limiter: how fast we may speak to Discord, and when we had better be quiet.
//!
//! [`Limits`] decides and does nothing else: it is a plain value over an explicit moment, so that every
//! rule is a table in the tests. [`Limiter`] is the same value behind a lock, with waiting and with one
//! lane per channel.
//!
//! Rules, from <https://docs.discord.com/developers/topics/rate-limits>:
//! - 50 requests a second for a bot over all routes; interaction endpoints are exempt.
//! - Buckets per route and major parameter, learned from the `X-RateLimit-*` headers. Until a bucket is
//!   known, one request at a time finds out; urgent calls do not wait for it.
//! - 429 says how long to wait and for what: everything (`global`), this bot here (`user`), or everybody
//!   here (`shared`, which does not count as an invalid request).
//! - 10,000 answers of 401, 403 or 429 within ten minutes get an address banned: long before that we rest.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::{Notify, OwnedMutexGuard};

use crate::clock::monotonic;

/// Requests a second for everything that can wait a moment; Discord allows 50. What is left over is for
/// urgent calls and for what another process does with the same token.
pub const GLOBAL_NORMAL: usize = 45;
/// Requests a second that background work (catching up, registering) may use, so that it never fills
/// the second for what people wait for.
pub const GLOBAL_BACKGROUND: usize = 30;
/// Requests a second for urgent calls: nearly all that Discord allows.
pub const GLOBAL_URGENT: usize = 49;
/// The window of the global limit.
const SECOND: Duration = Duration::from_secs(1);
/// Buckets remembered at a time; a group uses about ten, and an idle one is forgotten first.
pub const BUCKETS_LIMIT: usize = 4096;
/// Channel lanes remembered at a time; lanes nobody stands in are forgotten.
pub const LANES_LIMIT: usize = 4096;
/// The window in which Discord counts invalid requests.
pub const INVALID_WINDOW: Duration = Duration::from_secs(600);
/// Invalid requests in that window after which we rest: a tenth of what leads to a ban.
pub const INVALID_REST_AT: u32 = 1_000;
/// Invalid requests after which even answers to interactions rest: still far from a ban.
pub const INVALID_STOP_AT: u32 = 5_000;
/// Invalid requests are counted in slots of this length, so that counting stays small.
const INVALID_SLOT: Duration = Duration::from_secs(10);
/// How long a 429 without a number is obeyed; a ban by Discord's front (Cloudflare) may say nothing.
const UNSAID_WAIT: Duration = Duration::from_secs(60);
/// Longest period a bucket is believed to have when it refills by our own reckoning.
const LONGEST_PERIOD: Duration = Duration::from_secs(600);

/// How much somebody waits for a call. Ordered from what can wait most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Priority {
    /// Nobody waits: catching up, registering commands, checking permissions.
    Background,
    /// Messages of the outbox and what belongs to them.
    Normal,
    /// A crisis answer in a channel or a direct message.
    Urgent,
    /// An answer to an interaction: exempt from the global limit, three seconds to live.
    Interaction,
}

/// A call as Discord limits it: the method, the path with its parameters left open, and the major
/// parameter (channel, guild or webhook; zero where there is none).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Route {
    /// `get`, `post` and so on.
    pub method: &'static str,
    /// Such as `/channels/{channel}/messages`.
    pub template: &'static str,
    /// The major parameter's id.
    pub major: u64,
}

/// For whom a 429 holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Every route.
    Global,
    /// This bot on this route.
    User,
    /// Everybody on this resource; not counted as invalid.
    Shared,
}

/// What an answer says about limits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// The HTTP status.
    pub status: u16,
    /// `X-RateLimit-Bucket`.
    pub bucket: Option<String>,
    /// `X-RateLimit-Limit`.
    pub limit: Option<u32>,
    /// `X-RateLimit-Remaining`.
    pub remaining: Option<u32>,
    /// `X-RateLimit-Reset-After`.
    pub reset_after: Option<Duration>,
    /// `retry_after` of the body, or the `Retry-After` header.
    pub retry_after: Option<Duration>,
    /// `X-RateLimit-Scope`, or `global` of the body.
    pub scope: Option<Scope>,
}

/// Whether a call may go out now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Admission {
    /// It may, and is counted; the key is handed back with the answer.
    Go(Option<BucketKey>),
    /// Not before that long.
    Wait(Duration),
    /// Not before the call that is out on the same, still unknown bucket is answered.
    AfterAnswer,
    /// We rest after too many invalid requests, for that long.
    Rest(Duration),
}

/// Names one bucket: what Discord calls it (or the route, while unknown) and the major parameter.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct BucketKey {
    name: BucketName,
    major: u64,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum BucketName {
    Learned(Arc<str>),
    Route(&'static str, &'static str),
}

#[derive(Clone, Debug)]
struct Bucket {
    rule: Rule,
    in_flight: u32,
    touched: Instant,
}

#[derive(Clone, Debug)]
enum Rule {
    /// Not answered yet.
    Unknown,
    /// Answered without limit headers.
    Free,
    /// Closed by a 429 before its size was known.
    Closed { until: Instant },
    /// As the headers said.
    Known { limit: u32, remaining: u32, reset_at: Instant, period: Duration },
}

/// The deciding part: what was sent and heard lately, and what follows from it.
#[derive(Debug, Default)]
pub struct Limits {
    sent: VecDeque<Instant>,
    closed_until: Option<Instant>,
    names: HashMap<(&'static str, &'static str), Arc<str>>,
    buckets: HashMap<BucketKey, Bucket>,
    invalid: VecDeque<(Instant, u32)>,
}

impl Limits {
    /// Whether a call may go out at `now`. `Go` counts it.
    pub fn admit(&mut self, now: Instant, route: Route, priority: Priority) -> Admission {
        let rest_at = if priority == Priority::Interaction { INVALID_STOP_AT } else { INVALID_REST_AT };
        if let Some(left) = self.resting(now, rest_at) {
            return Admission::Rest(left);
        }
        if priority == Priority::Interaction {
            return Admission::Go(None);
        }
        if let Some(until) = self.closed_until {
            if now < until {
                return Admission::Wait(until - now);
            }
            self.closed_until = None;
        }
        if let Some(left) = self.second_is_full(now, priority) {
            return Admission::Wait(left);
        }
        let key = self.key(route);
        if !self.buckets.contains_key(&key) && self.buckets.len() >= BUCKETS_LIMIT {
            self.forget_idle(now);
            if self.buckets.len() >= BUCKETS_LIMIT {
                return Admission::Wait(SECOND);
            }
        }
        let bucket =
            self.buckets.entry(key.clone()).or_insert(Bucket { rule: Rule::Unknown, in_flight: 0, touched: now });
        match bucket.admit(now, priority) {
            Admission::Go(_) => {
                self.sent.push_back(now);
                Admission::Go(Some(key))
            }
            held => held,
        }
    }

    /// Takes in an answer to a call that was admitted at this route.
    pub fn heard(&mut self, now: Instant, route: Route, told: &Told) {
        let limited = told.status == 429;
        if matches!(told.status, 401 | 403) || (limited && told.scope != Some(Scope::Shared)) {
            self.count_invalid(now);
        }
        // A 429 without bucket and scope comes from Discord's front and holds for everything.
        let global = told.scope == Some(Scope::Global) || (limited && told.scope.is_none() && told.bucket.is_none());
        if limited && global {
            let until = now + told.retry_after.unwrap_or(UNSAID_WAIT);
            self.closed_until = Some(self.closed_until.map_or(until, |before| before.max(until)));
            return;
        }
        if let Some(name) = &told.bucket {
            let named = self.names.entry((route.method, route.template)).or_insert_with(|| name.as_str().into());
            if **named != **name {
                *named = name.as_str().into();
            }
        }
        let key = self.key(route);
        let bucket = self.buckets.entry(key).or_insert(Bucket { rule: Rule::Unknown, in_flight: 0, touched: now });
        bucket.hear(now, told);
    }

    /// Takes back the count of a call that is out no more, answered or not.
    pub fn done(&mut self, key: &BucketKey) {
        let Some(bucket) = self.buckets.get_mut(key) else { return };
        bucket.in_flight = bucket.in_flight.saturating_sub(1);
        let stale = match &key.name {
            BucketName::Route(method, template) => self.names.contains_key(&(*method, *template)),
            BucketName::Learned(_) => false,
        };
        if stale && bucket.in_flight == 0 {
            self.buckets.remove(key);
        }
    }

    /// How many invalid requests the last ten minutes hold.
    pub fn invalid_count(&mut self, now: Instant) -> u32 {
        while self.invalid.front().is_some_and(|(at, _)| now.duration_since(*at) >= INVALID_WINDOW) {
            self.invalid.pop_front();
        }
        self.invalid.iter().map(|(_, count)| count).sum()
    }

    /// How many buckets are remembered.
    pub fn buckets(&self) -> usize {
        self.buckets.len()
    }

    fn key(&self, route: Route) -> BucketKey {
        let name = match self.names.get(&(route.method, route.template)) {
            Some(name) => BucketName::Learned(name.clone()),
            None => BucketName::Route(route.method, route.template),
        };
        BucketKey { name, major: route.major }
    }

    fn second_is_full(&mut self, now: Instant, priority: Priority) -> Option<Duration> {
        while self.sent.front().is_some_and(|at| now.duration_since(*at) >= SECOND) {
            self.sent.pop_front();
        }
        let allowed = match priority {
            Priority::Background => GLOBAL_BACKGROUND,
            Priority::Normal => GLOBAL_NORMAL,
            Priority::Urgent | Priority::Interaction => GLOBAL_URGENT,
        };
        let over = (self.sent.len() + 1).checked_sub(allowed).filter(|over| *over > 0)?;
        // The call fits once `over` of the oldest have left the window.
        let at = self.sent.get(over - 1)?;
        Some(SECOND.saturating_sub(now.duration_since(*at)).max(Duration::from_millis(1)))
    }

    fn resting(&mut self, now: Instant, rest_at: u32) -> Option<Duration> {
        let mut count = self.invalid_count(now);
        if count < rest_at {
            return None;
        }
        for (at, slot) in &self.invalid {
            count = count.saturating_sub(*slot);
            if count < rest_at {
                return Some(INVALID_WINDOW.saturating_sub(now.duration_since(*at)).max(SECOND));
            }
        }
        Some(INVALID_WINDOW)
    }

    fn count_invalid(&mut self, now: Instant) {
        match self.invalid.back_mut() {
            Some((at, count)) if now.duration_since(*at) < INVALID_SLOT => *count += 1,
            _ => self.invalid.push_back((now, 1)),
        }
        self.invalid_count(now);
    }

    /// Forgets buckets that say nothing any more; when all still say something, the quarter that was
    /// touched longest ago.
    fn forget_idle(&mut self, now: Instant) {
        self.buckets.retain(|_, bucket| bucket.in_flight > 0 || bucket.says_something(now));
        if self.buckets.len() < BUCKETS_LIMIT {
            return;
        }
        let mut idle: Vec<(Instant, BucketKey)> = self
            .buckets
            .iter()
            .filter(|(_, bucket)| bucket.in_flight == 0)
            .map(|(key, bucket)| (bucket.touched, key.clone()))
            .collect();
        idle.sort_by_key(|(touched, _)| *touched);
        for (_, key) in idle.into_iter().take(BUCKETS_LIMIT / 4) {
            self.buckets.remove(&key);
        }
    }
}

impl Bucket {
    fn admit(&mut self, now: Instant, priority: Priority) -> Admission {
        self.touched = now;
        if let Rule::Closed { until } = self.rule {
            if now < until {
                return Admission::Wait(until - now);
            }
            self.rule = Rule::Unknown;
        }
        match &mut self.rule {
            // What is urgent does not wait for an ordinary call that finds out; at worst it meets a 429.
            Rule::Unknown if self.in_flight > 0 && priority < Priority::Urgent => return Admission::AfterAnswer,
            Rule::Unknown | Rule::Free | Rule::Closed { .. } => {}
            Rule::Known { limit, remaining, reset_at, period } => {
                if now >= *reset_at {
                    // A new window; the next answer says when it really ends.
                    *remaining = limit.saturating_sub(self.in_flight);
                    *reset_at = now + *period;
                }
                if *remaining == 0 {
                    return Admission::Wait((*reset_at - now).max(Duration::from_millis(1)));
                }
                *remaining -= 1;
            }
        }
        self.in_flight += 1;
        Admission::Go(None)
    }

    fn hear(&mut self, now: Instant, told: &Told) {
        self.touched = now;
        if told.status == 429 {
            let wait = told.retry_after.or(told.reset_after).unwrap_or(UNSAID_WAIT);
            match &mut self.rule {
                Rule::Known { remaining, reset_at, .. } => {
                    *remaining = 0;
                    *reset_at = (*reset_at).max(now + wait);
                }
                rule => *rule = Rule::Closed { until: now + wait },
            }
            return;
        }
        let (Some(limit), Some(left), Some(after)) = (told.limit, told.remaining, told.reset_after) else {
            if matches!(self.rule, Rule::Unknown) {
                self.rule = Rule::Free;
            }
            return;
        };
        let after = after.min(LONGEST_PERIOD);
        // The answer knows nothing of our other calls that are still on their way (this one not counted).
        let left = left.saturating_sub(self.in_flight.saturating_sub(1));
        self.rule = match self.rule {
            Rule::Known { remaining, reset_at, period, .. } if now < reset_at => Rule::Known {
                limit,
                remaining: remaining.min(left),
                reset_at: if remaining == 0 { reset_at.max(now + after) } else { now + after },
                period: period.max(after),
            },
            Rule::Known { period, .. } => {
                Rule::Known { limit, remaining: left, reset_at: now + after, period: period.max(after) }
            }
            Rule::Unknown | Rule::Free | Rule::Closed { .. } => {
                Rule::Known { limit, remaining: left, reset_at: now + after, period: after }
            }
        };
    }

    fn says_something(&self, now: Instant) -> bool {
        match self.rule {
            Rule::Unknown | Rule::Free => false,
            Rule::Closed { until } => now < until,
            Rule::Known { reset_at, .. } => now < reset_at,
        }
    }
}

/// Why a call was not let out within the caller's patience.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    /// A limit is used up for that long.
    Wait(Duration),
    /// We rest after too many invalid requests.
    Rest(Duration),
}

/// [`Limits`] behind a lock, with waiting, and one lane per channel.
#[derive(Debug, Default)]
pub struct Limiter {
    limits: Mutex<Limits>,
    changed: Notify,
    lanes: Mutex<HashMap<u64, Arc<tokio::sync::Mutex<()>>>>,
}

/// A call that was let out. Dropping it, answered or not, frees its place.
#[derive(Debug)]
pub struct Permit<'a> {
    limiter: &'a Limiter,
    route: Route,
    key: Option<BucketKey>,
}

impl Limiter {
    /// Waits, at most for `patience`, until a call may go out.
    ///
    /// # Errors
    /// Says how much longer it would take when that is beyond `patience`.
    pub async fn admit(&self, route: Route, priority: Priority, patience: Duration) -> Result<Permit<'_>, Held> {
        let deadline = monotonic() + patience;
        loop {
            let changed = self.changed.notified();
            tokio::pin!(changed);
            changed.as_mut().enable();
            let now = monotonic();
            let left = deadline.saturating_duration_since(now);
            let admission = self.lock().admit(now, route, priority);
            let wait = match admission {
                Admission::Go(key) => return Ok(Permit { limiter: self, route, key }),
                Admission::Rest(rest) => return Err(Held::Rest(rest)),
                Admission::Wait(wait) if wait > left => return Err(Held::Wait(wait)),
                Admission::Wait(wait) => wait,
                Admission::AfterAnswer if left.is_zero() => return Err(Held::Wait(SECOND)),
                Admission::AfterAnswer => left,
            };
            // Either the wait is over or an answer changed what we know; both mean: ask again.
            let _ = tokio::time::timeout(wait, changed).await;
        }
    }

    /// The lane of a channel: who holds it is the only one posting there. First come, first served.
    pub async fn lane(&self, channel: u64) -> OwnedMutexGuard<()> {
        let lane = {
            let mut lanes = self.lanes.lock().unwrap_or_else(PoisonError::into_inner);
            if lanes.len() >= LANES_LIMIT {
                lanes.retain(|_, lane| Arc::strong_count(lane) > 1);
            }
            lanes.entry(channel).or_default().clone()
        };
        lane.lock_owned().await
    }

    /// How many invalid requests the last ten minutes hold.
    pub fn invalid_count(&self) -> u32 {
        self.lock().invalid_count(monotonic())
    }

    fn lock(&self) -> MutexGuard<'_, Limits> {
        self.limits.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Permit<'_> {
    /// Takes in what the answer said.
    pub fn heard(&self, told: &Told) {
        self.limiter.lock().heard(monotonic(), self.route, told);
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        if let Some(key) = &self.key {
            self.limiter.lock().done(key);
            self.limiter.changed.notify_waiters();
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use super::*;

    const POST: Route = Route { method: "post", template: "/channels/{channel}/messages", major: 7 };
    const READ: Route = Route { method: "get", template: "/channels/{channel}/messages", major: 7 };

    fn ms(ms: u64) -> Duration {
        Duration::from_millis(ms)
    }

    fn told(limit: u32, remaining: u32, reset_after: Duration) -> Told {
        Told {
            status: 200,
            bucket: Some("abc".into()),
            limit: Some(limit),
            remaining: Some(remaining),
            reset_after: Some(reset_after),
            ..Told::default()
        }
    }

    fn refused(status: u16, scope: Option<Scope>, retry_after: Duration) -> Told {
        Told { status, scope, retry_after: Some(retry_after), bucket: Some("abc".into()), ..Told::default() }
    }

    fn go(limits: &mut Limits, now: Instant, route: Route) -> BucketKey {
        match limits.admit(now, route, Priority::Normal) {
            Admission::Go(Some(key)) => key,
            other => panic!("expected to go, got {other:?}"),
        }
    }

    fn exchange(limits: &mut Limits, now: Instant, route: Route, told: &Told) {
        let key = go(limits, now, route);
        limits.heard(now, route, told);
        limits.done(&key);
    }

    #[test]
    fn an_unknown_bucket_is_tried_by_one_call_at_a_time() {
        let (mut limits, now) = (Limits::default(), monotonic());
        let key = go(&mut limits, now, POST);
        assert_eq!(limits.admit(now, POST, Priority::Normal), Admission::AfterAnswer);
        // Another channel and another method are other buckets.
        assert!(matches!(limits.admit(now, Route { major: 8, ..POST }, Priority::Normal), Admission::Go(_)));
        assert!(matches!(limits.admit(now, READ, Priority::Normal), Admission::Go(_)));
        limits.heard(now, POST, &told(5, 4, ms(5000)));
        limits.done(&key);
        for _ in 0..4 {
            go(&mut limits, now, POST);
        }
        assert_eq!(limits.admit(now, POST, Priority::Normal), Admission::Wait(ms(5000)));
    }

    #[test]
    fn an_urgent_call_does_not_wait_behind_one_that_finds_out() {
        let (mut limits, now) = (Limits::default(), monotonic());
        go(&mut limits, now, POST);
        assert_eq!(limits.admit(now, POST, Priority::Normal), Admission::AfterAnswer);
        assert_eq!(limits.admit(now, POST, Priority::Background), Admission::AfterAnswer);
        assert!(matches!(limits.admit(now, POST, Priority::Urgent), Admission::Go(_)));
    }

    #[test]
    fn a_lost_answer_frees_the_unknown_bucket() {
        let (mut limits, now) = (Limits::default(), monotonic());
        let key = go(&mut limits, now, POST);
        limits.done(&key);
        go(&mut limits, now, POST);
    }

    #[test]
    fn an_answer_without_headers_limits_nothing_but_the_second() {
        let (mut limits, now) = (Limits::default(), monotonic());
        exchange(&mut limits, now, POST, &Told { status: 200, ..Told::default() });
        for _ in 1..GLOBAL_NORMAL {
            go(&mut limits, now, POST);
        }
        assert_eq!(limits.admit(now, POST, Priority::Normal), Admission::Wait(ms(1000)));
        assert_eq!(limits.admit(now + ms(400), POST, Priority::Normal), Admission::Wait(ms(600)));
        assert!(matches!(limits.admit(now + ms(1000), POST, Priority::Normal), Admission::Go(_)));
    }

    #[test]
    fn the_second_keeps_room_for_what_is_more_urgent() {
        let (mut limits, now) = (Limits::default(), monotonic());
        let route = |major| Route { major, ..POST };
        for major in 0..GLOBAL_BACKGROUND as u64 {
            assert!(matches!(limits.admit(now, route(major), Priority::Background), Admission::Go(_)));
        }
        assert!(matches!(limits.admit(now, route(100), Priority::Background), Admission::Wait(_)));
        for major in 200..200 + (GLOBAL_NORMAL - GLOBAL_BACKGROUND) as u64 {
            assert!(matches!(limits.admit(now, route(major), Priority::Normal), Admission::Go(_)));
        }
        assert!(matches!(limits.admit(now, route(300), Priority::Normal), Admission::Wait(_)));
        for major in 400..400 + (GLOBAL_URGENT - GLOBAL_NORMAL) as u64 {
            assert!(matches!(limits.admit(now, route(major), Priority::Urgent), Admission::Go(_)));
        }
        assert!(matches!(limits.admit(now, route(500), Priority::Urgent), Admission::Wait(_)));
        for _ in 0..500 {
            assert_eq!(limits.admit(now, route(600), Priority::Interaction), Admission::Go(None));
        }
    }

    #[test]
    fn a_window_refills_when_it_ends_and_never_twice_without_an_answer() {
        let (mut limits, now) = (Limits::default(), monotonic());
        exchange(&mut limits, now, POST, &told(2, 1, ms(5000)));
        go(&mut limits, now, POST);
        let later = now + ms(5000);
        // One of the earlier window is still out and may count in this one.
        go(&mut limits, later, POST);
        assert_eq!(limits.admit(later, POST, Priority::Normal), Admission::Wait(ms(5000)));
        assert_eq!(limits.admit(later + ms(1), POST, Priority::Normal), Admission::Wait(ms(4999)));
    }

    #[test]
    fn calls_on_their_way_are_taken_off_what_an_answer_promises() {
        let (mut limits, now) = (Limits::default(), monotonic());
        exchange(&mut limits, now, POST, &told(5, 4, ms(5000)));
        let first = go(&mut limits, now, POST);
        go(&mut limits, now, POST);
        limits.heard(now, POST, &told(5, 3, ms(5000)));
        limits.done(&first);
        go(&mut limits, now, POST);
        go(&mut limits, now, POST);
        assert!(matches!(limits.admit(now, POST, Priority::Normal), Admission::Wait(_)));
    }

    #[test]
    fn routes_with_the_same_bucket_share_it_per_major_parameter() {
        let (mut limits, now) = (Limits::default(), monotonic());
        let edit = Route { method: "patch", template: "/channels/{channel}/messages/{message}", major: 7 };
        exchange(&mut limits, now, POST, &told(5, 1, ms(5000)));
        exchange(&mut limits, now, edit, &told(5, 0, ms(5000)));
        assert!(matches!(limits.admit(now, POST, Priority::Normal), Admission::Wait(_)));
        assert!(matches!(limits.admit(now, Route { major: 9, ..POST }, Priority::Normal), Admission::Go(_)));
    }

    #[test]
    fn a_429_closes_what_it_names() {
        // scope, whether another channel waits too, whether it counts as invalid
        let table = [(Some(Scope::User), false, 1), (Some(Scope::Shared), false, 0), (Some(Scope::Global), true, 1)];
        for (scope, everywhere, invalid) in table {
            let (mut limits, now) = (Limits::default(), monotonic());
            exchange(&mut limits, now, POST, &told(5, 4, ms(1000)));
            exchange(&mut limits, now, POST, &refused(429, scope, ms(3000)));
            assert_eq!(limits.admit(now, POST, Priority::Normal), Admission::Wait(ms(3000)), "{scope:?}");
            let other = limits.admit(now, Route { major: 9, ..POST }, Priority::Normal);
            assert_eq!(matches!(other, Admission::Wait(_)), everywhere, "{scope:?}");
            assert_eq!(limits.admit(now, POST, Priority::Interaction), Admission::Go(None));
            assert_eq!(limits.invalid_count(now), invalid, "{scope:?}");
            assert!(matches!(limits.admit(now + ms(3000), POST, Priority::Normal), Admission::Go(_)), "{scope:?}");
        }
    }

    #[test]
    fn a_429_without_any_name_closes_everything() {
        let (mut limits, now) = (Limits::default(), monotonic());
        exchange(&mut limits, now, POST, &Told { status: 429, ..Told::default() });
        assert_eq!(limits.admit(now, Route { major: 9, ..READ }, Priority::Urgent), Admission::Wait(UNSAID_WAIT));
    }

    #[test]
    fn too_many_invalid_requests_lead_to_a_rest_that_ends() {
        let (mut limits, start) = (Limits::default(), monotonic());
        for n in 0..INVALID_REST_AT {
            limits.heard(start + ms(u64::from(n) * 100), POST, &refused(403, None, ms(0)));
        }
        let now = start + ms(u64::from(INVALID_REST_AT) * 100);
        let Admission::Rest(left) = limits.admit(now, POST, Priority::Urgent) else { panic!("it should rest") };
        assert!(left <= INVALID_WINDOW && left > ms(400_000), "{left:?}");
        assert_eq!(limits.admit(now, POST, Priority::Interaction), Admission::Go(None));
        assert!(matches!(limits.admit(now + left, POST, Priority::Normal), Admission::Go(_)));
        for _ in 0..INVALID_STOP_AT {
            limits.heard(now, POST, &refused(401, None, ms(0)));
        }
        assert!(matches!(limits.admit(now, POST, Priority::Interaction), Admission::Rest(_)));
        assert!(limits.invalid.len() <= 61);
    }

    #[test]
    fn what_is_remembered_stays_bounded() {
        let (mut limits, start) = (Limits::default(), monotonic());
        for major in 0..3 * BUCKETS_LIMIT as u64 {
            let now = start + ms(major * 50);
            exchange(&mut limits, now, Route { major, ..POST }, &told(5, 4, ms(3_600_000)));
        }
        assert!(limits.buckets() <= BUCKETS_LIMIT, "{}", limits.buckets());
    }

    #[tokio::test]
    async fn a_lane_is_held_by_one_at_a_time_and_other_lanes_are_free() {
        let limiter = Limiter::default();
        let held = limiter.lane(1).await;
        let _other = limiter.lane(2).await;
        assert!(tokio::time::timeout(ms(5), limiter.lane(1)).await.is_err());
        drop(held);
        let _mine = limiter.lane(1).await;
    }

    #[tokio::test]
    async fn waiting_ends_with_the_answer_of_the_call_before() {
        let limiter = Arc::new(Limiter::default());
        let first = limiter.admit(POST, Priority::Normal, ms(0)).await.unwrap();
        assert_eq!(limiter.admit(POST, Priority::Normal, ms(0)).await.unwrap_err(), Held::Wait(SECOND));
        let second = tokio::spawn({
            let limiter = limiter.clone();
            async move { limiter.admit(POST, Priority::Normal, ms(60_000)).await.map(|_| ()) }
        });
        tokio::task::yield_now().await;
        first.heard(&told(5, 4, ms(5000)));
        drop(first);
        second.await.unwrap().unwrap();
    }
}
