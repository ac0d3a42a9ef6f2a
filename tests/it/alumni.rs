//! Steps and touches through the front door: nobody is moved without their yes, prompts taper as the step says,
//! the way back up needs no reason, and graduates are asked only as they agreed.

use daymark::cli::stage::BOT_PERMISSIONS;
use daymark::cli::story;
use daymark::outbox::State;
use daymark::sandbox::Role;
use daymark::sandbox::permissions::MANAGE_ROLES;

use crate::stage::{MONDAY, Scene};

async fn chooses(scene: &Scene, name: &str, option: &str, select: &str) -> String {
    let answer = story::choose(&scene.person(name), &[option.to_owned()], select).await;
    let answer = answer.unwrap_or_else(|no| panic!("{name} chooses in {select}: {no}\n{}", scene.stage.sandbox.dump()));
    scene.stage.settle().await;
    answer.text()
}

fn read_all(scene: &Scene) {
    for person in scene.stage.people() {
        person.read_all();
    }
}

fn has(scene: &Scene, name: &str, role: &str) -> bool {
    scene.stage.guild.roles_of(&scene.person(name)).iter().any(|known| known == role)
}

/// The group with its five steps; the bot may give roles, and two of them have one.
async fn with_steps() -> (Scene, Role, Role) {
    let scene = Scene::with_members(MONDAY).await;
    let guild = &scene.stage.guild;
    let (iop, alumni) = (guild.role("In IOP", 0), guild.role("Alumni", 0));
    guild.bot_permissions(BOT_PERMISSIONS | MANAGE_ROLES);
    guild.bot_position(50);
    let said = scene.runs("Sam", "/steps list").await;
    assert!(said.contains("has no steps yet"), "{said}");
    let said = scene.presses("Sam", "Start with five").await;
    for name in ["PHP", "IOP 5 days", "IOP 3 days", "Outpatient", "Alumni"] {
        assert!(said.contains(name), "{said}");
    }
    scene.runs("Priya", "/steps set name:IOP 3 days days:mon,wed,fri role:@In IOP").await;
    scene.runs("Priya", "/steps set name:Alumni days:none reminders:false role:@Alumni").await;
    (scene, iop, alumni)
}

/// Ana is asked by direct message, and says yes.
async fn steps_to(scene: &Scene, to: &str) -> String {
    scene.runs("Sam", &format!("/member step member:@Ana to:{to}")).await;
    let question = scene.inbox("Ana").pop().unwrap();
    assert!(question.text().contains(to), "{}", question.text());
    scene.presses_on("Ana", &question, "Yes, that fits").await.text()
}

