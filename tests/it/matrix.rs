//! Who may do what: every command, button, select and form, by everybody who could try. The commands come from
//! the tree that is registered, the presses from what the slices read, so that a new one without a row here fails.
//!
//! To add one: a row in `COMMANDS` or `PRESSES` with what to run and a letter for each person, in this order:
//! a **s**tranger who joined nothing, a **m**ember, the facilitator of an**o**ther group, the group's
//! **f**acilitator, the **o**wner of the server. `y`: they may (what comes of it is tested elsewhere). `n`: they
//! get a kind no, and not one row changes. What is refused is tried first in each row, what changes things last.

use std::collections::BTreeSet;

use daymark::app;
use daymark::discord::commands::declared;
use daymark::sandbox::{Answer, Person};
use serde_json::Value;

use crate::stage::{MONDAY, Scene};

/// Everybody who tries, in the order of the letters.
const PEOPLE: [&str; 5] = ["Dee", "Ana", "Chidi", "Sam", "Priya"];

/// Words of a no that is about who somebody is. Other refusals (it is paused already) are about what they asked.
const NOES: &[&str] = &[
    "for the group's facilitators",
    "This is for facilitators",
    "for the group's responders",
    "for people who may manage this server",
    "for members of",
    "You are not in that group",
    "from an older message",
    "somebody else's",
    "for whoever wrote",
];

