//! Tables over what happens when words were noticed, and over every pointer.

use chrono::{DateTime, TimeDelta, Utc};

use super::cards::{self, Here, concern::Callees, words::Language};
use super::lexicon::{Level, Topic, Topics};
use super::model::concern::{Circle, Concern, Duty, Kind, State, Told};
use super::model::{Mark, Note, Noticed, before_messages_of};
use super::plan::concern::{Happening, No, Says, on_call, raises, turn};
use super::plan::{Step, decide};
use crate::helplines::{CountryCode, Directory};
use crate::ids::{ChannelId, ConcernId, GroupId, GuildId, Member, RoleId, UserId};
use crate::roster::{Known, Wishes};

fn now() -> DateTime<Utc> {
    "2026-03-02T20:00:00Z".parse().unwrap()
}

fn noticed(level: Level, topic: Option<Topic>) -> Noticed {
    Noticed { level, topics: topic.map(Topics::from).unwrap_or_default() }
}

fn here(directory: &Directory, country: Option<CountryCode>) -> Here<'_> {
    let (language, own) = (Language::En, Vec::new());
    Here { directory, own, country, language, group: Some(GroupId::new(i64::MAX)), late: true, tells: true, now: now() }
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
                    let card = cards::pointer(&here, noticed(level, topic), Some("en.die.wish"));
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
    let card = cards::pointer(&here, noticed(Level::High, Some(Topic::DomesticViolence)), None);
    assert_eq!(card.panel.unwrap().title, "A private note");
    assert_eq!(card.text, "");
}

#[test]
fn the_neutral_line_names_nobody_and_nothing() {
    let line = cards::neutral_line("NOTE", false, Language::En);
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
    let languages = Language::ALL.into_iter().map(Some).chain([None]);
    for (language, phrase) in languages.zip([Some(Mark::of("en.die.wish")), None].into_iter().cycle()) {
        let noticed = noticed(Level::Imminent, Some(Topic::SelfHarm));
        let (author, group, late) = (UserId::new(42), GroupId::new(7), language == Some(Language::Es));
        let note = Note { author, group, noticed, at: now(), late, language, phrase };
        let bytes = note.bytes();
        assert_eq!(Note::read(&bytes), Some(note));
        for length in (0..bytes.len()).filter(|length| *length != 22) {
            assert_eq!(Note::read(&bytes[..length]), None);
        }
    }
}