#[tokio::test]
async fn nobody_is_moved_without_their_yes_and_prompts_taper_as_the_step_says() {
    let (scene, _, _) = with_steps().await;
    let direct = "SELECT COUNT(*) FROM outbox WHERE kind = 'checkin.direct' AND state = 'sent'";
    wants_to_be_asked_directly(&scene).await;
    // Ben takes no direct messages: a line waits that only he can open, and says nothing.
    let said = scene.runs("Sam", "/member step member:@Ben to:IOP 3 days").await;
    assert!(said.contains("a line in the channel"), "{said}");
    let line = scene.in_channel("a facilitator has a question for you").pop().unwrap();
    assert!(line.pings.is_none() && !line.text().contains("IOP"), "{}", line.text());
    let said = scene.presses_on("Ana", &line, "Open").await.text();
    assert!(said.contains("somebody else"), "{said}");
    assert!(!has(&scene, "Ben", "In IOP"));
    // Two facilitators at once: one question at a time, and it can be taken back.
    scene
        .refuses(&[
            ("Priya", "/member step member:@Ben to:Outpatient", "one question at a time"),
            ("Priya", "/member step member:@Dee to:Outpatient", "not in the group"),
            ("Ana", "/member step member:@Ben to:Outpatient", "for the group's facilitators"),
            ("Sam", "/steps set name:New days:mon role:@Facilitators", "people who may manage this server"),
            ("Sam", "/steps set name:New days:someday", "someday"),
            ("Sam", "/steps remove name:Nothing", "No step has that name"),
            ("Dee", "/step up", "members of the group"),
        ])
        .await;
    let opened = scene.presses_on("Ben", &line, "Open").await.text();
    assert!(opened.contains("IOP 3 days") && opened.contains("/step up"), "{opened}");
    let said = scene.presses("Ben", "Not now").await;
    assert!(said.contains("stays as it is") && !has(&scene, "Ben", "In IOP"), "{said}");
    assert_eq!(scene.in_staff("would rather not move").len(), 1);
    // Ana says yes: role, step, taper.
    let said = steps_to(&scene, "IOP 3 days").await;
    assert!(said.contains("Monday, Wednesday and Friday") && has(&scene, "Ana", "In IOP"), "{said}");
    assert_eq!(scene.in_staff("said yes to").len(), 1);
    scene.refuses(&[("Sam", "/steps remove name:IOP 3 days", "1 person is on it")]).await;
    let before = scene.number(direct).await;
    scene.at("sun 22:00").await;
    assert_eq!(scene.number(direct).await - before, 3, "asked on Monday, Wednesday and Friday");
    // The other way is one question too, and the old role goes.
    steps_to(&scene, "Alumni").await;
    assert!(has(&scene, "Ana", "Alumni") && !has(&scene, "Ana", "In IOP"));
    let before = scene.number(direct).await;
    scene.at("mon 22:00").await;
    assert_eq!(scene.number(direct).await, before, "alumni are not asked");
    read_all(&scene);
    scene.end().await;
}

/// Ana chooses to be asked directly at nine in the evening, as the select of her check-ins lets her.
async fn wants_to_be_asked_directly(scene: &Scene) {
    scene.runs("Ana", "/me").await;
    scene.presses("Ana", "My check-ins").await;
    scene.presses("Ana", "My own hour").await;
    scene.writes("Ana", "21:00").await;
}

#[tokio::test]
async fn a_role_that_cannot_be_given_leaves_nothing_half_done_and_the_yes_is_not_lost() {
    let (scene, _, _) = with_steps().await;
    scene.stage.guild.bot_permissions(BOT_PERMISSIONS);
    let said = scene.runs("Sam", "/steps list").await;
    assert!(said.contains("I lack \"Manage Roles\""), "{said}");
    let said = steps_to(&scene, "Alumni").await;
    assert!(said.contains("Nothing has changed yet"), "{said}");
    assert_eq!(scene.number("SELECT COUNT(*) FROM member_step").await, 0);
    scene.stage.guild.bot_permissions(BOT_PERMISSIONS | MANAGE_ROLES);
    let question = scene.inbox("Ana").into_iter().find(|message| message.text().contains("fit you now")).unwrap();
    let said = scene.presses_on("Ana", &question, "Yes, that fits").await.text();
    assert!(said.contains("What stays") && has(&scene, "Ana", "Alumni"), "{said}");
    // The way back up, at night, without a reason.
    scene.at("tue 03:00").await;
    let said = scene.runs("Ana", "/step up").await;
    assert!(said.contains("You don't have to explain"), "{said}");
    scene.presses("Ana", "Ask for more support").await;
    scene.presses("Ana", "Post it").await;
    assert_eq!(scene.in_staff("would like someone to reach out").len(), 1);
    read_all(&scene);
    scene.end().await;
}