/// Path, what is run, who may. A line beginning with `menu:` is a menu on a message of the member's.
pub const COMMANDS: &[(&str, &str, &str)] = &[
    ("away", "/away", "nynnn"),
    ("checkin", "/checkin", "nynnn"),
    ("checkin-setup", "/checkin-setup group:Evening group", "nnnyy"),
    ("deliveries", "/deliveries group:Evening group", "nnnyy"),
    ("group audit", "/group audit group:Evening group", "nnnyy"),
    ("group list", "/group list", "yyyyy"),
    ("group setup", "/group setup name:Evening group zone:America/New_York channel:#evening-group country:US", "nnnyy"),
    ("helplines", "/helplines", "yyyyy"),
    ("me", "/me quiet:22:00-07:00", "nynnn"),
    ("mood", "/mood", "nynnn"),
    ("privacy", "/privacy", "yyyyy"),
    // Off in this group, which everybody is told alike.
    ("checkin-weather", "/checkin-weather group:Evening group", "yyyyy"),
    ("concerns list", "/concerns list group:Evening group", "nnnyy"),
    ("concerns on", "/concerns on channel:#evening-group role:@Facilitators group:Evening group", "nnnyy"),
    ("oncall add", "/oncall add days:mon from:18:00 until:22:00 group:Evening group", "nnnyy"),
    ("oncall who", "/oncall who group:Evening group", "nnnyy"),
    ("oncall remove", "/oncall remove group:Evening group", "yyyyy"),
    ("concerns off", "/concerns off group:Evening group", "nnnyy"),
    (
        "helpline add",
        "/helpline add name:County Line about:Listens. country:United States topic:suicide_crisis hours:24/7 source:https://example.org/ verified:2026-03-01 call:555 0100",
        "nnyyy",
    ),
    ("helpline list", "/helpline list", "yyyyy"),
    ("helpline remove", "/helpline remove name:County Line", "nnyyy"),
    ("now", "/now", "yyyyy"),
    ("postvention on", "/postvention on group:Evening group", "nnnyy"),
    ("postvention off", "/postvention off group:Evening group", "nnnyy"),
    ("practice set", "/practice set kind:journal group:Evening group", "nnnyy"),
    ("practice show", "/practice show group:Evening group", "nynyy"),
    ("reach-out", "/reach-out group:Evening group", "nynnn"),
    ("schedule attendance", "/schedule attendance group:Evening group title:Evening group", "nnnyy"),
    ("schedule discord-events", "/schedule discord-events group:Evening group", "nnnyy"),
    ("schedule who", "/schedule who group:Evening group title:Evening group", "nnnyy"),
    ("sessions next", "/sessions next", "yyyyy"),
    ("sessions calendar", "/sessions calendar", "yyyyy"),
    ("sessions calendar-feed", "/sessions calendar-feed", "yyyyy"),
    ("share", "/share", "nynnn"),
    ("I'm worried about this", "menu:I'm worried about this", "yyyyy"),
    ("schedule add", "/schedule add group:Evening group title:Other when:tue 18:00", "nnnyy"),
    ("schedule cancel", "/schedule cancel group:Evening group on:2026-03-11", "nnnyy"),
    ("schedule edit", "/schedule edit group:Evening group title:Evening group length:80m", "nnnyy"),
    ("schedule holidays", "/schedule holidays group:Evening group", "nnnyy"),
    ("schedule export", "/schedule export group:Evening group", "nnnyy"),
    // Takes a file, which is not typed here; its file tests who may.
    ("schedule import", "", "nnnyy"),
    ("schedule list", "/schedule list group:Evening group", "yyyyy"),
    ("schedule move", "/schedule move group:Evening group title:Evening group on:2026-03-13 to:sat 10:00", "nnnyy"),
    ("schedule pause", "/schedule pause group:Evening group title:Evening group", "nnnyy"),
    ("schedule preview", "/schedule preview group:Evening group", "nnnyy"),
    ("schedule resume", "/schedule resume group:Evening group title:Evening group", "nnnyy"),
    ("schedule remove", "/schedule remove group:Evening group title:Evening group", "nnnyy"),
    ("schedule show", "/schedule show group:Evening group title:Evening group", "yyyyy"),
    ("schedule skip", "/schedule skip group:Evening group on:2026-03-09", "nnnyy"),
    ("words list", "/words list", "nnyyy"),
    ("words add", "/words add pattern:blue door level:low topic:suicide", "nnyyy"),
    ("words allow", "/words allow pattern:want to die band", "nnyyy"),
    ("words test", "/words test text:a calm sentence", "nnyyy"),
    ("words dry-run", "/words dry-run channel:#evening-group", "nnyyy"),
    ("words sensitivity", "/words sensitivity sensitivity:quiet", "nnyyy"),
    ("words remove", "/words remove phrase:guild.1", "nnyyy"),
    ("words watch", "/words watch group:Evening group channel:#evening-group", "nnnyy"),
    ("words unwatch", "/words unwatch group:Evening group channel:#evening-group", "nnnyy"),
    ("plan", "/plan", "yyyyy"),
    ("cope", "/cope", "yyyyy"),
    ("cope-setup", "/cope-setup group:Evening group", "nnnyy"),
    ("goal", "/goal", "nynnn"),
    ("milestone", "/milestone", "nynnn"),
    ("win", "/win", "yyyyy"),
    ("buddy", "/buddy", "nynnn"),
    ("recovery-setup", "/recovery-setup group:Evening group", "nnnyy"),
    ("remind me", "/remind me when:tomorrow 9am what:call the clinic", "nynnn"),
    ("remind list", "/remind list", "yyyyy"),
    ("remind edit", "/remind edit which:1 when:tomorrow 9am", "yyyyy"),
    ("steps list", "/steps list group:Evening group", "nnnyy"),
    ("steps set", "/steps set name:One days:daily group:Evening group", "nnnyy"),
    ("steps rename", "/steps rename name:One to:One group:Evening group", "nnnyy"),
    ("steps place", "/steps place name:One to:1 group:Evening group", "nnnyy"),
    ("member step", "/member step member:@Ana to:One group:Evening group", "nnnyy"),
    ("member withdraw", "/member withdraw member:@Ana group:Evening group", "nnnyy"),
    ("steps remove", "/steps remove name:One group:Evening group", "nnnyy"),
    ("step up", "/step up group:Evening group", "nynnn"),
    ("step mine", "/step mine group:Evening group", "nynnn"),
    ("mentor find", "/mentor find group:Evening group", "nynnn"),
    ("mentor mine", "/mentor mine", "yyyyy"),
    ("mentor directory", "/mentor directory group:Evening group", "nynnn"),
    ("mentor offer", "/mentor offer group:Evening group", "nynnn"),
    ("caring notes", "/caring notes group:Evening group", "nynnn"),
    ("caring write", "/caring write group:Evening group", "nynnn"),
    ("caring review", "/caring review group:Evening group", "nnnyy"),
    ("step companion", "/step companion group:Evening group", "nynnn"),
    ("leave", "/leave group:Evening group", "nynnn"),
    ("join", "/join group:Evening group", "yyyyy"),
];

