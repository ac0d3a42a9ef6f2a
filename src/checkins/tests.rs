//! Tables over check-ins: which day a moment belongs to, moods, and the words of every card.

use chrono::{DateTime, Utc};

use super::cards;
use super::model::{Answer, Mood, Window};
use super::plan::{closes_at, day_of, latest_due};
use crate::calendar::Zone;
use crate::ids::{GroupId, PromptId};

fn zone() -> Zone {
    "America/New_York".parse::<Zone>().unwrap()
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
    let mut all =
        vec![cards::prompt(&window), cards::may_i_keep(window.id), cards::declined(), cards::closed(window.on_date)];
    for mood in Mood::ALL.into_iter().map(Some).chain([None]) {
        let answer = Answer { mood, line: Some("x".into()) };
        all.extend([cards::thanks(&window, &answer), cards::own_prompt(&window, Some(&answer))]);
    }
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
