//! What a group is, and what a person can agree to.

use chrono::{DateTime, NaiveTime, Utc, Weekday};

use crate::calendar::{QuietHours, Weekdays, Zone};
use crate::ids::{ChannelId, GroupId, GuildId, RoleId, StepId};

/// Most groups in one guild; more would not fit a list that a person can choose from.
pub const GROUPS_PER_GUILD: usize = 25;
/// The version of the words people are asked with; raise it when their meaning changes, and everybody
/// is asked again.
pub const CONSENT_TEXT: i64 = 1;

/// One support group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Our number.
    pub id: GroupId,
    /// The guild it is in.
    pub guild: GuildId,
    /// What facilitators call it.
    pub name: String,
    /// The zone its hours are meant in.
    pub zone: Zone,
    /// Where reminders, prompts and neutral lines go.
    pub channel: ChannelId,
    /// ISO country code.
    pub country: String,
    /// Who may change it, besides people who may manage the server.
    pub facilitator_role: Option<RoleId>,
    /// Where facilitators are asked to come; none: the group's channel.
    pub facilitator_channel: Option<ChannelId>,
    /// Whether words in its channel are checked.
    pub noticing: bool,
    /// When the daily prompt goes out.
    pub checkin: Option<Checkin>,
    /// Set up by command, or declared in the configuration.
    pub source: Source,
}

/// When a group is asked each day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkin {
    /// Local hour.
    pub at: NaiveTime,
    /// On these days.
    pub days: Weekdays,
    /// The next prompt, as it was reckoned last.
    pub next_at: Option<DateTime<Utc>>,
}

/// Where a row comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::Type)]
#[sqlx(rename_all = "snake_case")]
pub enum Source {
    /// A command on Discord.
    Discord,
    /// The configuration file.
    File,
}

/// What a member may have shared with people of their group, who look at it later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::Type)]
#[sqlx(rename_all = "snake_case")]
pub enum Shared {
    /// Why they cannot come to a session.
    Reason,
    /// What was in the way of a session they missed.
    Missed,
    /// The words they sent with a call for a person.
    Words,
    /// A line about them in the list of concerns, where the group tells its responders.
    Concern,
}

impl Shared {
    /// What it is, as its owner reads it.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Reason => "your reason for not coming",
            Self::Missed => "what was in the way of a session",
            Self::Words => "your words with a call for a person",
            Self::Concern => "the list of concerns, with one of yours",
        }
    }
}

/// What a person can agree to, each for itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, sqlx::Type)]
#[sqlx(rename_all = "snake_case")]
pub enum Purpose {
    /// Their check-in answers are kept, sealed.
    Checkins,
    /// The bot may write to them directly.
    DirectMessages,
    /// Their words in the group's channel are checked for signs that they need a person.
    Noticing,
}

impl Purpose {
    /// In the order they are asked.
    pub const ALL: [Self; 3] = [Self::Checkins, Self::DirectMessages, Self::Noticing];

    /// The word in custom ids.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Checkins => "checkins",
            Self::DirectMessages => "dms",
            Self::Noticing => "noticing",
        }
    }

    /// The purpose of that word.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.word() == word)
    }
}

/// What one person decided, as far as they were asked with the present words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Consents {
    /// Check-ins kept.
    pub checkins: Option<bool>,
    /// Direct messages.
    pub direct_messages: Option<bool>,
    /// Words noticed.
    pub noticing: Option<bool>,
}

impl Consents {
    /// What was said for a purpose.
    pub fn of(&self, purpose: Purpose) -> Option<bool> {
        match purpose {
            Purpose::Checkins => self.checkins,
            Purpose::DirectMessages => self.direct_messages,
            Purpose::Noticing => self.noticing,
        }
    }

    /// Sets what was said.
    pub fn set(&mut self, purpose: Purpose, given: bool) {
        match purpose {
            Purpose::Checkins => self.checkins = Some(given),
            Purpose::DirectMessages => self.direct_messages = Some(given),
            Purpose::Noticing => self.noticing = Some(given),
        }
    }