/// Where `y` stands for everybody beside an id that is not there (a share, a practice, a note), nobody gets further
/// than hearing that; whose it must be is tested where it is made.
///
/// Slice, verb, arguments, who may. What stands behind a blank is what is chosen in a select. `{draft}` is Sam's, `{change}` one that can be taken back.
pub const PRESSES: &[(&str, &str, &str, &str)] = &[
    ("checkins", "mood", "{prompt}:3", "nynnn"),
    ("checkins", "line", "{prompt}", "nynnn"),
    ("checkins", "write", "{prompt}", "nynnn"),
    ("checkins", "more", "{prompt}:0", "nynnn"),
    ("checkins", "set", "{prompt}:energy:0 3", "nynnn"),
    ("checkins", "words", "{prompt}", "nynnn"),
    ("checkins", "wrote", "{prompt}", "nynnn"),
    ("checkins", "done", "{prompt}", "nynnn"),
    ("checkins", "helps", "{prompt}:breathe", "nynnn"),
    ("checkins", "not_mine", "{prompt}:breathe", "nynnn"),
    ("checkins", "agree", "{prompt}", "nynnn"),
    ("checkins", "decline", "{prompt}", "nynnn"),
    // One's own days, which somebody who never joined has none of.
    ("checkins", "mood_of", "{group}", "yyyyy"),
    ("checkins", "trend", "{group}:14:none", "yyyyy"),
    ("checkins", "beside", "{group}:14", "yyyyy"),
    ("checkins", "count", "{group}:14:none:on", "nynnn"),
    ("checkins", "open", "{group}", "nynnn"),
    ("checkins", "mine", "{group}", "nynnn"),
    ("checkins", "mine_ask", "{group}", "nynnn"),
    ("checkins", "mine_none", "{group}", "nynnn"),
    ("checkins", "hour", "{group}", "nynnn"),
    ("checkins", "hour_wrote", "{group}", "nynnn"),
    ("checkins", "direct_off", "{group}", "nynnn"),
    ("checkins", "direct_on", "{group}", "nynnn"),
    ("checkins", "setup_ask", "{group}", "nnnyy"),
    ("checkins", "setup_none", "{group}", "nnnyy"),
    ("checkins", "setup_after", "{group} 30", "nnnyy"),
    ("checkins", "setup_days", "{group} mon", "nnnyy"),
    ("checkins", "setup_own", "{group}", "nnnyy"),
    ("checkins", "setup_wrote", "{group}", "nnnyy"),
    ("checkins", "prompt_on", "{group}", "nnnyy"),
    ("checkins", "prompt_off", "{group}", "nnnyy"),
    ("crisis", "more", "{group}", "yyyyy"),
    ("crisis", "handup", "{group}", "yyyyy"),
    ("crisis", "handup_no", "", "yyyyy"),
    ("crisis", "handup_yes", "{group}", "yyyyy"),
    ("crisis", "mute", "{group}", "yyyyy"),
    ("groups", "audit", "{group}:99", "nnnyy"),
    ("groups", "stay", "", "yyyyy"),
    ("groups", "back", "", "yyyyy"),
    ("privacy", "copy", "", "yyyyy"),
    ("privacy", "forget", "", "yyyyy"),
    ("privacy", "forget_no", "", "yyyyy"),
    ("privacy", "set", "dms:yes", "yyyyy"),
    ("checkins", "agreed", "{group}", "nnnyy"),
    ("checkins", "agree_quiet", "{group} 3", "nnnyy"),
    ("checkins", "agree_weather", "{group} all", "nnnyy"),
    ("checkins", "setup_back", "{group}", "nnnyy"),
    ("checkins", "count_me", "{group}:yes", "nynnn"),
    ("checkins", "may_count", "{group}:x:yes", "nynnn"),
    ("checkins", "quiet", "{group}", "nynnn"),
    ("checkins", "quiet_yes", "{group}:nobody", "nynnn"),
    ("checkins", "quiet_untell", "{group}", "yyyyy"),
    ("checkins", "quiet_no", "{group}", "yyyyy"),
    ("checkins", "quiet_away", "{group}", "nynnn"),
    ("checkins", "quiet_relieve", "{group}", "yyyyy"),
    ("checkins", "share", "{prompt}:channel", "nnnnn"),
    ("checkins", "share_pick", "{prompt}:channel mood", "nnnnn"),
    ("checkins", "share_chart", "{group}:14:none", "nynnn"),
    ("checkins", "share_practice", "1", "yyyyy"),
    ("checkins", "share_note", "1", "yyyyy"),
    ("checkins", "share_to", "1:channel", "yyyyy"),
    ("checkins", "unshare", "1", "yyyyy"),
    ("checkins", "share_no", "", "yyyyy"),
    ("crisis", "o", "nothing", "yyyyy"),
    ("crisis", "why", "{group}", "yyyyy"),
    ("crisis", "wrong", "en.die.wish:{group}", "yyyyy"),
    ("crisis", "wrong_yes", "en.die.wish:{group}", "yyyyy"),
    ("crisis", "wrong_no", "", "yyyyy"),
    ("crisis", "handup_say", "{group}", "yyyyy"),
    ("crisis", "handup_words", "{group}", "yyyyy"),
    ("crisis", "take_back", "{group}", "yyyyy"),
    ("crisis", "truth", "nothing", "yyyyy"),
    ("crisis", "told", "{group}", "yyyyy"),
    ("crisis", "tell", "{group}:no", "yyyyy"),
    ("privacy", "count", "yes", "nynnn"),
    ("privacy", "quiet_no", "", "yyyyy"),
    // A member's own tools: whose a thing is, is looked up; beside an id that is not theirs, they hear that it is gone.
    ("recovery", "agree", "1", "yyyyy"),
    ("recovery", "away_all", "", "yyyyy"),
    ("recovery", "buddy_block", "1", "nnnnn"),
    ("recovery", "buddy_join", "1", "nynnn"),
    ("recovery", "buddy_of", "1", "nynnn"),
    ("recovery", "buddy_open", "1", "nynnn"),
    ("recovery", "buddy_skip", "1", "nynnn"),
    ("recovery", "buddy_stop", "1", "nynnn"),
    ("recovery", "buddy_unskip", "1", "nynnn"),
    ("recovery", "buddy_which", "1", "nnnnn"),
    ("recovery", "change", "1", "yyyyy"),
    ("recovery", "changed", "1", "yyyyy"),
    ("recovery", "cope", "", "yyyyy"),
    ("recovery", "cope_add", "1", "nnnyy"),
    ("recovery", "cope_added", "1", "nnnyy"),
    ("recovery", "cope_all", "", "yyyyy"),
    ("recovery", "cope_breathe", "1", "yyyyy"),
    ("recovery", "cope_drop", "1", "nnnnn"),
    ("recovery", "cope_for", "1", "nnnnn"),
    ("recovery", "cope_mark", "1", "nnnnn"),
    ("recovery", "cope_open", "1", "yyyyy"),
    ("recovery", "cope_step", "1", "nnnnn"),
    ("recovery", "decline", "1", "yyyyy"),
    ("recovery", "done", "1", "nnnnn"),
    ("recovery", "goal", "", "nnnnn"),
    ("recovery", "goal_change", "1", "nynnn"),
    ("recovery", "goal_end", "1", "nnnnn"),
    ("recovery", "goal_new", "", "nynnn"),
    ("recovery", "goal_remind", "1", "nnnnn"),
    ("recovery", "goal_reminded", "1", "nnnnn"),
    ("recovery", "goal_tap", "1", "nnnnn"),
    ("recovery", "goal_wrote", "", "nnnnn"),
    ("recovery", "goals", "", "nynnn"),
    ("recovery", "plan", "", "yyyyy"),
    ("recovery", "plan_edit", "", "nnnnn"),
    ("recovery", "plan_erase", "", "yyyyy"),
    ("recovery", "plan_erase_yes", "", "yyyyy"),
    ("recovery", "plan_file", "", "yyyyy"),
    ("recovery", "plan_write", "1", "nnnnn"),
    ("recovery", "plan_wrote", "1", "nnnnn"),
    ("recovery", "reminder", "1", "nnnnn"),
    ("recovery", "reminders", "", "yyyyy"),
    ("recovery", "show", "1", "yyyyy"),
    ("recovery", "snooze", "1", "nnnnn"),
    ("recovery", "stone", "1", "nnnnn"),
    ("recovery", "stone_announce", "1", "nnnnn"),
    ("recovery", "stone_made", "", "nynnn"),
    ("recovery", "stone_marked", "1", "nynnn"),
    ("recovery", "stone_marks", "1", "yyyyy"),
    ("recovery", "stone_new", "", "yyyyy"),
    ("recovery", "stone_day", "1", "yyyyy"),
    ("recovery", "stone_open", "", "nnnnn"),
    ("recovery", "stone_quiet", "1", "nynnn"),
    ("recovery", "stone_remove", "1", "yyyyy"),
    ("recovery", "stone_remove_yes", "1", "yyyyy"),
    ("recovery", "stone_slip", "1", "yyyyy"),
    ("recovery", "stone_slipped", "1", "nynnn"),
    ("recovery", "stone_year", "1", "yyyyy"),
    ("recovery", "stone_yearly", "1:{group}:none", "nynnn"),
    ("recovery", "stop", "1", "yyyyy"),
    ("sessions", "import-save", "1", "yyyyy"),
    ("sessions", "import-discard", "1", "yyyyy"),
    ("sessions", "feed-new", "{group}", "nnnyy"),
    ("sessions", "feed-off", "{group}", "nnnyy"),
    ("sessions", "mine", "{group}", "nynnn"),
    ("sessions", "ownleads", "{group}", "yyyyy"),
    ("sessions", "leads", "{group} 15m", "nynnn"),
    ("sessions", "typedleads", "{group}", "yyyyy"),
    ("sessions", "noleads", "{group}", "nynnn"),
    ("sessions", "missednote", "{group}:on", "nynnn"),
    ("sessions", "notewish", "{series}:2026-03-09T18~00:yes", "nynnn"),
    ("sessions", "missed", "1:unwell", "nnnnn"),
    ("sessions", "missedwhy", "1:unwell:nobody", "nnnnn"),
    ("sessions", "rsvp", "{series}:2026-03-09T18~00:0:going", "yyyyy"),
    ("sessions", "look", "{series}:2026-03-09T18~00", "yyyyy"),
    ("sessions", "why", "{series}:2026-03-09T18~00:nobody unwell", "yyyyy"),
    ("sessions", "practice_done", "1", "yyyyy"),
    ("sessions", "practice_end", "1", "yyyyy"),
    ("sessions", "elsewhere", "{group}", "yyyyy"),
    ("sessions", "again", "{group}", "nnnyy"),
    ("sessions", "holiday", "{group}", "nnnyy"),
    ("sessions", "undo", "{change}", "nnnyy"),
    ("sessions", "save", "{draft}", "nnnyn"),
    ("sessions", "discard", "{draft}", "nnnyn"),
    ("sessions", "remove", "{series}", "nnnyy"),
    ("sessions", "resume", "{series}", "nnnyy"),
    ("alumni", "preset", "{group}", "nnnyy"),
    ("alumni", "open", "1", "nnnnn"),
    ("alumni", "yes", "1", "nnnnn"),
    ("alumni", "no", "1", "nnnnn"),
    ("alumni", "share", "{group}", "nynnn"),
    ("alumni", "touches", "{group}", "nynnn"),
    ("alumni", "hour", "{group} 10:00", "nynnn"),
    ("alumni", "stop", "{group}", "nynnn"),
    ("alumni", "felt", "1:0:good", "nnnnn"),
    ("alumni", "m_topics", "{group} work", "nynnn"),
    ("alumni", "m_room", "{group} 1", "nynnn"),
    ("alumni", "m_out", "{group}", "nynnn"),
    ("alumni", "m_find", "{group} work", "nynnn"),
    ("alumni", "m_end", "1", "nnnnn"),
    ("alumni", "m_yes", "1", "nnnnn"),
    ("alumni", "m_no", "1", "nnnnn"),
    // Buttons on a call: of responders, which here are the facilitators.
    ("crisis", "open", "nothing", "yyyyy"),
    ("crisis", "here", "{group}:1", "nnnyy"),
    ("crisis", "backup", "{group}:1", "nnnyy"),
    ("crisis", "closed", "{group}:1", "nnnyy"),
    ("crisis", "hand_on", "{group}:1", "nnnyy"),
    ("crisis", "handed", "{group}:1:talked", "nnnyy"),
    ("recovery", "open", "1", "yyyyy"),
    ("recovery", "close", "1", "yyyyy"),
    ("recovery", "plan_done", "", "yyyyy"),
    ("recovery", "win_new", "", "nynnn"),
    ("recovery", "win_wrote", "", "nynnn"),
    ("recovery", "wins", "", "nynnn"),
    ("recovery", "win_share", "1", "nynnn"),
    ("recovery", "win_post", "1:{group}", "nynnn"),
    ("recovery", "win_drop", "1", "nynnn"),
    ("recovery", "words", "", "yyyyy"),
    ("recovery", "words_write", "", "yyyyy"),
    ("recovery", "words_wrote", "", "yyyyy"),
    ("recovery", "words_hand", "", "nynnn"),
    ("recovery", "words_for", "{group}", "nynnn"),
    ("recovery", "words_post", "{group}", "nynnn"),
    ("recovery", "words_erase", "", "yyyyy"),
    ("recovery", "plan_step", "", "nnnnn"),
    ("recovery", "win_to", "{group}", "nnnnn"),
    ("sessions", "roll", "{series}:2026-03-09T18~00 1", "nnnyy"),
    ("sessions", "unroll", "{series}:2026-03-09T18~00 1", "nnnyy"),
    ("sessions", "voice", "{series}:2026-03-09T18~00", "nnnyy"),
    ("sessions", "rollclose", "{series}:2026-03-09T18~00", "nnnyy"),
    ("alumni", "n_stop", "{group}", "nynnn"),
    ("alumni", "n_write", "{group}", "nynnn"),
    ("alumni", "n_wrote", "{group}", "nynnn"),
    ("alumni", "n_hand", "1", "nnnnn"),
    ("alumni", "n_drop", "1", "nnnnn"),
    ("alumni", "n_out", "{group} 1", "nnnnn"),
    ("alumni", "n_review", "{group}", "nnnyy"),
    ("alumni", "n_yes", "1", "nnnnn"),
    ("alumni", "n_no", "1", "nnnnn"),
    ("alumni", "n_wish", "{group}", "nynnn"),
    ("alumni", "t_open", "1", "yyyyy"),
    ("alumni", "t_yes", "1", "yyyyy"),
    ("alumni", "t_no", "1", "yyyyy"),
    ("alumni", "t_take", "1:0", "yyyyy"),
    ("alumni", "t_bot", "{group}", "nynnn"),
    ("groups", "leave", "{group}", "yyyyy"),
    ("groups", "join", "{group}", "yyyyy"),
    ("groups", "consent", "{group}:checkins:yes", "yyyyy"),
    ("privacy", "forget_yes", "", "yyyyy"),
];

