//! Tables over places, members' own reminders in and out of quiet hours, and the rule of two in a row.

use proptest::prelude::*;

use super::{at, id, series, with};
use crate::calendar::{Leads, QuietHours, Zone};
use crate::card::Card;
use crate::groups::Group;
use crate::groups::model::Source;
use crate::ids::{ChannelId, GroupId, GuildId, Member, RoleId, SeriesId, UserId};
use crate::sessions::cards::attending as cards;
use crate::sessions::model::attending::{
    Audience, Entry, Mark, Mine, Reason, Reply, Roll, Seat, SeenBy, Tally, Was, Who, Wish,
};
use crate::sessions::plan::attending::{
    Fate, Meets, Seating, Wished, is_missed_twice, meets, mine, own_due, own_next, own_reminders, promoted, seat, tally,
};
use crate::sessions::plan::{self, occurrence};

fn user(number: i64) -> UserId {
    UserId::new(number)
}

/// What a room looks like after these answers: `1 going`, `2 late`, and `3 leaves` for somebody who left.
struct Room {
    capacity: Option<u32>,
    entries: Vec<Entry>,
}

impl Room {
    fn answer(&mut self, who: UserId, reply: Reply) -> Seating {
        self.entries.retain(|entry| entry.belongs);
        let seating = seat(self.capacity, &self.entries, who, reply);
        self.entries.retain(|entry| entry.user != who);
        let (seat, turn) = (seating.seat, seating.turn);
        self.entries.push(Entry { user: who, reply, seat, turn, unseen: false, belongs: true });
        self.hold(&seating.promoted);
        seating
    }

    fn hold(&mut self, who: &[UserId]) {
        for entry in self.entries.iter_mut().filter(|entry| who.contains(&entry.user)) {
            entry.seat = Seat::Held;
        }
    }

    fn fill(&mut self) {
        self.entries.retain(|entry| entry.belongs);
        let promoted = promoted(self.capacity, &self.entries);
        self.hold(&promoted);
    }

    fn leave(&mut self, who: UserId) {
        for entry in self.entries.iter_mut().filter(|entry| entry.user == who) {
            entry.belongs = false;
        }
        self.fill();
    }

    fn with(&self, seat: Seat) -> Vec<i64> {
        let mut all: Vec<&Entry> = self.entries.iter().filter(|one| one.belongs && one.seat == seat).collect();
        all.sort_by_key(|one| one.turn);
        all.iter().map(|one| one.user.raw()).collect()
    }
}

