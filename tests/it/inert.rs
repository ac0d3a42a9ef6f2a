//! Names that facilitators chose do nothing wherever they are shown: no format, no mention, no link, no trick with
//! directions. Every command of the matrix is run in a group that is called by one, and everything that anybody then
//! sees is read as Discord would draw it.

use daymark::sandbox::MessageView;

use crate::matrix::COMMANDS;
use crate::stage::{MONDAY, Scene};

/// Short enough for every name, and something of everything.
const HOSTILE: &str = "**B** @everyone [x](https://e.vil) ||s|| \u{202E}#";

/// What Discord would draw as more than letters, of what stands in the places where it does.
fn drawn(message: &MessageView) -> Vec<&'static str> {
    let mut texts: Vec<&str> = vec![&message.content];
    texts.extend(message.blocks.iter().map(String::as_str));
    for embed in &message.embeds {
        texts.extend([embed.title.as_str(), &embed.description]);
        texts.extend(embed.fields.iter().flat_map(|(name, value)| [name.as_str(), value.as_str()]));
    }
    let all = texts.join("\n");
    ["**B**", "@everyone", "](https", "://e.vil", "||s||", "\u{202E}"]
        .into_iter()
        .filter(|works| all.contains(works))
        .collect()
}

#[tokio::test]
async fn a_name_does_nothing_wherever_it_is_shown() {
    let scene = Scene::empty(MONDAY).await;
    let setup = "/group setup zone:America/New_York channel:#evening-group country:US facilitators:@Facilitators \
                 facilitator_channel:#staff checkin:09:00 name:";
    scene.runs("Priya", &format!("{setup}{HOSTILE}")).await;
    for name in ["Ana", "Dee"] {
        scene.joins(name, [true, true, true]).await;
    }
    scene.adds("Sam", &format!("/schedule add when:mon,wed,fri 18:00 leads:1d 15m length:90m title:{HOSTILE}")).await;
    scene.runs("Sam", &format!("/schedule holidays add:2026-05-27 called:{HOSTILE}")).await;
    let mut shown = 0;
    for (path, line, wanted) in
        COMMANDS.iter().filter(|(path, ..)| !["group setup", "schedule add", "join", "leave"].contains(path))
    {
        let line = line.replace(" group:Evening group", "").replace("title:Evening group", &format!("title:{HOSTILE}"));
        let who = if wanted.starts_with('y') || wanted.chars().nth(1) == Some('y') { "Ana" } else { "Sam" };
        let Some(line) = (!line.starts_with("menu:") && !line.is_empty()).then_some(line) else { continue };
        let answer = scene.person(who).run(&line).await.unwrap_or_else(|no| panic!("{who} {line}: {no}"));
        scene.stage.settle().await;
        for message in answer.messages.iter().chain(&answer.updated) {
            assert_eq!(drawn(message), Vec::<&str>::new(), "/{path}: {}", message.text());
            shown += usize::from(message.text().contains("e.vil"));
        }
    }
    // The reminders, the prompt, and what is said about a change.
    scene.runs("Sam", &format!("/schedule resume title:{HOSTILE}")).await;
    scene.at("wed 18:00").await;
    for (name, channel) in [("Ana", &scene.stage.channel), ("Sam", &scene.stage.staff)] {
        for message in scene.person(name).reads(channel).iter().filter(|message| scene.is_bot(message)) {
            assert_eq!(drawn(message), Vec::<&str>::new(), "{}", message.text());
            assert!(message.pings.is_none(), "{}", message.text());
            shown += usize::from(message.text().contains("e.vil"));
        }
    }
    for person in scene.stage.people() {
        for message in person.sees_privately().iter().chain(&person.inbox()).filter(|message| scene.is_bot(message)) {
            assert_eq!(drawn(message), Vec::<&str>::new(), "{}: {}", person.name(), message.text());
        }
    }
    assert!(shown > 8, "the name was shown {shown} times");
}