/// Every command that can be run, by its whole name.
fn paths() -> BTreeSet<String> {
    fn below(command: &Value, name: &str, out: &mut BTreeSet<String>) {
        let inner: Vec<&Value> = command["options"]
            .as_array()
            .into_iter()
            .flatten()
            .filter(|option| matches!(option["type"].as_u64(), Some(1 | 2)))
            .collect();
        if inner.is_empty() {
            out.insert(name.to_owned());
        }
        for option in inner {
            below(option, &format!("{name} {}", option["name"].as_str().unwrap()), out);
        }
    }
    let commands = app::slices().iter().flat_map(|slice| (slice.commands)()).collect::<Vec<_>>();
    let mut out = BTreeSet::new();
    for command in declared(&commands).unwrap() {
        // Menus have no options; their type tells them from slash commands.
        below(&Value::Object(command.as_object().unwrap().clone()), command["name"].as_str().unwrap(), &mut out);
    }
    out
}

/// Every press that the router hands to a slice: it reads no other.
fn presses() -> BTreeSet<(String, String)> {
    let of = |slice: daymark::discord::Slice| {
        slice.presses.iter().map(move |verb| (slice.name.to_owned(), (*verb).trim_end_matches('*').to_owned()))
    };
    app::slices().into_iter().flat_map(of).collect()
}