    /// The first purpose that was not asked yet.
    pub fn next_question(&self) -> Option<Purpose> {
        Purpose::ALL.into_iter().find(|purpose| self.of(*purpose).is_none())
    }
}

/// What a member set for themselves in a guild; every slice that writes to somebody asks it first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The zone they live in; none: their group's.
    pub zone: Option<Zone>,
    /// Hours in which nothing is sent to them unasked, in their zone.
    pub quiet: QuietHours,
    /// Whether they are away.
    pub away: Option<Away>,
    /// Raised by every change; zero when nothing was ever set.
    pub revision: i64,
}

impl Default for Settings {
    fn default() -> Self {
        Self { zone: None, quiet: QuietHours::NONE, away: None, revision: 0 }
    }
}

impl Settings {
    /// The member's zone: their own, else the group's.
    pub fn zone_in(&self, group: &Group) -> Zone {
        self.zone.unwrap_or(group.zone)
    }

    /// Whether they are away at that moment.
    pub fn is_away(&self, now: DateTime<Utc>) -> bool {
        self.away.is_some_and(|away| away.holds(now))
    }

    /// The first moment from `at` on at which something may be sent to them unasked; `zone` is theirs.
    pub fn not_quiet_from(&self, at: DateTime<Utc>, zone: Zone) -> DateTime<Utc> {
        self.quiet.ends_after(at, zone).unwrap_or(at)
    }
}

/// A pause that needs no reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Away {
    /// Since when.
    pub since: DateTime<Utc>,
    /// Until when; none: until they say so.
    pub until: Option<DateTime<Utc>>,
}

impl Away {
    /// Whether it lasts at that moment.
    pub fn holds(self, now: DateTime<Utc>) -> bool {
        self.until.is_none_or(|until| now < until)
    }
}

/// A member's standing in a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Belongs to it.
    Joined,
    /// Belonged to it and left.
    Left,
    /// Never joined.
    Stranger,
}

/// What is wanted of a group: the values of `/group setup`, or of a declaration in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// The guild.
    pub guild: GuildId,
    /// Its name there.
    pub name: String,
    /// Its zone.
    pub zone: Zone,
    /// Its channel.
    pub channel: ChannelId,
    /// ISO country code.
    pub country: String,
    /// Who may change it.
    pub facilitator_role: Option<RoleId>,
    /// Where facilitators are asked to come.
    pub facilitator_channel: Option<ChannelId>,
    /// Whether words are checked.
    pub noticing: bool,
    /// Hour and days of the daily prompt; none: no prompt.
    pub checkin: Option<(NaiveTime, Weekdays)>,
    /// Where the wish comes from.
    pub source: Source,
}

/// One step of a group's way down from daily care, such as "IOP 3 days".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Our number.
    pub id: StepId,
    /// The group.
    pub group: GroupId,
    /// What the group calls it.
    pub name: String,
    /// On these days its members are asked by direct message; none: not at all.
    pub days: Weekdays,
    /// Whether their own reminders of sessions go on.
    pub reminders: bool,
    /// The role its members hold.
    pub role: Option<RoleId>,
}

/// What a member is sent directly on one day, as far as their step says; each still needs their own wish for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tapered {
    /// The check-in by direct message.
    pub prompt: bool,
    /// Reminders of sessions by direct message.
    pub reminders: bool,
}

/// The taper: what is sent directly on that weekday to somebody on that step. Who is on no step gets everything
/// they wished for.
pub fn tapered(step: Option<&Step>, day: Weekday) -> Tapered {
    match step {
        None => Tapered { prompt: true, reminders: true },
        Some(step) => Tapered { prompt: step.days.contains(day), reminders: step.reminders },
    }
}

/// The steps whose members are asked on that weekday, for the group's prompt, which is one message for everybody and
/// cannot taper by itself. None when there is nothing to tell apart: the group has no steps, or all of them have the day.
pub fn whose_day(steps: &[Step], day: Weekday) -> Option<Vec<&Step>> {
    let due: Vec<&Step> = steps.iter().filter(|step| tapered(Some(step), day).prompt).collect();
    (due.len() < steps.len()).then_some(due)
}
