//! Tables over what is shared: exactly one thing, inert, and within Discord's limits.

use super::super::cards;
use super::super::model::{
    Answer, Halt, Mood, Own, Part, Rating, Series, Setup, Shared, Taken, Trend, Urge, Window, With,
};
use super::super::plan;
use crate::ids::{ChannelId, GroupId, PromptId, ShareId, UserId};

fn window() -> Window {
    Window {
        id: PromptId::new(7),
        group: GroupId::new(1),
        on_date: "2026-03-02".parse().unwrap(),
        closes_at: super::at("2026-03-03T08:00:00Z"),
    }
}

fn setup() -> Setup {
    Setup { own: vec!["Outside today?".into(), "w".repeat(45)], ..Setup::default() }
}

/// An answer with every part, all words of this one character.
fn full(character: &str) -> Answer {
    Answer {
        mood: Some(Mood::Low),
        line: Some(character.repeat(1000)),
        energy: Rating::try_from(2).ok(),
        sleep: Rating::try_from(1).ok(),
        urge: Urge::try_from(10).ok(),
        halt: Some([Halt::Tired].into_iter().collect()),
        medication: Some(Taken::Partly),
        win: Some(character.repeat(500)),
        own: setup()
            .own
            .iter()
            .map(|question| Own { question: question.clone(), text: character.repeat(500) })
            .collect(),
    }
}

#[test]
fn one_part_is_one_part() {
    let (window, setup) = (window(), setup());
    let answer = Answer { mood: Some(Mood::Low), line: Some("slept badly".into()), ..Answer::default() };
    let of = |part| cards::part_of(&window, &answer, &setup, part);
    let Some(Shared::Answer { parts, .. }) = of(Part::Mood) else { panic!("a mood") };
    assert_eq!(parts, [("How it is".to_owned(), "Low".to_owned())]);
    let Some(Shared::Answer { parts, .. }) = of(Part::Line) else { panic!("a line") };
    assert_eq!(parts, [("In their words".to_owned(), "slept badly".to_owned())]);
    for missing in [Part::Win, Part::Urge, Part::First, Part::Medication] {
        assert_eq!(of(missing), None, "{missing:?}");
    }
    let Some(Shared::Answer { parts, .. }) = of(Part::All) else { panic!("all") };
    assert_eq!(parts.len(), 2);
    assert_eq!(cards::part_of(&window, &Answer::default(), &setup, Part::All), None);
    for part in Part::ALL {
        assert_eq!(Part::of_word(part.word()), Some(part));
    }
}

#[test]
fn whatever_was_written_fits_and_works_as_nothing_else() {
    let (window, setup) = (window(), setup());
    for character in ["x", "*", "@", "<", "ф", "😀", "\n", "|", "\u{202E}"] {
        for part in Part::ALL {
            let answer = full(character);
            let shared = cards::part_of(&window, &answer, &setup, part).unwrap();
            for with in [With::Channel(ChannelId::new(2)), With::Person(UserId::new(3))] {
                let card = cards::shared(UserId::new(40), &shared, Some(with), Some(ShareId::new(9)));
                assert_eq!(card.problems(), Vec::<String>::new(), "{character:?} {part:?}");
                assert!(card.pings.users.is_empty() && card.pings.roles.is_empty());
                let preview = cards::share_preview(card, ShareId::new(i64::MAX), &super::group(), Some(UserId::new(3)));
                assert_eq!(preview.problems(), Vec::<String>::new(), "{character:?} {part:?}");
            }
        }
    }
    let hostile = "@everyone <@1> **b** [x](https://evil.example) ||s||";
    let answer = Answer { line: Some(hostile.into()), ..Answer::default() };
    let shared = cards::part_of(&window, &answer, &setup, Part::Line).unwrap();
    let card = cards::shared(UserId::new(40), &shared, None, None);
    let body = card.panel.unwrap().body;
    for bad in ["@everyone", "<@1>", "**b**", "://", "||s||"] {
        assert!(!body.contains(bad), "{bad}: {body}");
    }
}

#[test]
fn a_shared_chart_holds_the_picture_and_nothing_besides() {
    let until = "2026-03-02".parse().unwrap();
    let day = |mood, energy: u8| Answer { mood, energy: Rating::try_from(energy).ok(), ..Answer::default() };
    let answers = [
        ("2026-02-20".parse().unwrap(), day(Some(Mood::Good), 5)),
        ("2026-03-01".parse().unwrap(), Answer { line: Some("secret".into()), ..Answer::default() }),
        (until, day(Some(Mood::Hard), 1)),
    ];
    let trend = plan::trend(&answers, until, 14, Some(Series::Energy));
    let shared = Shared::chart(&trend);
    let kept = serde_json::to_string(&shared).unwrap();
    assert!(!kept.contains("secret"), "{kept}");
    let read: Shared = serde_json::from_str(&kept).unwrap();
    let Trend { from, days, second } = read.trend().unwrap();
    assert_eq!((from, second), (trend.from, trend.second));
    let drawn = |days: &[super::super::model::Day]| days.iter().map(|day| (day.mood, day.second)).collect::<Vec<_>>();
    assert_eq!(drawn(&days), drawn(&trend.days));
    let year = serde_json::to_vec(&Shared::chart(&plan::trend(&answers, until, 365, Some(Series::Urge)))).unwrap();
    assert!(year.len() < 10_000, "{}", year.len());
}