/// Every press that is drawn with its verb in one place is handed to its slice, so that no button is dead.
#[test]
fn what_is_drawn_is_read() {
    let slices = app::slices();
    let drawn = regex::Regex::new(r#"Press::new\(\s*"([a-z]+)",\s*"([a-z_-]+)"\s*\)"#).unwrap();
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let (mut folders, mut seen) = (vec![root], 0);
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            // What is no text, such as the font, draws nothing.
            let Ok(text) = std::fs::read_to_string(&path) else { continue };
            if path.ends_with("tests.rs") {
                continue;
            }
            let text = text.split("#[cfg(test)]").next().unwrap_or_default();
            for one in drawn.captures_iter(text) {
                let Some(slice) = slices.iter().find(|slice| slice.name == &one[1]) else { continue };
                assert!(slice.reads(&one[2]), "{} draws {}:{}, which nobody reads", path.display(), &one[1], &one[2]);
                seen += 1;
            }
        }
    }
    assert!(seen > 100, "{seen}");
}

#[test]
fn every_command_and_every_press_has_a_row() {
    let rows: BTreeSet<String> = COMMANDS.iter().map(|(path, ..)| (*path).to_owned()).collect();
    let missing: Vec<_> = paths().difference(&rows).cloned().collect();
    assert!(missing.is_empty(), "commands without a row in the matrix: {missing:?}");
    let gone: Vec<_> = rows.difference(&paths()).cloned().collect();
    assert!(gone.is_empty(), "rows of commands that are gone: {gone:?}");
    let rows: BTreeSet<(String, String)> =
        PRESSES.iter().map(|(slice, verb, ..)| ((*slice).to_owned(), (*verb).to_owned())).collect();
    let missing: Vec<_> = presses().difference(&rows).cloned().collect();
    assert!(missing.is_empty(), "presses without a row in the matrix: {missing:?}");
    let gone: Vec<_> = rows.difference(&presses()).cloned().collect();
    assert!(gone.is_empty(), "rows of presses that nobody draws or reads: {gone:?}");
}

