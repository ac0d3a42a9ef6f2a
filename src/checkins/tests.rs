//! Tables over check-ins: which day a moment belongs to, moods, and the words of every card.

mod sharing;
mod silence;
mod weather;

use chrono::{DateTime, Utc};

use super::cards;
use super::model::{
    Answer, Back, Change, Halt, Mood, Question, Rating, Reply, Said, Setup, Suggestion, Taken, Urge, Window, Wishes,
    words_of,
};
use super::plan::{self, closes_at, day_of, latest_due};
use crate::calendar::Zone;
use crate::coping::{Library, Marks, Need};
use crate::ids::{GroupId, PromptId};

fn zone() -> Zone {
    "America/New_York".parse::<Zone>().unwrap()
}

/// A group with a place where only facilitators talk.
fn group() -> crate::groups::Group {
    crate::groups::Group {
        id: GroupId::new(1),
        guild: crate::ids::GuildId::new(10),
        name: "Evening group".into(),
        zone: zone(),
        channel: crate::ids::ChannelId::new(20),
        country: "US".into(),
        facilitator_role: None,
        facilitator_channel: Some(crate::ids::ChannelId::new(21)),
        noticing: true,
        checkin: None,
        source: crate::groups::model::Source::Discord,
    }
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

#[test]
fn just_after_midnight_still_belongs_to_the_day_before() {
    for (moment, day) in [
        ("2026-03-03T04:59:00Z", "2026-03-02"), // 23:59
        ("2026-03-03T05:20:00Z", "2026-03-02"), // 00:20
        ("2026-03-03T07:59:00Z", "2026-03-02"), // 02:59
        ("2026-03-03T08:00:00Z", "2026-03-03"), // 03:00
        ("2026-03-03T14:00:00Z", "2026-03-03"), // 09:00
    ] {
        assert_eq!(day_of(at(moment), zone()).to_string(), day, "{moment}");
    }
}

#[test]
fn a_window_closes_three_hours_after_midnight_also_when_clocks_change() {
    assert_eq!(closes_at("2026-03-02".parse().unwrap(), zone()), at("2026-03-03T08:00:00Z"));
    // The night to 8 March 2026 has no hour from two to three; three hours after midnight is 04:00.
    assert_eq!(closes_at("2026-03-07".parse().unwrap(), zone()), at("2026-03-08T08:00:00Z"));
}

#[test]
fn every_mood_has_a_number_and_words() {
    for mood in Mood::ALL {
        assert_eq!(Mood::of_number(&mood.number().to_string()), Some(mood));
        assert!(!cards::mood_words(mood).is_empty());
    }
    for wrong in ["0", "6", "-1", "good", ""] {
        assert_eq!(Mood::of_number(wrong), None, "{wrong}");
    }
}

#[test]
fn every_card_fits_discord() {
    let window = Window {
        id: PromptId::new(i64::MAX),
        group: GroupId::new(1),
        on_date: "2026-03-02".parse().unwrap(),
        closes_at: at("2026-03-03T08:00:00Z"),
    };
    let mut all = vec![
        cards::prompt(&window, None),
        cards::prompt(&window, Some(&[])),
        cards::may_i_keep(window.id, true),
        cards::declined(),
        cards::closed(window.on_date),
    ];
    let full =
        Answer { mood: Some(Mood::Low), line: Some("x".repeat(1000)), win: Some("y".repeat(500)), ..Answer::default() };
    for mood in Mood::ALL.into_iter().map(Some).chain([None]) {
        all.push(cards::own_prompt(&window, Some(&Answer { mood, ..full.clone() })));
    }
    let said = Halt::ALL.map(Said::Halt).into_iter().chain(Mood::ALL.map(Said::Mood)).chain([
        Said::Hard,
        Said::StrongUrge,
        Said::SomeUrge,
        Said::LowAndSleepless,
        Said::WinOnAGreyDay,
        Said::Kept,
    ]);
    let library = Library::embedded().unwrap();
    for (said, skill) in said.zip(library.all().iter().cycle()) {
        let suggest = |theirs| Suggestion { id: skill.id.clone(), line: skill.line.clone(), theirs };
        for skill in [None, Some(suggest(false)), Some(suggest(true))] {
            all.push(cards::thanks(
                &window,
                &Reply { said, skill, words: true, more: true, line: true, person: true, back: Back::Away },
            ));
        }
    }
    let setup =
        Setup { questions: Question::FOR_GROUPS.into(), own: vec!["w".repeat(45), "Ö".repeat(45)], offer_after: 14 };
    for page in [0, 1, 9] {
        all.push(cards::more(&window, &full, &Question::ALL, page));
    }
    all.push(cards::mine(
        window.group,
        &Question::ALL,
        &Question::ALL,
        Some((chrono::NaiveTime::MIN, zone(), false)),
        true,
    ));
    all.extend(library.all().iter().flat_map(|skill| [cards::marked(skill, true), cards::marked(skill, false)]));
    let form = cards::words_form(window.id, &setup, &Question::ALL, &full).unwrap();
    assert_eq!(form.inputs.len(), 4);
    assert!(
        form.inputs
            .iter()
            .all(|input| input.label.chars().count() <= 45 && input.value.chars().count() <= usize::from(input.limit))
    );
    for card in &all {
        assert_eq!(card.problems(), Vec::<String>::new(), "{card:?}");
    }
}

#[test]
fn after_days_away_only_the_newest_day_is_asked_about() {
    let daily = |after: DateTime<Utc>| after.checked_add_signed(chrono::TimeDelta::days(1));
    let first = at("2026-03-02T14:00:00Z");
    for (now, expected) in [
        ("2026-03-02T14:00:00Z", "2026-03-02T14:00:00Z"),
        ("2026-03-03T13:59:00Z", "2026-03-02T14:00:00Z"),
        ("2026-03-05T20:00:00Z", "2026-03-05T14:00:00Z"),
    ] {
        assert_eq!(latest_due(first, at(now), daily), at(expected), "{now}");
    }
}

fn rating(number: u8) -> Option<Rating> {
    Some(Rating::try_from(number).unwrap())
}

fn urge(number: u8) -> Option<Urge> {
    Some(Urge::try_from(number).unwrap())
}

fn halt(named: &[Halt]) -> Option<std::collections::BTreeSet<Halt>> {
    Some(named.iter().copied().collect())
}

#[test]
fn what_weighs_most_is_answered_by_rule() {
    let a = Answer::default;
    for (answer, said, need) in [
        (Answer { mood: Some(Mood::Good), ..a() }, Said::Mood(Mood::Good), None),
        (Answer { mood: Some(Mood::Low), ..a() }, Said::Mood(Mood::Low), Some(Need::HardDay)),
        (Answer { mood: Some(Mood::Hard), urge: urge(9), ..a() }, Said::Hard, Some(Need::HardDay)),
        (Answer { mood: Some(Mood::Good), urge: urge(7), ..a() }, Said::StrongUrge, Some(Need::Urge)),
        (Answer { mood: Some(Mood::Okay), urge: urge(4), ..a() }, Said::SomeUrge, Some(Need::Urge)),
        (Answer { mood: Some(Mood::Okay), urge: urge(3), ..a() }, Said::Mood(Mood::Okay), None),
        (
            Answer { mood: Some(Mood::Okay), halt: halt(&[Halt::Hungry, Halt::Lonely]), ..a() },
            Said::Halt(Halt::Lonely),
            Some(Need::Lonely),
        ),
        (Answer { mood: Some(Mood::Okay), halt: halt(&[]), ..a() }, Said::Mood(Mood::Okay), None),
        (Answer { mood: Some(Mood::Low), sleep: rating(2), ..a() }, Said::LowAndSleepless, Some(Need::HardDay)),
        (Answer { mood: Some(Mood::Mixed), win: Some("up".into()), ..a() }, Said::WinOnAGreyDay, None),
        (Answer { line: Some("x".into()), ..a() }, Said::Kept, None),
        (Answer { medication: Some(Taken::NotToday), ..a() }, Said::Kept, None),
    ] {
        assert_eq!((plan::said(&answer), plan::need(&answer)), (said, need), "{answer:?}");
        assert_eq!(plan::said(&answer), plan::said(&answer.clone()), "the same answer is answered alike");
    }
}

#[test]
fn a_suggestion_is_what_helped_this_member_else_a_general_one_they_did_not_decline() {
    let library = Library::embedded().unwrap();
    let mut marks = Marks::default();
    let offered =
        |need: Option<Need>, marks: &Marks| plan::suggestion(need, &library, marks).map(|one| (one.id, one.theirs));
    let said = |id: &str, theirs| Some((id.to_owned(), theirs));
    let hard = Some(Need::HardDay);
    assert_eq!(offered(None, &marks), None);
    assert_eq!(offered(hard, &marks), said("breathe", false));
    marks.mark("breathe", false);
    assert_eq!(offered(hard, &marks), said("ground", false));
    marks.mark("walk", true);
    marks.mark("eat", true);
    assert_eq!(offered(hard, &marks), said("walk", true), "eating is for hunger");
    marks.mark("walk", false);
    assert_eq!(offered(hard, &marks), said("ground", false));
    marks.mark("eat", false);
    assert_eq!(offered(Some(Need::Hungry), &marks), None, "nothing left is no suggestion");
    // What was marked before marks had a place of their own still counts.
    let old: Wishes = serde_json::from_str(r#"{"helped":["walk","ground"],"declined":["water"]}"#).unwrap();
    let mut adopted = Marks::default();
    adopted.adopt(&old.helped, &old.declined);
    assert_eq!(offered(hard, &adopted), said("ground", true));
}

#[test]
fn urges_and_medication_are_asked_only_where_they_were_switched_on() {
    let (setup, wishes) = (Setup::default(), Wishes::default());
    let asked = plan::asked(&setup, &wishes);
    assert!(!asked.contains(&Question::Urge) && !asked.contains(&Question::Medication), "{asked:?}");
    let all = Setup { questions: Question::FOR_GROUPS.into(), own: vec!["Outside today?".into()], ..Setup::default() };
    let of_group = plan::asked(&all, &wishes);
    assert!(of_group.contains(&Question::Urge) && of_group.contains(&Question::Own), "{of_group:?}");
    assert!(!of_group.contains(&Question::Medication), "no group can ask about medication");
    let wished = plan::wish_for(&setup, &wishes, &[Question::Medication, Question::Urge, Question::Sleep]);
    assert_eq!(plan::asked(&setup, &wished), [Question::Sleep, Question::Urge, Question::Medication]);
    let nothing = plan::wish_for(&all, &wishes, &[]);
    assert_eq!(plan::asked(&all, &nothing), []);
    assert_eq!(plan::asked(&all, &plan::wish_for(&all, &nothing, &Question::ALL)), Question::ALL);
}

#[test]
fn what_can_be_seen_is_kept_and_nothing_else() {
    for (typed, kept) in [
        ("  slept  ", Some("slept")),
        ("🌧️", Some("🌧️")),
        ("שלום", Some("שלום")),
        ("<@1> **loud** @everyone", Some("<@1> **loud** @everyone")),
        ("", None),
        (" \n\t ", None),
        ("\u{200B}\u{200D}\u{FEFF}", None),
        ("\u{202E}\u{2066}", None),
    ] {
        assert_eq!(words_of(typed, 1000).as_deref(), kept, "{typed:?}");
    }
    assert_eq!(words_of(&"é".repeat(4000), 1000).unwrap().chars().count(), 1000);
}

#[test]
fn an_answer_from_before_the_second_step_is_still_read() {
    let old: Answer = serde_json::from_str(r#"{"mood":"low","line":"x"}"#).unwrap();
    assert_eq!((old.mood, old.line.as_deref(), old.halt), (Some(Mood::Low), Some("x"), None));
    assert!(serde_json::from_str::<Answer>(r#"{"urge":11}"#).is_err());
    assert!(serde_json::from_str::<Answer>(r#"{"energy":0}"#).is_err());
}

#[test]
fn a_select_reads_back_what_it_offers_and_nothing_else() {
    let one = |word: &str| vec![word.to_owned()];
    for (question, values, change) in [
        (Question::Energy, one("3"), Some(Change::Energy(rating(3)))),
        (Question::Sleep, one("open"), Some(Change::Sleep(None))),
        (Question::Urge, one("10"), Some(Change::Urge(urge(10)))),
        (Question::Urge, one("11"), None),
        (Question::Energy, one("0"), None),
        (Question::Halt, vec!["tired".into(), "angry".into()], Some(Change::Halt(halt(&[Halt::Angry, Halt::Tired])))),
        (Question::Halt, one("none"), Some(Change::Halt(halt(&[])))),
        (Question::Halt, one("bored"), None),
        (Question::Medication, one("partly"), Some(Change::Medication(Some(Taken::Partly)))),
        (Question::Line, one("3"), None),
        (Question::Energy, vec![], None),
    ] {
        assert_eq!(cards::chosen(question, &values), change, "{question:?} {values:?}");
    }
}
