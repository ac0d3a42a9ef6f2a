//! Reckoning a group's weather, so that nobody can be read out of it. Pure.
//!
//! What protects each single member:
//! - **Few and often is one.** Everybody counts once a week, whatever they answered how often: their middle
//!   mood. So one person changes one number by one.
//! - **Noise.** To every number one draws from the two-sided geometric distribution with ratio 1/2 (the
//!   discrete Laplace distribution: Ghosh, Roughgarden and Sundararajan, "Universally utility-maximizing
//!   privacy mechanisms", 2009). Whatever is shown is then at most twice as likely with somebody than
//!   without them, and at most four times as likely with one mood of theirs than with another; every view
//!   that is possible with them is possible without. This is differential privacy with epsilon = ln 2.
//! - **Asking again tells nothing.** The noise comes from a keyed hash of group, week, bucket and the true
//!   numbers, and the view is kept when it is first reckoned. Nobody can average it away, and what changes
//!   later (a late answer, somebody who is forgotten) changes nothing in it; were it reckoned anew from
//!   other numbers, the noise would be another as well, so that the difference of two views says nothing sure.
//! - **Weeks do not overlap.** A view is about one closed week from Monday to Sunday. No two share an answer.
//!
//! Below five people there is no view at all. That there is one says that five were counted, and nothing of
//! what any of them said.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, Days, NaiveDate, Utc};

use super::super::model::{Mood, Spread, WEATHER_FROM};
use crate::calendar::Zone;
use crate::ids::UserId;

/// The Monday of the last week that has closed for a group.
pub fn week_of(now: DateTime<Utc>, zone: Zone) -> NaiveDate {
    let today = super::day_of(now, zone);
    let back = u64::from(today.weekday().num_days_from_monday()) + 7;
    today.checked_sub_days(Days::new(back)).unwrap_or(today)
}

/// How many people had which kind of week; none when they are too few to be shown.
pub fn spread(moods: impl IntoIterator<Item = (UserId, Mood)>) -> Option<Spread> {
    let mut of: BTreeMap<UserId, Vec<Mood>> = BTreeMap::new();
    for (user, mood) in moods {
        of.entry(user).or_default().push(mood);
    }
    if of.len() < WEATHER_FROM {
        return None;
    }
    let mut spread = Spread::default();
    for moods in of.values_mut() {
        moods.sort_unstable();
        // Of two in the middle the harder one: it is not to be smoothed away.
        let middle = moods.get(moods.len().saturating_sub(1) / 2);
        if let Some(count) = middle.and_then(|mood| spread.get_mut(mood.number() - 1)) {
            *count += 1;
        }
    }
    Some(spread)
}

/// The numbers with noise in them; `chance` gives bytes that nobody can foretell, for each bucket others.
pub fn blurred(spread: Spread, chance: impl Fn(usize) -> [u8; 32]) -> Spread {
    let mut about = spread;
    for (at, count) in about.iter_mut().enumerate() {
        let (up, down) = draws(&chance(at));
        *count = count.saturating_add(up).saturating_sub(down);
    }
    about
}

/// Two draws, each the number of tails before the first head of fair coins: their difference is the noise.
/// Sixteen bytes for each are 128 coins; that all of them are tails happens to nobody.
fn draws(chance: &[u8; 32]) -> (u32, u32) {
    let (up, down) = chance.split_at(16);
    let tails = |coins: &[u8]| {
        let whole = coins.iter().take_while(|byte| **byte == 0).count();
        let rest = coins.get(whole).map_or(0, |byte| byte.leading_zeros());
        u32::try_from(whole).unwrap_or(0) * 8 + rest
    };
    (tails(up), tails(down))
}