/// Two groups, each with a facilitator of its own; Ana belongs to the first.
pub async fn two_groups() -> Scene {
    let scene = Scene::with_sessions(MONDAY).await;
    let role = scene.stage.guild.role("Others", 0);
    let other = scene.stage.guild.channel("other-group", daymark::sandbox::Kind::Text);
    scene.stage.guild.give(&scene.person("Chidi"), &role);
    let line = "/group setup zone:Europe/Berlin channel:#other-group country:DE name:Other group facilitators:@Others";
    scene.person("Priya").at(&other).unwrap().run(line).await.unwrap();
    scene.at("mon 09:00").await;
    scene
}

/// What a person is told, and whether it is a no that is about who they are.
fn is_a_no(scene: &Scene, answer: &Answer) -> bool {
    let said = answer.text();
    assert!(!said.contains("Something went wrong"), "{said}");
    let no = NOES.iter().any(|no| said.contains(no));
    if no {
        scene.is_kind(&said);
    }
    no
}

/// What one person's trying came to; a refusal that changed something is a letter of its own.
async fn letter(scene: &Scene, person: &Person, try_it: impl AsyncFnOnce(&Person) -> Answer) -> char {
    let before = scene.rows().await;
    let answer = try_it(person).await;
    person.closes_modal();
    scene.stage.settle().await;
    person.read_all();
    match is_a_no(scene, &answer) {
        true if scene.rows().await == before => 'n',
        true => '!',
        false => 'y',
    }
}

