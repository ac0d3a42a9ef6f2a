//! What a series of sessions is, and what can become of one occurrence of it.

pub mod attending;

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::calendar::{Lead, Leads, Misread, OccurrenceId, Planned, Recurrence, Span, Zone};
use crate::groups::model::Source;
use crate::ids::{ChannelId, DraftId, EnvelopeId, GroupId, GuildId, Member, RoleId, SeriesId, UserId};

use attending::Audience;

/// Most series of one group; more would not fit a list that a person can choose from.
pub const SERIES_PER_GROUP: usize = 25;
/// What a session is reminded of when nobody says otherwise: a day and a quarter of an hour before.
pub const DEFAULT_LEADS: &str = "1d 15m";
/// From this delay on a reminder says that it is late.
pub const LATE_AFTER: TimeDelta = TimeDelta::minutes(2);
/// How long a draft can be saved: long enough to ask a colleague, short enough that its five next
/// occurrences still tell the truth.
pub const DRAFT_KEPT: TimeDelta = TimeDelta::hours(1);
/// Most occurrences that one command changes: a fortnight of daily sessions of a full group would be more
/// than anybody can look over before it is told.
pub const OCCURRENCES_AT_ONCE: usize = 50;
/// Longest range of days that one command changes.
pub const RANGE_DAYS: i64 = 92;
/// Most characters of an address or room, so that a reminder stays readable on a phone.
pub const ADDRESS_LIMIT: usize = 200;
/// Most characters of a join link; Discord's link buttons take no more
/// (<https://docs.discord.com/developers/components/reference#button-button-structure>).
pub const LINK_LIMIT: usize = 512;
/// How long a change can be taken back and is remembered.
pub const CHANGES_KEPT: TimeDelta = TimeDelta::days(30);

/// How many days ahead holidays are proposed.
pub const HOLIDAYS_AHEAD: i64 = 180;
/// Most days off of a group's own: two years of a school's calendar.
pub const OWN_HOLIDAYS: usize = 60;

/// Where a session is held. All may be empty: then it is the group's own channel.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Venue {
    /// A voice or text channel.
    pub channel: Option<ChannelId>,
    /// A street address or room.
    pub address: Option<String>,
    /// Where to join online, beginning with `https://`.
    pub link: Option<String>,
}

/// What a facilitator can say about a series.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Details {
    /// What it is called.
    pub title: String,
    /// When it meets, in civil time.
    pub recurrence: Recurrence,
    /// The zone the civil time is meant in.
    pub zone: Zone,
    /// The first local date; none: from ever.
    pub starts_on: Option<NaiveDate>,
    /// The last local date; none: for ever.
    pub ends_on: Option<NaiveDate>,
    /// How long it lasts, in minutes.
    pub minutes: u32,
    /// How long before the start reminders go out, longest first.
    pub leads: Leads,
    /// Where it is held.
    pub venue: Venue,
    /// Who holds it.
    pub host: Option<UserId>,
    /// The role that reminders ping; nobody unless a facilitator asked for it.
    pub ping: Option<RoleId>,
    /// For whom it is.
    #[serde(default)]
    pub audience: Audience,
    /// How many can come; none: everybody.
    #[serde(default)]
    pub capacity: Option<u32>,
    /// Whether everybody sees how many come.
    #[serde(default)]
    pub counts_public: bool,
}

impl Details {
    /// What a series is when only the needful is said.
    pub fn plain(title: String, recurrence: Recurrence, zone: Zone, minutes: u32, leads: Leads) -> Self {
        Self {
            title,
            recurrence,
            zone,
            starts_on: None,
            ends_on: None,
            minutes,
            leads,
            venue: Venue::default(),
            host: None,
            ping: None,
            audience: Audience::Members,
            capacity: None,
            counts_public: false,
        }
    }

    /// The dates it runs; an end before the start, which the door refuses, counts as never ending.
    pub fn span(&self) -> Span {
        Span::new(self.starts_on, self.ends_on).unwrap_or(Span::ALWAYS)
    }

    /// Checks what no single value can say: that the dates are in order, that it happens at all, and that
    /// no lead reaches back past the session before.
    ///
    /// # Errors
    /// Names the part that does not fit.
    pub fn check(&self) -> Result<(), Misread> {
        let span = Span::new(self.starts_on, self.ends_on)?;
        self.recurrence.first_start(&span)?;
        match self.recurrence.shortest_gap() {
            Some(gap) => self.leads.fit_within(gap),
            None => Ok(()),
        }
    }
}

/// Whether a series goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Going {
    /// It meets as planned.
    On,
    /// It rests until somebody resumes it.
    Paused,
    /// It was taken off the schedule.
    Removed,
}

/// What became of one occurrence, against the pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Exception {
    /// It was never going to be held, such as a holiday.
    Skipped,
    /// It was to be held, and is not.
    Cancelled,
    /// It is held at another civil time.
    Moved(NaiveDateTime),
}

/// The exceptions of a series, by occurrence.
pub type Exceptions = BTreeMap<OccurrenceId, Exception>;

/// One series.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    /// Our number.
    pub id: SeriesId,
    /// The group that meets.
    pub group: GroupId,
    /// What it is.
    pub details: Details,
    /// Set up by command, or declared in the configuration.
    pub source: Source,
    /// Whether it goes on.
    pub going: Going,
    /// Occurrences that differ from the pattern.
    pub exceptions: Exceptions,
    /// Raised by every change.
    pub revision: i64,
    /// Raised by every change of its zone: an occurrence is at another moment then, under the same id.
    pub zone_turn: i64,
    /// Reminders due up to then are in the outbox.
    pub planned_until: DateTime<Utc>,
    /// When the next one is due.
    pub next_at: Option<DateTime<Utc>>,
}