#[test]
fn the_preview_shows_exactly_what_is_posted() {
    for role in [None, Some(RoleId::new(9))] {
        let preview = cards::concern::hand_up_preview(
            &known(1, role),
            UserId::new(2),
            (ChannelId::new(6), role),
            false,
            Language::En,
        );
        let callees = Callees { users: Vec::new(), role };
        let posted = cards::concern::hand_up(UserId::new(2), GroupId::new(1), &callees, None).text;
        assert!(preview.panel.clone().unwrap().body.contains(&format!("> {posted}\n")), "{posted}");
        assert!(preview.pings == crate::card::Pings::default() && preview.problems().is_empty());
    }
    let several: Vec<Known> = (1..9).map(|group| known(group, None)).collect();
    assert_eq!(cards::which_group(&several, Language::Es).problems(), Vec::<String>::new());
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
        let card = cards::pointer(&here, noticed(Level::ConcernOther, Some(topic)), None);
        let panel = card.panel.clone().unwrap();
        assert!(panel.body.contains(words), "{topic:?}: {}", panel.body);
        assert_eq!(panel.body.contains("thinking about suicide"), asks, "{topic:?}");
        assert_eq!(panel.fields[0].1, "Call 911.", "{topic:?}");
        assert!(panel.footer.contains("can be wrong") && panel.footer.contains("comes late"), "{}", panel.footer);
        assert_eq!(card.rows.len(), 2, "{topic:?}");
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

fn concern(state: State, circle: Circle, responder: Option<i64>, kind: Kind) -> Concern {
    Concern {
        id: ConcernId::new(1),
        group: GroupId::new(1),
        member: Member { guild: GuildId::new(7), user: UserId::new(40) },
        kind,
        noticed: (kind == Kind::Noticed).then(|| noticed(Level::High, Some(Topic::Suicide))),
        source: None,
        words: None,
        state,
        circle,
        responder: responder.map(UserId::new),
        handed: None,
        told: Told::No,
        next_at: None,
        raised_at: now(),
        round: 0,
    }
}

#[test]
fn a_concern_turns_as_its_diagram_says() {
    use State::{Answered, Backup, Closed, Unanswered, Waiting, Withdrawn};
    let (one, two) = (UserId::new(1), UserId::new(2));
    let ladder = [Circle::OnCall, Circle::Responders, Circle::Next];
    let (calls, truth, nothing) = (Says::Calls, Says::Truth, Says::Nothing);
    // From: state, circle, who is there. What happens. To: state, circle, who is there, what is said.
    for (from, happening, expected) in [
        ((Waiting, Circle::OnCall, None), Happening::TimeUp, Ok((Waiting, Circle::Responders, None, calls))),
        ((Waiting, Circle::Responders, None), Happening::TimeUp, Ok((Waiting, Circle::Next, None, calls))),
        ((Waiting, Circle::Next, None), Happening::TimeUp, Ok((Unanswered, Circle::Next, None, truth))),
        ((Waiting, Circle::OnCall, None), Happening::Here(one), Ok((Answered, Circle::OnCall, Some(1), nothing))),
        ((Unanswered, Circle::Next, None), Happening::Here(one), Ok((Answered, Circle::Next, Some(1), nothing))),
        ((Answered, Circle::OnCall, Some(1)), Happening::Here(one), Err(No::Already)),
        ((Answered, Circle::OnCall, Some(1)), Happening::Here(two), Err(No::Taken(one))),
        ((Answered, Circle::OnCall, Some(1)), Happening::NeedBackup(two), Err(No::Taken(one))),
        ((Waiting, Circle::OnCall, None), Happening::NeedBackup(one), Err(No::NobodyYet)),
        (
            (Answered, Circle::OnCall, Some(1)),
            Happening::NeedBackup(one),
            Ok((Backup, Circle::Responders, Some(1), calls)),
        ),
        ((Answered, Circle::Next, Some(1)), Happening::NeedBackup(one), Ok((Backup, Circle::Next, Some(1), calls))),
        (
            (Backup, Circle::Responders, Some(1)),
            Happening::Here(two),
            Ok((Answered, Circle::Responders, Some(1), nothing)),
        ),
        ((Backup, Circle::Next, Some(1)), Happening::TimeUp, Ok((Backup, Circle::Next, Some(1), nothing))),
        ((Answered, Circle::OnCall, Some(1)), Happening::HandedOn(one), Ok((Waiting, Circle::Responders, None, calls))),
        ((Answered, Circle::OnCall, Some(1)), Happening::HandedOn(two), Err(No::Taken(one))),
        ((Answered, Circle::OnCall, Some(1)), Happening::Closed(two), Ok((Closed, Circle::OnCall, Some(1), nothing))),
        ((Waiting, Circle::OnCall, None), Happening::Withdrawn, Ok((Withdrawn, Circle::OnCall, None, nothing))),
        ((Closed, Circle::OnCall, None), Happening::Here(one), Err(No::Over)),
        ((Withdrawn, Circle::OnCall, None), Happening::TimeUp, Err(No::Over)),
    ] {
        let (state, circle, responder) = from;
        let before = concern(state, circle, responder, Kind::Asked);
        let turned = turn(&before, happening, &ladder, TimeDelta::minutes(10), now());
        let turned = turned.map(|turn| {
            let waits = turn.says != nothing;
            assert_eq!(turn.next_at.is_some(), waits, "{from:?} {happening:?}");
            (turn.state, turn.circle, turn.responder.map(UserId::raw), turn.says)
        });
        assert_eq!(turned, expected, "{from:?} {happening:?}");
    }
    // Who did not ask was promised nobody.
    let quiet = concern(State::Waiting, Circle::Next, None, Kind::Noticed);
    assert_eq!(turn(&quiet, Happening::TimeUp, &ladder, TimeDelta::minutes(10), now()).unwrap().says, nothing);
}

#[test]
fn the_rota_calls_whose_hour_it_is_and_spares_who_holds_enough() {
    let duty = |user: i64, days: &str, from: &str, until: &str| Duty {
        user: UserId::new(user),
        days: days.parse().unwrap(),
        from: crate::calendar::time_of_day(from).unwrap(),
        until: crate::calendar::time_of_day(until).unwrap(),
    };
    // Monday 2 March 2026, 20:00 UTC: 15:00 in New York.
    let zone = "America/New_York".parse().unwrap();
    let rota = [
        duty(1, "mon", "14:00", "16:00"),
        duty(2, "mon", "15:00", "15:30"),
        duty(3, "tue", "14:00", "16:00"),
        duty(4, "sun", "22:00", "15:30"),
        duty(5, "mon", "16:00", "14:00"),
        duty(6, "mon", "15:30", "16:00"),
        duty(40, "mon", "14:00", "16:00"),
    ];
    let called = |loads: &[(i64, i64)], most| {
        let loads: Vec<(UserId, i64)> = loads.iter().map(|(user, load)| (UserId::new(*user), *load)).collect();
        let called = on_call(&rota, &loads, UserId::new(40), zone, now(), most);
        called.into_iter().map(UserId::raw).collect::<Vec<_>>()
    };
    assert_eq!(called(&[], 9), [1, 2, 4]);
    assert_eq!(called(&[(1, 1)], 9), [2, 4, 1]);
    assert_eq!(called(&[(1, 2), (4, 1)], 9), [2, 4]);
    assert_eq!(called(&[(1, 1)], 2), [2, 4]);
}

#[test]
fn words_raise_a_concern_only_where_the_group_wants_it_and_the_member_knows() {
    for (level, from, told, expected) in [
        (Level::High, Some(Level::High), Some(true), true),
        (Level::Imminent, Some(Level::High), Some(true), true),
        (Level::Low, Some(Level::High), Some(true), false),
        (Level::High, Some(Level::Imminent), Some(true), false),
        (Level::High, None, Some(true), false),
        (Level::Imminent, Some(Level::Low), Some(false), false),
        (Level::Imminent, Some(Level::Low), None, false),
        (Level::ConcernOther, Some(Level::Low), Some(true), false),
    ] {
        assert_eq!(raises(level, from, told), expected, "{level} {from:?} {told:?}");
    }
}

#[test]
fn every_card_of_a_concern_fits_discord_and_quotes_nobody_by_accident() {
    let callees = Callees { users: vec![UserId::new(i64::MAX); 3], role: Some(RoleId::new(i64::MAX)) };
    let words = "x".repeat(500);
    let mut all = vec![
        cards::concern::hand_up(UserId::new(i64::MAX), GroupId::new(i64::MAX), &callees, Some(&words)),
        cards::concern::noticed(
            (UserId::new(i64::MAX), GroupId::new(1)),
            &callees,
            "high: thoughts of suicide",
            "https://d",
        ),
        cards::concern::hand_on(GroupId::new(i64::MAX), UserId::new(i64::MAX)),
        cards::concern::debrief(),
        cards::concern::telling(GroupId::new(1), None, None),
        cards::concern::notice(GroupId::new(1)),
        cards::now(&here(&Directory::embedded().unwrap(), None), &[GroupId::new(1)]),
    ];
    for state in State::ALL {
        for kind in [Kind::Asked, Kind::Noticed] {
            let concern = concern(*state, Circle::Next, Some(1), kind);
            all.push(cards::concern::standing(&concern, Some(&words)));
            all.push(cards::concern::call_again(&concern, &callees, 10));
            all.push(cards::concern::over(&concern));
        }
    }
    for card in all {
        assert_eq!(card.problems(), Vec::<String>::new(), "{card:?}");
    }
    let hostile = cards::concern::hand_up(UserId::new(2), GroupId::new(1), &callees, Some("@everyone **now**\n<@5>"));
    assert!(!hostile.text.contains("@everyone") && !hostile.text.contains("<@5>"), "{}", hostile.text);
}

#[test]
fn every_language_has_every_line_and_fits_a_phone() {
    for language in Language::ALL {
        for (name, line) in language.words().all().into_iter().chain(language.more().all()) {
            let (code, length) = (language.code(), line.chars().count());
            assert!(length >= 1 && line.trim() == line, "{code} {name}: {line:?}");
            let most = match name {
                "person" | "why" | "more" | "wrong" | "mute" | "open_note" | "wrong_send" | "wrong_no"
                | "hand_post" | "hand_words" | "hand_not_now" | "take_back" | "truth_again" => 38,
                "title" | "title_private" | "title_loss" | "title_worried" | "danger_now" | "why_title" => 60,
                "worried_overdose" | "worried_suicide" => 480,
                _ => 330,
            };
            assert!(length <= most, "{code} {name} has {length} characters, {most} fit: {line}");
            // A sentence that one breath does not hold is too much on a bad evening.
            let sentences = line.split(['.', '!', '?', '。', '？', '।', '؟', ':', '：', '\n']);
            for sentence in sentences {
                let words = sentence.split_whitespace().count();
                assert!(words <= 30, "{code} {name}: {words} words in one sentence: {sentence}");
            }
            let wanted = match name {
                "emergency" | "worried_overdose" | "call_number" | "now_body" => "{number}",
                "send" => "{word}",
                "opens" => "{when}",
                "hours" => "{hours}",
                "wrong_ask" => "{phrase}",
                "lines_title" => "{country}",
                "why_police_known" => "{policy}",
                "hand_preview" | "hand_posted" | "hand_already" | "hand_trying" | "hand_failed" => "{channel}",
                "hand_then" => "{minutes}",
                _ => "",
            };
            assert!(line.contains(wanted) && (!wanted.is_empty() || !line.contains('{')), "{code} {name}: {line}");
            assert!(!line.contains('!') || language == Language::Es, "never loud: {code} {name}: {line}");
        }
        let words = language.words();
        for (name, line) in words.all() {
            let own = name == "chat" || name == "text" || language == Language::En;
            let english = Language::En.words().all().into_iter().find(|(known, _)| *known == name).unwrap().1;
            assert!(own || line != english, "{} {name} is not translated", language.code());
        }
    }
}

#[test]
fn every_pointer_fits_in_every_language_and_says_when_a_number_is_not_sure() {
    let directory = Directory::embedded().unwrap();
    let unsure: Vec<CountryCode> = directory
        .countries()
        .map(|(code, _)| code)
        .filter(|code| directory.emergency(*code).is_some_and(|emergency| emergency.unsure))
        .collect();
    assert_eq!(unsure.len(), 6);
    let us = CountryCode::parse("US").unwrap();
    for language in Language::ALL {
        for country in unsure.iter().copied().chain([us]) {
            let here = Here { language, ..here(&directory, Some(country)) };
            for level in [Level::ConcernOther, Level::High, Level::Imminent] {
                for topic in Topic::ALL {
                    let card = cards::pointer(&here, noticed(level, Some(topic)), Some("en.die.wish"));
                    assert_eq!(card.problems(), Vec::<String>::new(), "{language:?} {country} {level} {topic}");
                }
            }
            let imminent =
                cards::pointer(&here, noticed(Level::Imminent, Some(Topic::Suicide)), None).panel.unwrap().body;
            let has_number = directory.emergency(country).unwrap().number.is_some();
            let says = imminent.contains(language.words().emergency_unsure);
            assert_eq!(says, country != us && has_number, "{language:?} {country}: {imminent}");
            assert!(imminent.contains(language.words().taken), "{imminent}");
        }
    }
}

#[test]
fn the_language_is_the_one_they_wrote_in_or_read() {
    for (written, locale, expected) in [
        (None, Some("es-419"), Language::Es),
        (Some(Language::En), Some("es-ES"), Language::Es),
        (Some(Language::Es), Some("en-US"), Language::Es),
        (Some(Language::Es), None, Language::Es),
        (Some(Language::En), Some("th"), Language::En),
        (None, None, Language::En),
        (None, Some("zh-CN"), Language::Zh),
    ] {
        assert_eq!(Language::best(written, locale), expected, "{written:?} {locale:?}");
    }
    assert_eq!(Language::of("es.die.wish"), Some(Language::Es));
    assert_eq!(Language::of("guild.7"), None);
}

#[test]
fn the_police_are_spoken_of_as_a_source_does_and_else_as_a_question_to_ask() {
    let directory = Directory::embedded().unwrap();
    let us = cards::reasons(&here(&directory, CountryCode::parse("US")), None);
    let said = us.panel.clone().unwrap().fields[0].1.clone();
    assert!(said.starts_with("988 Suicide & Crisis Lifeline: "), "{said}");
    let anywhere = cards::reasons(&here(&directory, None), None);
    assert!(anywhere.panel.clone().unwrap().fields[0].1.contains("You can ask first"));
    for card in [us, anywhere] {
        assert_eq!((card.problems(), card.panel.unwrap().fields.len()), (Vec::<String>::new(), 4));
    }
}