fn holds(wrong: &[String]) {
    assert!(wrong.is_empty(), "s m o f o, as it is and as the table says:\n{}", wrong.join("\n"));
}

#[tokio::test]
async fn every_command_is_open_to_whom_the_table_says() {
    let scene = two_groups().await;
    let mut wrong = Vec::new();
    for (path, line, wanted) in COMMANDS.iter().filter(|(_, line, _)| !line.is_empty()) {
        let mut found = String::new();
        for name in PEOPLE {
            let person = scene.person(name);
            let try_it = async |person: &Person| match line.strip_prefix("menu:") {
                Some(menu) => {
                    let said = person.say(&scene.stage.channel, "some words").unwrap();
                    person.message_menu(&said, menu).await.unwrap()
                }
                None => person.run(line).await.unwrap_or_else(|no| panic!("{name} {line}: {no}")),
            };
            found.push(letter(&scene, &person, try_it).await);
        }
        if found != *wanted {
            wrong.push(format!("{path}: {found}, not {wanted}"));
        }
    }
    holds(&wrong);
}

#[tokio::test]
async fn every_press_is_open_to_whom_the_table_says_whoever_holds_the_button() {
    let scene = two_groups().await;
    scene.runs("Sam", "/schedule skip group:Evening group on:2026-03-04").await;
    scene.runs("Sam", "/schedule add group:Evening group title:Another when:tue 12:00").await;
    let prompt = scene.number("SELECT id FROM checkin_prompt WHERE group_id = 1").await;
    let draft = scene.number("SELECT MAX(id) FROM series_draft").await;
    let change = scene.number("SELECT MAX(id) FROM schedule_change").await;
    let fill = |args: &str| {
        args.replace("{group}", "1")
            .replace("{series}", "1")
            .replace("{prompt}", &prompt.to_string())
            .replace("{draft}", &draft.to_string())
            .replace("{change}", &change.to_string())
    };
    let mut wrong = Vec::new();
    for (slice, verb, args, wanted) in PRESSES {
        let args = fill(args);
        let (args, value) = args.split_once(' ').map_or((args.as_str(), None), |(args, value)| (args, Some(value)));
        let id = if args.is_empty() { format!("d1:{slice}:{verb}") } else { format!("d1:{slice}:{verb}:{args}") };
        let mut found = String::new();
        for name in PEOPLE {
            let person = scene.person(name);
            // A press may change the card it sits on, so each has one of their own.
            let left = scene.bot_left(&scene.stage.channel, &id, value).await;
            let try_it = async |person: &Person| {
                let done = match value {
                    Some(value) => person.choose(&left, &id, &[value]).await,
                    None => person.press(&left, "Press").await,
                };
                done.unwrap_or_else(|no| panic!("{name} presses {id}: {no}"))
            };
            found.push(letter(&scene, &person, try_it).await);
        }
        if found != *wanted {
            wrong.push(format!("{slice} {verb}: {found}, not {wanted}"));
        }
    }
    holds(&wrong);
}

