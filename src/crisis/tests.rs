//! Tables over what happens when words were noticed, and over every pointer.

use chrono::{DateTime, TimeDelta, Utc};

use super::cards::{self, Here};
use super::lexicon::{Level, Topic, Topics};
use super::model::{Note, Noticed, before_messages_of};
use super::plan::{Step, decide};
use crate::helplines::{CountryCode, Directory};
use crate::ids::{ChannelId, GroupId, GuildId, RoleId, UserId};
use crate::roster::{Known, Wishes};

fn now() -> DateTime<Utc> {
    "2026-03-02T20:00:00Z".parse().unwrap()
}

fn noticed(level: Level, topic: Option<Topic>) -> Noticed {
    Noticed { level, topics: topic.map(Topics::from).unwrap_or_default() }
}

fn here(directory: &Directory, country: Option<CountryCode>) -> Here<'_> {
    Here { directory, country, group: Some(GroupId::new(i64::MAX)), late: true, now: now() }
}

fn known(group: i64, role: Option<RoleId>) -> Known {
    Known {
        group: GroupId::new(group),
        guild: GuildId::new(7),
        name: "Evening group".into(),
        channel: ChannelId::new(5),
        facilitator_channel: ChannelId::new(6),
        facilitator_role: role,
        country: "US".into(),
        noticing: true,
    }
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
            let here = Here { now: now() + TimeDelta::hours(hour), ..here(&directory, country) };
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
    let here = here(&directory, CountryCode::parse("US"));
    let card = cards::pointer(&here, noticed(Level::High, Some(Topic::DomesticViolence)));
    assert_eq!(card.panel.unwrap().title, "A private note");
    assert_eq!(card.text, "");
}

#[test]
fn the_neutral_line_names_nobody_and_nothing() {
    let line = cards::neutral_line("NOTE", false);
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
        let card = cards::helplines(&here(&directory, Some(code)), country);
        assert_eq!(card.problems(), Vec::<String>::new(), "{code}");
    }
}

#[test]
fn a_note_reads_back_and_nothing_else_does() {
    for late in [true, false] {
        let noticed = noticed(Level::High, Some(Topic::SelfHarm));
        let note = Note { author: UserId::new(42), group: GroupId::new(7), noticed, at: now(), late };
        let bytes = note.bytes();
        assert_eq!(Note::read(&bytes), Some(note));
        for length in 0..bytes.len() {
            assert_eq!(Note::read(&bytes[..length]), None);
        }
    }
}

#[test]
fn the_preview_shows_exactly_what_is_posted() {
    for role in [None, Some(RoleId::new(9))] {
        let preview = cards::hand_up_preview(&known(1, role), UserId::new(2));
        let posted = cards::hand_up(UserId::new(2), role).text;
        assert!(preview.panel.clone().unwrap().body.contains(&format!("> {posted}\n")), "{posted}");
        assert!(preview.pings == crate::card::Pings::default() && preview.problems().is_empty());
    }
    let several: Vec<Known> = (1..9).map(|group| known(group, None)).collect();
    assert_eq!(cards::which_group(&several).problems(), Vec::<String>::new());
}

#[test]
fn worry_about_somebody_else_is_met_with_words_that_fit() {
    let directory = Directory::embedded().unwrap();
    let here = here(&directory, CountryCode::parse("US"));
    for (topic, words, asks) in [
        (Topic::Suicide, "Are you thinking about suicide?", true),
        (Topic::SelfHarm, "Are you thinking about suicide?", true),
        (Topic::Overdose, "**If somebody may have taken too much, call 911 now", false),
        (Topic::DomesticViolence, "not their fault", false),
        (Topic::EatingDisorder, "Leave weight, food and looks out", false),
    ] {
        let card = cards::pointer(&here, noticed(Level::ConcernOther, Some(topic)));
        let panel = card.panel.clone().unwrap();
        assert!(panel.body.contains(words), "{topic:?}: {}", panel.body);
        assert_eq!(panel.body.contains("thinking about suicide"), asks, "{topic:?}");
        assert_eq!(panel.fields[0].1, "Call 911.", "{topic:?}");
        assert!(panel.footer.contains("can be wrong") && panel.footer.contains("comes late"), "{}", panel.footer);
        assert_eq!(card.rows.len(), 1, "{topic:?}");
    }
}

#[test]
fn somebody_elses_note_says_nothing_of_what_it_is_about() {
    let directory = Directory::embedded().unwrap();
    for country in [CountryCode::parse("US"), None] {
        let card = cards::not_yours(&here(&directory, country));
        let panel = card.panel.clone().unwrap();
        assert!(panel.body.starts_with("This note is for somebody else."), "{}", panel.body);
        assert!(!panel.body.contains("suicide") && card.rows.is_empty() && card.problems().is_empty());
    }
}

#[test]
fn messages_of_a_moment_are_above_its_id() {
    // 175928847299117063 is Discord's own example: 2016-04-30 11:18:25.796 UTC.
    let (before, at) = ("2016-04-30T11:18:25Z", "2016-04-30T11:18:26Z");
    assert!(before_messages_of(before.parse().unwrap()).raw() < 175_928_847_299_117_063);
    assert!(before_messages_of(at.parse().unwrap()).raw() > 175_928_847_299_117_063);
    assert_eq!(before_messages_of(DateTime::UNIX_EPOCH).raw(), 0);
}