#[test]
fn a_place_goes_to_whoever_asked_first_and_a_free_one_to_the_next() {
    use Reply::{Cannot, Going, Late, Maybe};
    // The answers so far; who has a place; who waits, in order.
    type Line = (&'static [(i64, Reply)], &'static [i64], &'static [i64]);
    let table: &[Line] = &[
        (&[(1, Going), (2, Late)], &[1, 2], &[]),
        (&[(1, Going), (2, Going), (3, Going), (4, Late)], &[1, 2], &[3, 4]),
        (&[(1, Going), (2, Going), (3, Going), (4, Going), (1, Cannot)], &[2, 3], &[4]),
        (&[(1, Going), (2, Going), (3, Going), (1, Late)], &[1, 2], &[3]),
        (&[(1, Going), (2, Going), (3, Going), (1, Maybe), (1, Going)], &[2, 3], &[1]),
        (&[(1, Going), (2, Going), (3, Going), (4, Going), (3, Cannot), (3, Going), (2, Cannot)], &[1, 4], &[3]),
        (&[(1, Maybe), (2, Maybe), (3, Cannot)], &[], &[]),
    ];
    for (answers, held, waiting) in table {
        let mut room = Room { capacity: Some(2), entries: Vec::new() };
        for (who, reply) in *answers {
            room.answer(user(*who), *reply);
        }
        assert_eq!(
            (room.with(Seat::Held).as_slice(), room.with(Seat::Waiting).as_slice()),
            (*held, *waiting),
            "{answers:?}"
        );
    }
}

#[test]
fn whoever_left_holds_nothing_and_a_smaller_room_takes_nobodys_place() {
    let mut room = Room { capacity: Some(2), entries: Vec::new() };
    for who in 1..=4 {
        room.answer(user(who), Reply::Going);
    }
    room.leave(user(3));
    room.leave(user(1));
    assert_eq!((room.with(Seat::Held), room.with(Seat::Waiting)), (vec![2, 4], vec![]));
    room.capacity = Some(1);
    room.answer(user(5), Reply::Going);
    assert_eq!((room.with(Seat::Held), room.with(Seat::Waiting)), (vec![2, 4], vec![5]));
    room.answer(user(2), Reply::Cannot);
    assert_eq!((room.with(Seat::Held), room.with(Seat::Waiting)), (vec![4], vec![5]));
    room.capacity = None;
    room.fill();
    assert_eq!((room.with(Seat::Held), room.with(Seat::Waiting)), (vec![4, 5], vec![]));
    let held = occurrence(&series("mon 18:00", "UTC", "15m"), id("2026-03-02T18:00")).unwrap();
    assert_eq!(tally(&room.entries), Tally { going: 2, cannot: 1, ..Tally::default() });
    assert_eq!(mine(held, &room.entries, user(4)).seat, Seat::Held);
    assert_eq!(mine(held, &room.entries, user(9)).reply, None);
}

proptest! {
    #[test]
    fn the_room_is_never_over_full_and_never_half_empty_while_somebody_waits(
        capacity in 1u32..5,
        deeds in proptest::collection::vec((1i64..9, 0usize..5), 1..80),
    ) {
        let mut room = Room { capacity: Some(capacity), entries: Vec::new() };
        for (who, deed) in deeds {
            let before = (room.with(Seat::Held), room.with(Seat::Waiting));
            match Reply::ALL.get(deed) {
                Some(reply) => { room.answer(user(who), *reply); }
                None => room.leave(user(who)),
            }
            let (held, waiting) = (room.with(Seat::Held), room.with(Seat::Waiting));
            prop_assert!(held.len() <= usize::try_from(capacity).unwrap());
            prop_assert!(waiting.is_empty() || held.len() == usize::try_from(capacity).unwrap());
            // Nobody but the one who acted loses a place, and nobody overtakes on the waitlist.
            prop_assert!(before.0.iter().all(|one| *one == who || held.contains(one)));
            let still: Vec<i64> = before.1.iter().copied().filter(|one| *one != who && waiting.contains(one)).collect();
            let now: Vec<i64> = waiting.iter().copied().filter(|one| still.contains(one)).collect();
            prop_assert_eq!(&still, &now);
            let gained: Vec<i64> = before.1.iter().copied().filter(|one| *one != who && held.contains(one)).collect();
            prop_assert!(before.1.iter().copied().filter(|one| *one != who).collect::<Vec<_>>().starts_with(&gained));
        }
    }
}

#[test]
fn a_press_meets_the_occurrence_as_it_is_now() {
    let plain = series("mon 18:00", "UTC", "15m");
    let moved = with(plain.clone(), &[("2026-03-02T18:00", "2026-03-03T19:00")]);
    let off = with(plain.clone(), &[("2026-03-02T18:00", "cancelled")]);
    let (told, before, after) = (at("2026-03-02T18:00:00Z"), at("2026-03-02T17:59:59Z"), at("2026-03-02T18:00:00Z"));
    let meet = |series, now| match meets(series, id("2026-03-02T18:00"), told, now) {
        Meets::Ahead(_) => "ahead".to_owned(),
        Meets::Moved(held) => format!("moved to {}", held.time.id),
        Meets::Begun => "begun".to_owned(),
        Meets::Off => "off".to_owned(),
    };
    assert_eq!(meet(&plain, before), "ahead");
    assert_eq!(meet(&plain, after), "begun");
    assert_eq!(meet(&moved, after), "moved to 2026-03-03T19:00");
    assert_eq!(meet(&moved, at("2026-03-03T19:00:00Z")), "begun");
    assert_eq!(meet(&off, before), "off");
}

fn check_own(start: &str, leads: &str, quiet: &str, zone: &str, expected: &[&str]) {
    let held = occurrence(&series(&format!("mon {start}"), "UTC", "15m"), id(&format!("2026-03-02T{start}"))).unwrap();
    let leads: Leads = leads.parse().unwrap();
    let wished = Wished { leads: &leads, quiet: quiet.parse().unwrap(), zone: zone.parse().unwrap() };
    let words = |one: &plan::attending::OwnReminder| {
        let moved = one.wished_at.map(|wished| format!(", wished {}", wished.format("%d %H:%M"))).unwrap_or_default();
        format!("{} {}{moved}", one.due_at.format("%d %H:%M"), one.lead)
    };
    let found: Vec<String> = own_reminders(held, wished).iter().map(words).collect();
    assert_eq!(found, expected, "{start} {leads} {quiet} {zone}");
}

#[test]
fn a_reminder_in_quiet_hours_moves_to_just_before_them() {
    check_own("18:00", "1d 30m", "none", "UTC", &["01 18:00 1d", "02 17:30 30m"]);
    check_own("18:00", "1d 30m", "22:00-07:00", "UTC", &["01 18:00 1d", "02 17:30 30m"]);
    // At the start of the quiet hours nothing may be said any more; at their end it may.
    check_own("08:00", "10h 1h", "22:00-07:00", "UTC", &["01 21:59 10h, wished 01 22:00", "02 07:00 1h"]);
    check_own("08:00", "2h", "22:00-07:00", "UTC", &["01 21:59 2h, wished 02 06:00"]);
    // Two that fall on the same moment are one, the one nearest to the start.
    check_own("06:30", "3h 1h 15m", "22:00-07:00", "UTC", &["01 21:59 15m, wished 02 06:15"]);
    // The hours are those of the member's own zone.
    check_own("08:00", "2h", "22:00-07:00", "America/New_York", &["02 02:59 2h, wished 02 06:00"]);
    check_own("08:00", "2h", "00:00-23:59", "UTC", &["01 23:59 2h, wished 02 06:00"]);
}

#[test]
fn what_was_not_sent_before_quiet_hours_began_is_left_out() {
    let series = series("mon 08:00", "UTC", "15m");
    let leads: Leads = "2h".parse().unwrap();
    let wished = Wished { leads: &leads, quiet: "22:00-07:00".parse().unwrap(), zone: Zone::UTC };
    let due = |from: &str, until: &str| -> Vec<(String, Fate)> {
        let all = own_due(&series, wished, at(from), at(until));
        all.into_iter().map(|(one, fate)| (one.due_at.format("%d %H:%M").to_string(), fate)).collect()
    };
    assert_eq!(due("2026-03-01T12:00:00Z", "2026-03-01T22:30:00Z"), [("01 21:59".to_owned(), Fate::Send)]);
    // Somebody chose this reminder at half past ten at night.
    assert_eq!(due("2026-03-01T22:30:00Z", "2026-03-02T06:00:00Z"), [("01 21:59".to_owned(), Fate::LeaveOut)]);
    assert_eq!(due("2026-03-02T06:00:00Z", "2026-03-02T09:00:00Z"), []);
    let next = |after: &str| own_next(&series, wished, at(after));
    assert_eq!(next("2026-03-01T12:00:00Z"), Some(at("2026-03-01T21:59:00Z")));
    assert_eq!(next("2026-03-01T22:30:00Z"), Some(at("2026-03-02T06:00:00Z")));
    assert_eq!(next("2026-03-02T06:00:00Z"), Some(at("2026-03-08T21:59:00Z")));
}

proptest! {
    #[test]
    fn own_reminders_come_once_each_out_of_quiet_hours_and_never_after_the_start(
        cuts in proptest::collection::vec(1i64..3000, 1..30),
        leads in prop::sample::select(vec!["1d 15m", "8h", "3h 2h 1h 10m", "2d 12h"]),
        from_hour in 0u32..24,
        hours in 1u32..23,
        zone in prop::sample::select(vec!["America/New_York", "Europe/London", "Australia/Lord_Howe", "Asia/Kolkata"]),
    ) {
        let series = series("mon,wed,fri 07:30", "America/New_York", "15m");
        let leads: Leads = leads.parse().unwrap();
        let quiet: QuietHours = format!("{from_hour:02}:00-{:02}:00", (from_hour + hours) % 24).parse().unwrap();
        let zone: Zone = zone.parse().unwrap();
        let wished = Wished { leads: &leads, quiet, zone };
        let (begin, mut now) = (at("2026-03-03T00:00:00Z"), at("2026-03-03T00:00:00Z"));
        let mut pieces = Vec::new();
        for minutes in &cuts {
            let next = now + chrono::TimeDelta::minutes(*minutes);
            pieces.extend(own_due(&series, wished, now, next).into_iter().filter(|(_, fate)| *fate == Fate::Send));
            now = next;
        }
        let whole: Vec<_> = own_due(&series, wished, begin, now).into_iter().filter(|(_, fate)| *fate == Fate::Send).collect();
        prop_assert_eq!(&pieces, &whole);
        for (one, _) in &pieces {
            prop_assert!(!quiet.holds(one.due_at, zone), "{:?}", one);
            prop_assert!(one.due_at < one.occurrence.starts_at());
        }
        if let Some((first, _)) = whole.first() {
            let next = own_next(&series, wished, begin).unwrap();
            prop_assert!(next <= first.due_at);
        }
    }
}

#[test]
fn a_note_is_written_after_two_in_a_row_and_once_for_each_stretch() {
    // The past, newest first: a(ttended), m(issed), e(xcused), one a day back from the tenth; the day that the last
    // note was about; the day somebody was last at any session of the group; whether they are written to.
    let table = [
        ("mma", None, Some(8), true),
        ("mm", None, None, false),
        ("m", None, None, false),
        ("ma", None, Some(9), false),
        ("mam", None, Some(9), false),
        ("memea", None, Some(6), true),
        ("meea", None, Some(7), false),
        ("mmma", Some(9), Some(7), false),
        ("mmmmma", Some(7), Some(5), false),
        ("mmamma", Some(7), Some(8), true),
        ("eea", None, Some(8), false),
        ("mmea", None, Some(7), true),
        ("", None, None, false),
    ];
    let day = |day: u32| at(&format!("2026-03-{day:02}T18:00:00Z"));
    for (past, noted, there, expected) in table {
        let marks: Vec<Mark> = past
            .chars()
            .zip((1..=10).rev())
            .map(|(was, on)| Mark {
                starts_at: day(on),
                was: match was {
                    'a' => Was::Attended,
                    'm' => Was::Missed,
                    _ => Was::Excused,
                },
            })
            .collect();
        assert_eq!(is_missed_twice(&marks, noted.map(day), there.map(day)), expected, "{past}");
    }
}

#[test]
fn an_audience_admits_members_or_whoever_has_the_role() {
    let (role, other) = (RoleId::new(5), RoleId::new(6));
    for (audience, joined, roles, expected) in [
        (Audience::Members, true, vec![], true),
        (Audience::Members, false, vec![role], false),
        (Audience::Role(role), false, vec![other, role], true),
        (Audience::Role(role), true, vec![other], false),
        (Audience::Alumni(role), true, vec![], false),
        (Audience::Alumni(role), false, vec![role], true),
    ] {
        assert_eq!(audience.admits(joined, &roles), expected, "{audience:?} {joined} {roles:?}");
    }
}

pub(in crate::sessions) fn group() -> Group {
    Group {
        id: GroupId::new(i64::MAX),
        guild: GuildId::new(1),
        name: "@everyone **loud** ".repeat(5),
        zone: Zone::UTC,
        channel: ChannelId::new(2),
        country: "US".into(),
        facilitator_role: None,
        facilitator_channel: None,
        noticing: true,
        checkin: None,
        source: Source::Discord,
    }
}

#[test]
fn every_card_fits_discord_and_pings_nobody() {
    let mut long = series("mon 18:00", "UTC", "15m");
    long.id = SeriesId::new(i64::MAX);
    long.group = GroupId::new(i64::MAX);
    long.details.title = "**@everyone** <@1> ".repeat(5);
    long.details.capacity = Some(500);
    long.details.counts_public = true;
    long.details.audience = Audience::Alumni(RoleId::new(i64::MAX));
    long.details.venue.channel = Some(ChannelId::new(i64::MAX));
    long.details.venue.link = Some(format!("https://example.org/{}", "x".repeat(400)));
    let held = occurrence(&long, id("2026-03-02T18:00")).unwrap();
    let tally = Tally { going: 499, late: 1, maybe: 10, cannot: 10, waiting: 100 };
    let mut all: Vec<Card> = vec![
        cards::has_moved(&long, &held),
        cards::own_reminder(&long, &held, true, true),
        cards::came_free(&long, &held),
        cards::place_taken_up(&long, &held),
        cards::missed(&long, Some(&held), i64::MAX),
        cards::missed(&long, None, 1),
        cards::missed_note_off(),
        cards::facts(Card::panel("T", ""), &long.details),
        crate::sessions::cards::reminder(&long, &held, true, true, Some(tally)),
    ];
    for reply in Reply::ALL.into_iter().map(Some).chain([None]) {
        for (seat, waiting, came_free) in [(Seat::None, 0, false), (Seat::Held, 0, true), (Seat::Waiting, 7, false)] {
            let own = Mine { occurrence: held, reply, seat, waiting, came_free };
            all.push(cards::mine(&long, &own, Some(tally)));
        }
    }
    let many = |seat, reply| {
        (1..=300).map(move |number| {
            let user = UserId::new(i64::MAX - number);
            (Entry { user, reply, seat, turn: number, unseen: false, belongs: true }, Some(Reason::Appointment))
        })
    };
    let entries = many(Seat::Held, Reply::Going)
        .chain(many(Seat::Held, Reply::Late))
        .chain(many(Seat::None, Reply::Cannot))
        .chain(many(Seat::None, Reply::Maybe))
        .chain(many(Seat::Waiting, Reply::Going));
    all.push(cards::who(&long, &Who { occurrence: held, entries: entries.collect() }, &tally));
    for closed in [true, false] {
        let attended = (1..=300).map(|number| UserId::new(i64::MAX - number)).collect();
        let shared = (1..=25).map(|number| (UserId::new(i64::MAX - number), Reason::Transport)).collect();
        all.push(cards::roll(&long, &Roll { occurrence: held, attended, closed, left_out: 3, shared }));
    }
    let wish = Wish {
        group: GroupId::new(1),
        member: Member { guild: GuildId::new(1), user: user(1) },
        leads: "2d 1d 12h 1h 15m".parse().unwrap(),
        missed_note: true,
        planned_until: at("2026-03-01T00:00:00Z"),
        next_at: None,
    };
    for wish in [None, Some(&wish)] {
        for direct in [true, false] {
            all.push(cards::wishes(&group(), wish, direct));
        }
    }
    for reason in Reason::ALL {
        all.push(cards::missed_who(i64::MAX, reason));
    }
    all.extend([SeenBy::Facilitators, SeenBy::Nobody].map(cards::why_kept));
    for card in all {
        assert_eq!(card.problems(), Vec::<String>::new(), "{card:?}");
        assert!(card.pings.users.is_empty() && card.pings.roles.is_empty());
        let said = format!("{card:?}");
        assert!(!said.contains("**@everyone**"), "{said}");
        for row in &card.rows {
            if let crate::card::Row::Buttons(buttons) = row {
                for button in buttons {
                    if let crate::card::Leads::Press(press) = &button.leads {
                        assert!(crate::discord::press::encode(press).is_ok(), "{press:?}");
                    }
                }
            }
        }
    }
}