#[tokio::test]
async fn forged_custom_ids_do_nothing_for_anybody() {
    let scene = two_groups().await;
    let ids = [
        "d0:sessions:remove:1",
        "d2:sessions:remove:1",
        "d1:nobody:remove:1",
        "d1:sessions:explode:1",
        "d1:sessions:remove:-1",
        "d1:sessions:remove:9223372036854775807",
        "d1:sessions:remove:9223372036854775808",
        "d1:sessions:remove:1:1",
        "d1:sessions:save:999",
        "d1:sessions:undo:0",
        "d1:checkins:mood:999:3",
        "d1:checkins:mood:1:9",
        "d1:checkins:setup_ask:77",
        "d1:groups:audit:1:x",
        "d1:groups:leave:77",
        "d1:groups:consent:1:everything:yes",
        "d1:privacy:set:everything:yes",
        "d1:crisis:open:AAAA",
        "privacy:forget_yes",
        "' OR 1=1 --",
    ];
    for id in ids {
        let button = scene.bot_left_button(&scene.stage.channel, id).await;
        let before = scene.rows().await;
        let priya = scene.person("Priya");
        let said = priya.press(&button, "Press").await.unwrap().text();
        scene.stage.settle().await;
        scene.is_kind(&said);
        assert_eq!(scene.rows().await, before, "{id}");
    }
}

#[tokio::test]
async fn a_facilitator_who_is_none_any_more_can_do_nothing_with_the_cards_that_are_open() {
    let scene = two_groups().await;
    for line in [
        "/schedule add group:Evening group title:Another when:tue 12:00",
        "/schedule remove group:Evening group title:Evening group",
        "/schedule skip group:Evening group on:2026-03-04",
        "/checkin-setup group:Evening group",
        "/group audit group:Evening group",
    ] {
        scene.asks("Sam", line).await;
    }
    let sam = scene.person("Sam");
    scene.stage.guild.take(&sam, &scene.stage.facilitators);
    scene.stage.settle().await;
    // Their own draft they may throw away.
    let rows = async || {
        let rows = scene.rows().await;
        rows.lines().filter(|row| !row.starts_with("series_draft: ")).map(str::to_owned).collect::<BTreeSet<_>>()
    };
    let before = rows().await;
    let mut tried = 0;
    for card in sam.sees_privately() {
        for button in card.buttons() {
            if matches!(button, "Stay" | "Cancel" | "Close") || card.text().contains("Take care") {
                continue;
            }
            let Ok(answer) = sam.press(&card, button).await else { continue };
            scene.stage.settle().await;
            let said = answer.text();
            assert!(answer.modal.is_none(), "{button}");
            assert!(NOES.iter().any(|no| said.contains(no)) || said.contains("Nothing"), "{button}: {said}");
            tried += 1;
        }
    }
    assert!(tried >= 4, "{tried} buttons");
    let after = rows().await;
    assert_eq!(after.symmetric_difference(&before).collect::<Vec<_>>(), Vec::<&String>::new());
}
