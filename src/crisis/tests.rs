//! Tables over what happens when words were noticed, and over every pointer.

use chrono::{DateTime, TimeDelta, Utc};

use super::cards::{self, Here};
use super::lexicon::{Level, Topic, Topics};
use super::model::{Noticed, Ticket};
use super::plan::{Step, decide};
use crate::helplines::{CountryCode, Directory};
use crate::ids::{ChannelId, GuildId, UserId};
use crate::roster::Wishes;

fn now() -> DateTime<Utc> {
    "2026-03-02T20:00:00Z".parse().unwrap()
}

fn noticed(level: Level, topic: Option<Topic>) -> Noticed {
    Noticed { level, topics: topic.map(Topics::from).unwrap_or_default() }
}

#[test]
fn a_pointer_comes_by_direct_message_only_to_those_who_agreed() {
    let high = noticed(Level::High, Some(Topic::Suicide));
    for (direct_messages, noticing, expected) in [
        (None, None, Step::NeutralLine),
        (Some(false), None, Step::NeutralLine),
        (Some(true), None, Step::Private),
        (Some(true), Some(true), Step::Private),
        (Some(true), Some(false), Step::Nothing),
        (None, Some(false), Step::Nothing),
    ] {
        let wishes = Wishes { direct_messages, noticing };
        assert_eq!(decide(high, true, wishes, None, now()), expected, "{wishes:?}");
        assert_eq!(decide(high, false, wishes, None, now()), Step::Nothing, "an unwatched channel");
    }
}

#[test]
fn a_second_pointer_within_the_hour_needs_a_higher_level() {
    for (before, minutes, level, expected) in [
        (Level::Low, 10, Level::Low, false),
        (Level::Low, 10, Level::High, true),
        (Level::High, 10, Level::Low, false),
        (Level::High, 59, Level::High, false),
        (Level::High, 60, Level::High, true),
        (Level::High, 1, Level::Imminent, true),
        (Level::Imminent, 59, Level::Imminent, false),
    ] {
        let last = Some((before, now() - TimeDelta::minutes(minutes)));
        let step = decide(noticed(level, None), true, Wishes::default(), last, now());
        assert_eq!(step != Step::Nothing, expected, "{before} {minutes} min ago, now {level}");
    }
}

#[test]
fn abuse_aimed_at_others_is_offered_no_helpline() {
    let abuse = noticed(Level::None, Some(Topic::DirectedAbuse));
    assert_eq!(decide(abuse, true, Wishes::default(), None, now()), Step::Nothing);
    assert_eq!(decide(noticed(Level::None, None), true, Wishes::default(), None, now()), Step::Nothing);
}

#[test]
fn every_pointer_holds_a_way_to_a_human_and_fits_discord() {
    let directory = Directory::embedded().unwrap();
    let countries: Vec<Option<CountryCode>> = directory.countries().map(|(code, _)| Some(code)).chain([None]).collect();
    for country in countries {
        for hour in [3, 14] {
            let here = Here { directory: &directory, country, now: now() + TimeDelta::hours(hour) };
            for level in [Level::ConcernOther, Level::Low, Level::High, Level::Imminent] {
                for topic in Topic::ALL.into_iter().map(Some).chain([None]) {
                    let card = cards::pointer(&here, noticed(level, topic));
                    let panel = card.panel.clone().unwrap();
                    assert_eq!(card.problems(), Vec::<String>::new(), "{country:?} {level} {topic:?}");
                    assert!(!panel.fields.is_empty(), "no way to a human: {country:?} {level} {topic:?}");
                    assert!(panel.fields.len() <= 4, "a wall: {country:?} {level} {topic:?}");
                    if level == Level::Imminent {
                        assert!(panel.body.contains("call"), "no emergency number: {country:?} {topic:?}");
                    }
                }
            }
        }
    }
}

#[test]
fn a_glance_at_the_screen_betrays_nothing_when_home_is_not_safe() {
    let directory = Directory::embedded().unwrap();
    let here = Here { directory: &directory, country: CountryCode::parse("US"), now: now() };
    let card = cards::pointer(&here, noticed(Level::High, Some(Topic::DomesticViolence)));
    assert_eq!(card.panel.unwrap().title, "A private note");
    assert_eq!(card.text, "");
}

#[test]
fn the_neutral_line_names_nobody_and_nothing() {
    let line = cards::neutral_line("TICKET");
    for word in ["suicid", "crisis", "help", "@", "danger", "die"] {
        assert!(!line.text.to_lowercase().contains(word), "{word}");
    }
    assert!(line.silent && line.pings == crate::card::Pings::default());
}

#[test]
fn helplines_of_every_country_fit_one_card() {
    let directory = Directory::embedded().unwrap();
    for (code, _) in directory.countries() {
        let country = directory.country(code).unwrap();
        let card = cards::helplines(&Here { directory: &directory, country: Some(code), now: now() }, country);
        assert_eq!(card.problems(), Vec::<String>::new(), "{code}");
    }
    assert_eq!(cards::hand_up_preview(ChannelId::new(1), UserId::new(2)).problems(), Vec::<String>::new());
}

#[test]
fn a_ticket_reads_back_and_nothing_else_does() {
    let ticket = Ticket {
        author: UserId::new(42),
        guild: GuildId::new(7),
        noticed: noticed(Level::High, Some(Topic::SelfHarm)),
        at: now(),
    };
    let bytes = ticket.bytes();
    assert_eq!(Ticket::read(&bytes), Some(ticket));
    for length in 0..bytes.len() {
        assert_eq!(Ticket::read(&bytes[..length]), None);
    }
}