impl Series {
    /// A series as it would be, for showing what comes of it before anything is kept.
    pub fn sketch(group: GroupId, details: Details, now: DateTime<Utc>) -> Self {
        Self {
            id: SeriesId::new(0),
            group,
            details,
            source: Source::Discord,
            going: Going::On,
            exceptions: Exceptions::new(),
            revision: 0,
            zone_turn: 0,
            planned_until: now,
            next_at: None,
        }
    }
}

/// One occurrence at the time at which it is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Occurrence {
    /// Which one: its originally planned civil start.
    pub id: OccurrenceId,
    /// When it is held.
    pub time: Planned,
}

impl Occurrence {
    /// The instant of its start.
    pub fn starts_at(&self) -> DateTime<Utc> {
        self.time.starts_at
    }

    /// Whether it is held at another time than planned.
    pub fn is_moved(&self) -> bool {
        self.id != self.time.id
    }
}

/// One reminder that should be seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reminder {
    /// What it reminds of.
    pub occurrence: Occurrence,
    /// How long before.
    pub lead: Lead,
    /// When it should be seen.
    pub remind_at: DateTime<Utc>,
}

/// What people at one place were told last about one occurrence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Told {
    /// It starts then.
    At(DateTime<Utc>),
    /// It does not take place.
    Off,
}

/// What is to be told because of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Correction {
    /// The occurrence.
    pub occurrence: OccurrenceId,
    /// What was told before; none when nothing was, and no reminder will come any more.
    pub was: Option<Told>,
    /// What holds now.
    pub now: Told,
    /// Until when telling it makes sense.
    pub expires_at: DateTime<Utc>,
}

/// One occurrence before and after a change, for taking it back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// The series.
    pub series: SeriesId,
    /// The occurrence.
    pub occurrence: OccurrenceId,
    /// What it was.
    pub before: Option<Exception>,
    /// What it became.
    pub after: Option<Exception>,
}

/// A change that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The group.
    pub group: GroupId,
    /// What it did.
    pub steps: Vec<Step>,
    /// Whether it was taken back.
    pub undone: bool,
}

/// A series that waits to be saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Our number.
    pub id: DraftId,
    /// The group.
    pub group: GroupId,
    /// Who drafted it.
    pub user: UserId,
    /// The series to change and its revision then; none: a new one.
    pub changes: Option<(SeriesId, i64)>,
    /// What is wanted.
    pub details: Details,
    /// From then on it cannot be saved.
    pub expires_at: DateTime<Utc>,
    /// Whether it was saved.
    pub saved: bool,
}

/// Something that will be said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// When.
    pub at: DateTime<Utc>,
    /// What, in words.
    pub words: String,
}

/// A reminder or correction that did not arrive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lost {
    /// The envelope.
    pub envelope: EnvelopeId,
    /// Where it was to be seen; none for a direct message, whose person is nobody's business.
    pub channel: Option<ChannelId>,
    /// What it was about, by title; none when the series is gone.
    pub title: Option<String>,
    /// When it was to be seen.
    pub due_at: DateTime<Utc>,
    /// Why it did not arrive: a word of the outbox or Discord's code.
    pub reason: String,
    /// Whether sending it once more still helps.
    pub helps: bool,
}

/// What became of a group's reminders and corrections.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Seen in time.
    pub on_time: u32,
    /// Seen, but late.
    pub late: u32,
    /// On their way.
    pub waiting: u32,
    /// Too late to be sent.
    pub expired: u32,
    /// Refused by Discord.
    pub undeliverable: u32,
    /// No longer true when it was their turn.
    pub cancelled: u32,
    /// Left out because of somebody's quiet hours.
    pub quiet: u32,
}

/// Whose calendar an address shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FeedOf {
    /// The groups of a member.
    Member(Member),
    /// One group of a guild.
    Group(GuildId, GroupId),
}

/// What there is of an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedKept {
    /// Since when there is one; none: there is none.
    pub since: Option<DateTime<Utc>>,
    /// The address, in the one moment in which we know it.
    pub address: Option<String>,
}

/// How it stands with a group's sessions among the server's events.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Listing {
    /// The group.
    pub group: GroupId,
    /// Whether they are to be shown; otherwise what is there is being taken down.
    pub on: bool,
    /// Why the last round did not get through.
    pub trouble: Option<ListingTrouble>,
    /// When it is tried again.
    pub retry_at: Option<DateTime<Utc>>,
}

/// Why sessions are not shown as they should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListingTrouble {
    /// We may not.
    Permission,
    /// The server shows as many as Discord takes.
    Full,
    /// Discord refused one for another reason.
    Refused,
    /// Discord did not answer.
    Away,
}

impl ListingTrouble {
    /// The word it is kept as.
    pub fn word(self) -> &'static str {
        match self {
            Self::Permission => "permission",
            Self::Full => "full",
            Self::Refused => "refused",
            Self::Away => "away",
        }
    }

    /// What a word means.
    pub fn of_word(word: &str) -> Option<Self> {
        [Self::Permission, Self::Full, Self::Refused, Self::Away].into_iter().find(|one| one.word() == word)
    }
}

/// What saving a file did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// New series.
    pub made: usize,
    /// Series that are something else now.
    pub changed: usize,
    /// Single occurrences that differ now.
    pub single: usize,
    /// Corrections that are told because of it.
    pub told: usize,
}

/// A day off on which something is held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProposedDay {
    /// The local date.
    pub on: NaiveDate,
    /// What it is called.
    pub name: String,
    /// How many sessions are held then.
    pub sessions: usize,
}