#[tokio::test]
async fn a_graduate_is_asked_as_agreed_and_no_more_when_two_go_unused() {
    let (scene, _, _) = with_steps().await;
    let said = steps_to(&scene, "Alumni").await;
    assert!(said.contains("What stops") && said.contains("/privacy"), "{said}");
    let card = scene.inbox("Ana").into_iter().find(|message| message.text().contains("What stays")).unwrap();
    scene.presses_on("Ana", &card, "Tell the group").await;
    assert_eq!(scene.in_channel("wanted you to know").len(), 1);
    scene.presses_on("Ana", &card, "Ask me now and then").await;
    let said = chooses(&scene, "Ana", "10:00", "Your hour").await;
    assert!(said.contains("I'll ask now and then"), "{said}");
    let touches =
        || scene.inbox("Ana").into_iter().filter(|one| one.text().contains("since you moved on")).collect::<Vec<_>>();
    assert_eq!(touches().len(), 0);
    scene.at("2026-04-01 09:59").await;
    assert_eq!(touches().len(), 0);
    scene.at("2026-04-01 10:01").await;
    let first = touches().pop().unwrap();
    let said = scene.presses_on("Ana", &first, "Could use a call").await.text();
    assert!(said.contains("reach out"), "{said}");
    let sealed = "SELECT COUNT(*) FROM alumni_touch_answer WHERE instr(sealed, 'call') = 0";
    assert_eq!(scene.number(sealed).await, 1);
    // Two unused: the second says that it is the last, and the third never comes.
    scene.at("2026-05-01 11:00").await;
    assert!(!touches().pop().unwrap().text().contains("I stop asking"));
    scene.at("2026-05-31 11:00").await;
    let last = touches().pop().unwrap();
    assert!(last.text().contains("If this one does too, I stop asking"), "{}", last.text());
    scene.at("2026-09-30 11:00").await;
    assert_eq!(touches().len(), 3);
    // An answer, however late, brings them back; leaving ends them.
    scene.presses_on("Ana", &last, "Good").await;
    assert!(scene.runs("Ana", "/privacy").await.contains("I ask how you are now and then"));
    scene.runs("Ana", "/leave").await;
    scene.presses("Ana", "Leave").await;
    assert_eq!(scene.number("SELECT COUNT(*) FROM member_step").await, 0);
    scene.at("2027-03-03 11:00").await;
    assert_eq!(touches().len(), 3);
    assert_eq!(scene.number("SELECT COUNT(*) FROM alumni_touch").await, 0);
    assert!(scene.deliveries(&[State::Undeliverable]).await.is_empty());
    read_all(&scene);
    scene.end().await;
}

#[tokio::test]
async fn a_mentor_is_asked_says_yes_and_whoever_stays_behind_reads_one_kind_line() {
    let (scene, _, _) = with_steps().await;
    scene.joins("Chidi", [true, true, true]).await;
    scene.refuses(&[("Ana", "/mentor offer", "last step"), ("Dee", "/mentor find", "members of the group")]).await;
    scene.runs("Chidi", "/mentor find").await;
    assert!(chooses(&scene, "Chidi", "Work or school", "What for").await.contains("nobody to ask"));
    steps_to(&scene, "Alumni").await;
    scene.runs("Ana", "/mentor offer").await;
    let said = chooses(&scene, "Ana", "Work or school", "What you can be found for").await;
    assert!(said.contains("up to 1"), "{said}");
    assert!(scene.runs("Ben", "/mentor directory").await.contains("Work or school"));
    scene.runs("Ben", "/mentor find").await;
    assert!(chooses(&scene, "Ben", "Work or school", "What for").await.contains("needs direct messages"));
    scene.runs("Chidi", "/mentor find").await;
    assert!(chooses(&scene, "Chidi", "Work or school", "What for").await.contains("I've asked somebody"));
    let mine = scene.runs("Chidi", "/mentor mine").await;
    assert!(mine.contains("Somebody is asked") && !mine.contains("Ana"), "{mine}");
    let asked = scene.inbox("Ana").pop().unwrap();
    assert!(asked.text().contains("would like a mentor"), "{}", asked.text());
    scene.presses_on("Ana", &asked, "Yes, gladly").await;
    assert!(scene.inbox("Chidi").pop().unwrap().text().contains("said yes"));
    // The mentor leaves: one kind line, no row of theirs in the directory, and never the same two again.
    scene.runs("Ana", "/leave").await;
    scene.presses("Ana", "Leave").await;
    let line = scene.inbox("Chidi").pop().unwrap();
    assert!(line.text().contains("says nothing about you"), "{}", line.text());
    assert_eq!(scene.number("SELECT COUNT(*) FROM alumni_listing").await, 0);
    assert!(scene.runs("Chidi", "/mentor mine").await.contains("Nothing is open"));
    read_all(&scene);
    scene.end().await;
}
