//! Which day a moment belongs to, until when its answers are taken, what is asked, and what is said to an
//! answer. Pure.

pub mod silence;
pub mod weather;

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};

use super::model::{
    Answer, Back, Day, Halt, Mood, Need, Question, Reply, Said, Series, Setup, Skill, Trend, Urge, Window, Wishes,
};
use crate::calendar::{Zone, day_bounds, to_civil};

/// How long after local midnight a day's answers are still taken: people who check in before they sleep
/// often do so after twelve.
pub const GRACE: TimeDelta = TimeDelta::hours(3);

/// The local day a check-in at `now` is about: the day before while its grace lasts and nothing was
/// asked today yet, else today.
pub fn day_of(now: DateTime<Utc>, zone: Zone) -> NaiveDate {
    let local = to_civil(now, zone);
    to_civil(now.checked_sub_signed(GRACE).unwrap_or(now), zone).date().min(local.date())
}

/// When the window of a local day closes.
pub fn closes_at(day: NaiveDate, zone: Zone) -> DateTime<Utc> {
    let end = day_bounds(day, zone).ends_at;
    end.checked_add_signed(GRACE).unwrap_or(end)
}

/// Until when a member in `zone` may answer a window: until its day is over for the group and for them.
pub fn closing(window: &Window, zone: Zone) -> DateTime<Utc> {
    window.closes_at.max(closes_at(window.on_date, zone))
}

/// The last prompt that fell due up to `now`, starting from the first one that did: after an outage of
/// days only the newest day is asked about.
pub fn latest_due(
    first: DateTime<Utc>,
    now: DateTime<Utc>,
    next_after: impl Fn(DateTime<Utc>) -> Option<DateTime<Utc>>,
) -> DateTime<Utc> {
    // At most one prompt a day: beyond a year the database is older than anybody's question.
    let later = std::iter::successors(Some(first), |due| next_after(*due).filter(|next| *next <= now));
    later.take(366).last().unwrap_or(first)
}

/// From this on an urge is answered before anything but a really hard day, and a person is offered.
pub const STRONG_URGE: u8 = 7;
/// From this on an urge is answered at all.
pub const SOME_URGE: u8 = 4;
/// A night up to this was a bad one.
pub const BAD_NIGHT: u8 = 2;

/// What a member is asked besides the mood, in order.
pub fn asked(setup: &Setup, wishes: &Wishes) -> Vec<Question> {
    let by_group = |question: Question| match question {
        Question::Own => !setup.own.is_empty(),
        Question::Medication => false,
        other => setup.questions.contains(&other),
    };
    let wanted = |question| by_group(question) || wishes.added.contains(&question) && question != Question::Own;
    Question::ALL.into_iter().filter(|question| wanted(*question) && !wishes.hidden.contains(question)).collect()
}

/// What a member may choose from: all there is, and the group's own questions when there are some.
pub fn choosable(setup: &Setup) -> Vec<Question> {
    Question::ALL.into_iter().filter(|question| *question != Question::Own || !setup.own.is_empty()).collect()
}

/// The wishes after a member chose what to be asked: only what differs from the group's choice is kept, so
/// that what the group adds later is asked too.
pub fn wish_for(setup: &Setup, wishes: &Wishes, wanted: &[Question]) -> Wishes {
    let by_group = asked(setup, &Wishes::default());
    let shown = choosable(setup);
    let mut next = wishes.clone();
    for question in shown {
        let (is_wanted, of_group) = (wanted.contains(&question), by_group.contains(&question));
        if of_group && !is_wanted {
            next.hidden.insert(question)
        } else {
            next.hidden.remove(&question)
        };
        if !of_group && is_wanted {
            next.added.insert(question)
        } else {
            next.added.remove(&question)
        };
    }
    next
}

/// The one sentence for an answer, by rule: what weighs most comes first.
pub fn said(answer: &Answer) -> Said {
    let urge = answer.urge.map_or(0, Urge::number);
    let low = matches!(answer.mood, Some(Mood::Hard | Mood::Low));
    let bad_night = answer.sleep.is_some_and(|sleep| sleep.number() <= BAD_NIGHT);
    let grey = matches!(answer.mood, Some(Mood::Low | Mood::Mixed));
    match (answer.mood, heaviest(answer)) {
        (Some(Mood::Hard), _) => Said::Hard,
        _ if urge >= STRONG_URGE => Said::StrongUrge,
        _ if urge >= SOME_URGE => Said::SomeUrge,
        (_, Some(halt)) => Said::Halt(halt),
        _ if low && bad_night => Said::LowAndSleepless,
        _ if grey && answer.win.is_some() => Said::WinOnAGreyDay,
        (Some(mood), None) => Said::Mood(mood),
        (None, None) => Said::Kept,
    }
}

