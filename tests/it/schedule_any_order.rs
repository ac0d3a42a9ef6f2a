//! Edit, skip, move, cancel, pause, remove, undo, outages and time, in any order: whoever reads the channel
//! is never reminded twice, never of an old time, never after the start, and never left believing one.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use daymark::app;
use daymark::calendar::{Leads, Recurrence};
use daymark::clock::{Bell, Clock};
use daymark::config::Config;
use daymark::database::Database;
use daymark::deps::Deps;
use daymark::groups::model::{Source, Wanted};
use daymark::ids::{ChangeId, ChannelId, GroupId, GuildId, SeriesId};
use daymark::outbox::fake::{Fake, Fault};
use daymark::outbox::{Courier, DrawFn, Place};
use daymark::sessions::actions::{self, Which};
use daymark::sessions::model::{Details, Exception, Going};
use daymark::sessions::{plan, store};
use proptest::prelude::*;
use proptest::test_runner::{Config as Cases, TestRunner};
use tokio_util::sync::CancellationToken;

use crate::stage::{MONDAY, moment, zone};

/// One thing that happens.
#[derive(Clone, Copy, Debug)]
enum Act {
    Wait(i64),
    Skip(usize),
    Cancel(usize),
    Move(usize, i64),
    Undo,
    Edit(usize),
    Pause,
    Resume,
    Remove,
    Outage(bool),
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        6 => (1i64..1500).prop_map(Act::Wait),
        2 => (0usize..4).prop_map(Act::Skip),
        2 => (0usize..4).prop_map(Act::Cancel),
        4 => (0usize..4, -2000i64..3000).prop_map(|(which, by)| Act::Move(which, by)),
        3 => Just(Act::Undo),
        2 => (0usize..4).prop_map(Act::Edit),
        1 => Just(Act::Pause),
        2 => Just(Act::Resume),
        1 => Just(Act::Remove),
        1 => any::<bool>().prop_map(Act::Outage),
    ]
}

const PATTERNS: [&str; 4] = ["mon,wed,fri 18:00", "mon,wed,fri 19:00", "daily 12:00", "tue,thu 18:30"];
const LEADS: &str = "12h 1h 15m";

struct Bench {
    _folder: tempfile::TempDir,
    deps: Deps,
    fake: Fake,
    clock: Clock,
    group: GroupId,
    series: SeriesId,
    changes: Vec<ChangeId>,
    down: bool,
    /// Messages that were looked at.
    read: usize,
    /// What somebody who reads everything believes lies ahead.
    believed: BTreeSet<DateTime<Utc>>,
    /// Reminders seen for one start.
    seen: BTreeMap<DateTime<Utc>, usize>,
}

