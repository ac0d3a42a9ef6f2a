//! Plays every story of `tests/stories` and holds what the bot says against the lines in the file. With
//! `UPDATE_EXPECT=1` the lines are written anew; read them aloud before they are committed.

use std::path::Path;

use daymark::calendar::Zone;
use daymark::cli::demo;
use daymark::cli::stage::Stage;
use daymark::cli::story;
use daymark::clock::Clock;

use crate::stage::{is_pointer, watchful};

/// Plays one story on a stage of its own and gives it with the bot's lines.
async fn told(text: &str) -> String {
    let opening = story::opening(text).unwrap();
    let clock = Clock::manual(opening.at);
    let mut stage = Stage::build(clock, "Priya", "Sam", &["Ana", "Ben", "Chidi", "Dee"]).await.unwrap();
    // serenity takes five seconds to come back by itself; a watchful supervisor is there sooner.
    let pace = if text.contains("Discord goes down") { watchful() } else { daymark::cli::stage::pace() };
    stage.start_bot_with(pace).await.unwrap();
    let zone: Zone = opening.zone;
    let reader = demo::reader(&stage, zone);
    let told = demo::told(&mut stage, &reader, text).await.unwrap();
    assert_eq!(stage.sandbox.unanswered(), Vec::<String>::new());
    nobody_is_exposed(&stage);
    told
}

/// Reads everybody's view at the end: no pointer stands where others read, and whoever is shown one is its only reader.
fn nobody_is_exposed(stage: &Stage) {
    let people = stage.people();
    for person in people {
        for channel in [&stage.channel, &stage.staff] {
            for message in person.reads(channel) {
                assert!(!is_pointer(&message), "{} reads a pointer in {}", person.name(), channel.name());
            }
        }
        let own = person.sees_privately().into_iter().chain(person.inbox()).filter(is_pointer);
        for message in own {
            for other in people.iter().filter(|other| other.name() != person.name()) {
                assert_eq!(other.look(&message), None, "{} sees what is for {}", other.name(), person.name());
            }
        }
    }
}

/// The first line that differs, with what stands around it.
fn difference(file: &str, played: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (file.lines().collect(), played.lines().collect());
    let at = old.iter().zip(&new).position(|(old, new)| old != new).unwrap_or(old.len().min(new.len()));
    let part =
        |lines: &[&str]| lines.iter().skip(at.saturating_sub(3)).take(12).copied().collect::<Vec<_>>().join("\n");
    format!("line {}\n--- in the file\n{}\n--- played\n{}", at + 1, part(&old), part(&new))
}

#[tokio::test]
async fn every_story_is_told_as_it_is_written() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stories");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "story"));
    files.sort();
    assert!(files.len() >= 8, "{files:?}");
    let texts: Vec<String> = files.iter().map(|path| std::fs::read_to_string(path).unwrap()).collect();
    // All at once: each waits for its own sandbox most of the time.
    let all = futures::future::join_all(texts.iter().map(|text| told(text))).await;
    let mut wrong = Vec::new();
    for ((path, text), played) in files.iter().zip(&texts).zip(&all) {
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            std::fs::write(path, played).unwrap();
        } else if text != played {
            wrong.push(format!("{}: {}", path.display(), difference(text, played)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}