/// Of hungry, angry, lonely and tired, the one that is answered: being alone with it weighs most.
fn heaviest(answer: &Answer) -> Option<Halt> {
    let named = answer.halt.as_ref()?;
    [Halt::Lonely, Halt::Angry, Halt::Tired, Halt::Hungry].into_iter().find(|halt| named.contains(halt))
}

/// What a suggestion would be for; none on a day that asks for none.
pub fn need(answer: &Answer) -> Option<Need> {
    match said(answer) {
        Said::Hard | Said::LowAndSleepless | Said::Mood(Mood::Hard | Mood::Low) => Some(Need::HardDay),
        Said::StrongUrge | Said::SomeUrge => Some(Need::Urge),
        Said::Halt(Halt::Hungry) => Some(Need::Hungry),
        Said::Halt(Halt::Angry) => Some(Need::Angry),
        Said::Halt(Halt::Lonely) => Some(Need::Lonely),
        Said::Halt(Halt::Tired) => Some(Need::Tired),
        Said::WinOnAGreyDay | Said::Mood(Mood::Mixed | Mood::Okay | Mood::Good) | Said::Kept => None,
    }
}

/// At most one suggestion: what this member marked as helpful for such a day (the newest mark first), else
/// the most general one they did not decline. True says that it is theirs.
pub fn suggestion(need: Option<Need>, wishes: &Wishes) -> Option<(Skill, bool)> {
    let fitting = Skill::fitting(need?);
    let theirs = wishes.helped.iter().rev().find(|skill| fitting.contains(skill));
    let general = fitting.iter().find(|skill| !wishes.declined.contains(skill));
    theirs.map(|skill| (*skill, true)).or(general.map(|skill| (*skill, false)))
}

/// The reply to an answer.
pub fn reply(answer: &Answer, setup: &Setup, wishes: &Wishes) -> Reply {
    let asked = asked(setup, wishes);
    let said = said(answer);
    Reply {
        said,
        skill: suggestion(need(answer), wishes),
        words: answer.has_words(),
        more: asked.iter().any(|question| *question != Question::Line),
        line: asked.contains(&Question::Line),
        person: matches!(said, Said::Hard | Said::StrongUrge),
        back: Back::Here,
    }
}

/// The trend of the `days` days up to `until`, a day without an answer left empty.
pub fn trend(answers: &[(NaiveDate, Answer)], until: NaiveDate, days: u16, second: Option<Series>) -> Trend {
    let back = Days::new(u64::from(days.saturating_sub(1)));
    let from = until.checked_sub_days(back).unwrap_or(until);
    let mut trend = Trend { from, days: vec![Day::default(); usize::from(days)], second };
    for (date, answer) in answers {
        let at = usize::try_from((*date - from).num_days()).ok();
        if let Some(day) = at.and_then(|at| trend.days.get_mut(at)) {
            let value = second.and_then(|series| series.of(answer));
            *day = Day { mood: answer.mood, second: value, answered: true, ..Day::default() };
        }
    }
    trend
}

/// The same trend with the days on which they were at a session.
#[must_use]
pub fn with_sessions(mut trend: Trend, attended: &[NaiveDate]) -> Trend {
    for date in attended {
        let at = usize::try_from((*date - trend.from).num_days()).ok();
        if let Some(day) = at.and_then(|at| trend.days.get_mut(at)) {
            day.attended = true;
        }
    }
    trend
}

/// The runs of neighbouring days that have a value: a line is drawn through each, and through no gap.
pub fn runs(values: &[Option<u8>]) -> Vec<std::ops::Range<usize>> {
    let mut runs: Vec<std::ops::Range<usize>> = Vec::new();
    for at in (0..values.len()).filter(|at| values.get(*at).copied().flatten().is_some()) {
        match runs.last_mut() {
            Some(run) if run.end == at => run.end = at + 1,
            _ => runs.push(at..at + 1),
        }
    }
    runs
}