impl Bench {
    /// Fresh data and a fresh clock; what does not change (lexicon, helplines) is opened once.
    async fn new(base: &Deps) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = Clock::manual(moment(MONDAY));
        let deps = Deps {
            clock: clock.clone(),
            database: Database::open(&folder.path().join("daymark.db")).await.unwrap(),
            roster: Arc::default(),
            courier: Bell::default(),
            planner: Bell::default(),
            ..base.clone()
        };
        let wanted = Wanted {
            guild: GuildId::new(1),
            name: "Evening".into(),
            zone: zone(),
            channel: ChannelId::new(2),
            country: "US".into(),
            facilitator_role: None,
            facilitator_channel: None,
            noticing: false,
            checkin: None,
            source: Source::Discord,
        };
        let group = daymark::groups::actions::set_up(&deps, &wanted).await.unwrap().id;
        let series = actions::add(&deps, group, &details(0), Source::Discord).await.unwrap().id;
        let fake = Fake::new(clock.clone());
        let drawing = deps.clone();
        let draw: DrawFn = Arc::new(move |envelope| {
            let deps = drawing.clone();
            Box::pin(async move { actions::draw(&deps, &envelope).await })
        });
        let courier =
            Courier::new(clock.clone(), deps.database.clone(), Arc::new(fake.clone()), draw, deps.courier.clone());
        tokio::spawn(courier.run(CancellationToken::new()));
        Self {
            _folder: folder,
            deps,
            fake,
            clock,
            group,
            series,
            changes: Vec::new(),
            down: false,
            read: 0,
            believed: BTreeSet::new(),
            seen: BTreeMap::new(),
        }
    }

    /// Does one thing; what the bot refuses changes nothing.
    async fn act(&mut self, act: Act) {
        let series = actions::find_any(&self.deps, self.series).await.unwrap();
        let now = self.clock.now();
        let pick = |which: usize| plan::upcoming(&series, now, 4).get(which).copied();
        match act {
            Act::Wait(minutes) => return self.wait(TimeDelta::minutes(minutes)).await,
            Act::Skip(which) => self.except(pick(which), Exception::Skipped).await,
            Act::Cancel(which) => self.except(pick(which), Exception::Cancelled).await,
            Act::Move(which, by) => {
                if let Some(one) = pick(which) {
                    let to = one.time.starts_local + TimeDelta::minutes(by);
                    self.except(Some(one), Exception::Moved(to)).await;
                }
            }
            Act::Undo => {
                if let Some(change) = self.changes.pop() {
                    let _ = actions::undo(&self.deps, self.group, change).await;
                }
            }
            Act::Edit(pattern) => {
                let user = daymark::ids::UserId::new(3);
                if series.going != Going::Removed
                    && let Ok(draft) =
                        actions::draft(&self.deps, self.group, user, Some(&series), &details(pattern)).await
                {
                    let _ = actions::save(&self.deps, draft, user).await;
                }
            }
            Act::Pause if series.going == Going::Removed => {}
            Act::Pause => drop(actions::go(&self.deps, self.series, Going::Paused).await),
            Act::Resume => drop(actions::go(&self.deps, self.series, Going::On).await),
            Act::Remove => drop(actions::go(&self.deps, self.series, Going::Removed).await),
            Act::Outage(down) => {
                match down {
                    true => self.fake.fault_always(
                        daymark::outbox::fake::Wanted::Send,
                        Fault::Wait(std::time::Duration::from_secs(60)),
                    ),
                    false => self.fake.mend(),
                }
                // What failed is tried again within these minutes; until then people believe what they were told.
                self.down = true;
                self.wait(TimeDelta::minutes(2)).await;
                self.down = down;
            }
        }
        self.settle().await;
    }

    async fn except(&mut self, one: Option<daymark::sessions::model::Occurrence>, exception: Exception) {
        let Some(one) = one else { return };
        let which = Which::One(one.id);
        if let Ok(done) = actions::except(&self.deps, self.group, Some(self.series), which, exception).await {
            self.changes.push(done.change);
        }
    }

    /// Lets time pass, stopping wherever something is due.
    async fn wait(&mut self, length: TimeDelta) {
        let until = self.clock.now() + length;
        loop {
            self.settle().await;
            let now = self.clock.now();
            if now >= until {
                return;
            }
            let planned = store::next(self.deps.database.read()).await.unwrap();
            let mut connection = self.deps.database.read().acquire().await.unwrap();
            let sent = daymark::outbox::store::next_at(&mut connection, now).await.unwrap();
            let next = [planned, sent].into_iter().flatten().filter(|at| *at > now).min().unwrap_or(until);
            self.clock.advance_to(next.min(until));
        }
    }

    async fn settle(&mut self) {
        actions::tick(&self.deps).await.unwrap();
        self.deps.courier.ring_and_wait().await;
        let series = actions::find_any(&self.deps, self.series).await.unwrap();
        let now = self.clock.now();
        let held: BTreeSet<DateTime<Utc>> =
            plan::occurrences(&series, now, now + TimeDelta::days(60)).map(|one| one.starts_at()).collect();
        let messages = self.fake.messages_at(Place::Channel(ChannelId::new(2)));
        for message in &messages[self.read..] {
            self.reads(&message.card.text, &held, now);
        }
        self.read = messages.len();
        if !self.down {
            let wrong: Vec<_> = self.believed.iter().filter(|at| **at > now && !held.contains(at)).collect();
            assert!(wrong.is_empty(), "people believe {wrong:?} at {now}: {messages:#?}");
        }
    }

    fn reads(&mut self, text: &str, held: &BTreeSet<DateTime<Utc>>, now: DateTime<Utc>) {
        let times: Vec<DateTime<Utc>> = text
            .split("<t:")
            .skip(1)
            .filter_map(|rest| DateTime::from_timestamp(rest.split(':').next()?.parse().ok()?, 0))
            .collect();
        if text.contains("does not take place") {
            let next = text.contains("The next one is").then(|| times[times.len() - 1]);
            if times.len() > usize::from(next.is_some()) {
                assert!(self.believed.remove(&times[0]), "nobody was told {}: {text}", times[0]);
                assert!(times[0] > now && !held.contains(&times[0]), "{text}");
            }
            assert!(next.is_none_or(|next| held.contains(&next)), "{text}");
            return;
        }
        let now_is = times[times.len() - 1];
        assert!(now_is > now, "after the start, at {now}: {text}");
        assert!(held.contains(&now_is), "an old time, at {now}: {text}");
        if text.contains("has moved") {
            self.believed.remove(&times[0]);
        }
        if text.contains(" starts <t:") && text.contains(" minutes") {
            let count = self.seen.entry(now_is).or_default();
            *count += 1;
        }
        self.believed.insert(now_is);
    }
}

async fn open(folder: &std::path::Path) -> Deps {
    let config = Config {
        database: folder.join("daymark.db"),
        key_file: folder.join("daymark.key"),
        api_base: None,
        lexicon: None,
        helplines: None,
        key_command: None,
        key: None,
        retention: daymark::config::Retention::DEFAULT,
        http: None,
        groups: Vec::new(),
    };
    app::open(config, Clock::manual(moment(MONDAY))).await.map_err(|_| "it opens").unwrap().deps.clone()
}

fn details(pattern: usize) -> Details {
    let recurrence: Recurrence = PATTERNS[pattern].parse().unwrap();
    Details::plain("Evening group".into(), recurrence, zone(), 60, LEADS.parse::<Leads>().unwrap())
}

#[test]
fn in_any_order_nobody_is_reminded_twice_or_of_an_old_time_or_after_the_start() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let base = runtime.block_on(open(folder.path()));
    let cases = Cases { cases: 14, max_shrink_iters: 60, failure_persistence: None, ..Cases::default() };
    TestRunner::new(cases)
        .run(&proptest::collection::vec(act(), 1..40), |acts| {
            let played = std::panic::AssertUnwindSafe(|| {
                runtime.block_on(async {
                    let mut bench = Bench::new(&base).await;
                    for one in &acts {
                        bench.act(*one).await;
                    }
                    bench.act(Act::Outage(false)).await;
                    bench.wait(TimeDelta::days(3)).await;
                    for (start, count) in &bench.seen {
                        assert!(*count <= 3, "{count} reminders of {start}, which has three leads");
                    }
                });
            });
            std::panic::catch_unwind(played).map_err(|panic| {
                let said = panic.downcast_ref::<String>().cloned();
                TestCaseError::fail(said.unwrap_or_else(|| "it panics".to_owned()))
            })
        })
        .unwrap();
}
