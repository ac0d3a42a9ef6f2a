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

/// Fills in the form that is open with words that others will read, by the writer's own press.
async fn hands(scene: &Scene, name: &str, words: &str) -> String {
    let person = scene.person(name);
    let form = person.modal().unwrap_or_else(|| panic!("{name} has no form open"));
    let answer = person.submit(&form, &[("note", words)]).await.unwrap();
    scene.stage.settle().await;
    person.later(&answer).text()
}

#[tokio::test]
async fn a_caring_note_is_handed_in_read_first_and_comes_a_few_times_a_year_to_who_wished_for_it() {
    let (scene, _, _) = with_steps().await;
    scene.joins("Chidi", [true, true, true]).await;
    scene
        .refuses(&[
            ("Ana", "/caring write", "last step"),
            ("Dee", "/caring notes", "members of the group"),
            ("Ana", "/caring review", "for the group's facilitators"),
        ])
        .await;
    scene.runs("Ben", "/caring notes").await;
    assert!(scene.presses("Ben", "I'd like some").await.contains("`/privacy` turns direct messages on"));
    scene.runs("Chidi", "/caring notes").await;
    assert!(scene.presses("Chidi", "I'd like some").await.contains("wants no answer"));
    steps_to(&scene, "Alumni").await;
    let words = ["Thinking of you this season.", "The first months were long for me, too."];
    for words in words {
        scene.asks("Ana", "/caring write").await;
        let said = hands(&scene, "Ana", words).await;
        assert!(said.contains("Hand it in?") && said.contains(words), "{said}");
        assert!(scene.runs("Sam", "/caring review").await.contains("No note waits") || words.contains("first months"));
        scene.presses("Ana", "Hand it in").await;
    }
    assert_eq!(scene.in_staff("wrote a caring note").len(), 2);
    assert!(scene.in_staff("Thinking").is_empty() && !scene.rows().await.contains("Thinking"));
    // Words that worry are answered to the writer alone, with helplines; and a draft goes nowhere by itself.
    scene.asks("Ana", "/caring write").await;
    scene.note("Ana", crate::stage::HARD_WORDS);
    let said = hands(&scene, "Ana", crate::stage::HARD_WORDS).await;
    assert!(said.contains("Hand it in?"), "{said}");
    assert!(scene.person("Ana").sees_privately().iter().any(crate::stage::is_pointer));
    scene.presses("Ana", "Not now").await;
    assert_eq!(scene.number("SELECT COUNT(*) FROM caring_note").await, 2);
    // Two facilitators at once: one decision.
    let line = scene.in_staff("wrote a caring note").pop().unwrap();
    let read = scene.presses_on("Sam", &line, "Read it").await.text();
    assert!(read.contains("Thinking of you") && read.contains("1 more wait"), "{read}");
    scene.runs("Priya", "/caring review").await;
    assert!(scene.presses("Sam", "Let it go out").await.contains("goes out now and then"));
    assert!(scene.presses("Priya", "Keep it back").await.contains("settled already"));
    assert!(scene.inbox("Ana").pop().unwrap().text().contains("goes out now and then"));
    scene.runs("Sam", "/caring review").await;
    scene.presses("Sam", "Let it go out").await;
    assert!(scene.runs("Priya", "/group audit").await.contains("one goes out"));
    // A year: four at most, none twice before both were there, nobody named, in nobody else's inbox.
    scene.without_mornings().await;
    scene.runs("Chidi", "/me quiet:21:00-12:30").await;
    scene.at("2027-03-01 12:00").await;
    let notes = || {
        let all = scene.inbox("Chidi").into_iter().map(|message| message.text());
        all.filter(|text| text.contains("A note from somebody")).collect::<Vec<_>>()
    };
    let got = notes();
    assert_eq!(got.len(), 4, "{got:#?}");
    assert!(got[0].contains(words[0]) && got[1].contains(words[1]) && got[2].contains(words[0]), "{got:#?}");
    assert!(got.iter().all(|text| !text.contains("Ana") && !text.contains('?')), "{got:#?}");
    for name in ["Ana", "Ben"] {
        assert!(scene.inbox(name).iter().all(|message| !message.text().contains("A note from somebody")), "{name}");
    }
    // Hers are hers: in /caring notes, in /privacy. Leaving takes them along, and one tap stops the rest.
    assert!(scene.runs("Ana", "/caring notes").await.contains("The first months"));
    assert!(scene.runs("Ana", "/privacy").await.contains("Caring notes you wrote: 2"));
    let last = scene.inbox("Chidi").pop().unwrap();
    assert!(scene.presses_on("Chidi", &last, "No more notes").await.text().contains("no more notes"));
    scene.runs("Chidi", "/caring notes").await;
    scene.presses("Chidi", "I'd like some").await;
    scene.runs("Ana", "/leave").await;
    scene.presses("Ana", "Leave").await;
    assert_eq!(scene.number("SELECT COUNT(*) FROM caring_note").await, 0);
    scene.at("2028-03-01 12:00").await;
    assert_eq!(notes().len(), 4);
    read_all(&scene);
    scene.end().await;
}

#[tokio::test]
async fn a_person_of_their_choice_asks_and_where_that_one_cannot_the_bot_does_and_says_so() {
    let (scene, _, _) = with_steps().await;
    scene.joins("Chidi", [true, true, true]).await;
    steps_to(&scene, "Alumni").await;
    assert!(scene.runs("Ana", "/step companion who:@Chidi").await.contains("First agree to be asked"));
    let card = scene.inbox("Ana").into_iter().find(|message| message.text().contains("What stays")).unwrap();
    scene.presses_on("Ana", &card, "Ask me now and then").await;
    chooses(&scene, "Ana", "10:00", "Your hour").await;
    scene
        .refuses(&[
            ("Ana", "/step companion who:@Ana", "That's you"),
            ("Ana", "/step companion who:@Ben", "can't ask that person right now"),
            ("Dee", "/step companion who:@Ana", "members of the group"),
        ])
        .await;
    // A facilitator who has not joined finds a line that says nothing, and only they open it.
    scene.runs("Ana", "/step companion who:@Sam").await;
    let line = scene.in_staff("has something for you").pop().unwrap();
    assert!(line.pings.is_none() && !line.text().contains("Ana"), "{}", line.text());
    assert!(scene.presses_on("Priya", &line, "Open").await.text().contains("somebody else"));
    assert!(scene.presses_on("Sam", &line, "Open").await.text().contains("Would you ask now and then"));
    scene.presses("Sam", "Not now").await;
    assert!(scene.inbox("Ana").pop().unwrap().text().contains("can't be the one who asks"));
    // Chidi says yes, and says for the first touch that it comes from them.
    let said = scene.runs("Ana", "/step companion who:@Chidi").await;
    assert!(said.contains("Until they say yes"), "{said}");
    let question = scene.inbox("Chidi").pop().unwrap();
    scene.presses_on("Chidi", &question, "Yes, gladly").await;
    assert!(scene.inbox("Ana").pop().unwrap().text().contains("said yes"));
    assert!(scene.runs("Chidi", "/privacy").await.contains("chose you to ask"));
    scene.at("2026-03-31 10:01").await;
    let due = scene.inbox("Chidi").pop().unwrap();
    assert!(due.text().contains("A month since") && due.pings.is_none(), "{}", due.text());
    scene.presses_on("Chidi", &due, "It comes from me").await;
    scene.at("2026-04-01 10:01").await;
    let touches =
        || scene.inbox("Ana").into_iter().filter(|one| one.text().contains("since you moved on")).collect::<Vec<_>>();
    let first = touches().pop().unwrap();
    assert!(first.text().contains("asks: how are you?"), "{}", first.text());
    let before = scene.inbox("Chidi").len();
    scene.presses_on("Ana", &first, "Good").await;
    assert_eq!(scene.inbox("Chidi").len(), before, "nobody sees the answer");
    // The second goes untaken: the bot asks in their place and says so. Too late is too late.
    scene.at("2026-05-01 10:01").await;
    let second = touches().pop().unwrap();
    assert!(second.text().contains("could not ask this time, so I do"), "{}", second.text());
    let due = scene.inbox("Chidi").pop().unwrap();
    assert!(scene.presses_on("Chidi", &due, "It comes from me").await.text().contains("over already"));
    scene.presses_on("Ana", &second, "Mixed").await;
    // Chidi leaves: said once, and then it is the bot that asks.
    scene.runs("Chidi", "/leave").await;
    scene.presses("Chidi", "Leave").await;
    scene.at("2026-05-31 10:01").await;
    let third = touches().pop().unwrap();
    assert!(third.text().contains("not there any more, so I do"), "{}", third.text());
    scene.presses_on("Ana", &third, "Good").await;
    scene.at("2026-08-31 10:01").await;
    let fourth = touches().pop().unwrap();
    assert!(fourth.text().contains("How are you?") && touches().len() == 4, "{}", fourth.text());
    assert_eq!(scene.number("SELECT COUNT(*) FROM touch_companion").await, 0);
    read_all(&scene);
    scene.end().await;
}

#[tokio::test]
async fn steps_are_renamed_and_put_in_order_and_the_record_says_who_changed_what() {
    let (scene, _, _) = with_steps().await;
    steps_to(&scene, "IOP 3 days").await;
    let said = scene.runs("Sam", "/steps rename name:IOP 3 days to:Three mornings").await;
    assert!(said.contains("Three mornings") && !said.contains("IOP 3 days"), "{said}");
    assert!(scene.runs("Ana", "/step mine").await.contains("Three mornings"), "whoever is on it stays on it");
    let said = scene.runs("Sam", "/steps place name:Outpatient to:1").await;
    let order = ["Outpatient", "PHP", "IOP 5 days", "Three mornings", "Alumni"].map(|name| said.find(name).unwrap());
    assert!(order.is_sorted() && said.contains("people here are alumni"), "{said}");
    scene
        .refuses(&[
            ("Sam", "/steps rename name:PHP to:alumni", "called that already"),
            ("Sam", "/steps rename name:Nothing to:Something", "No step has that name"),
            ("Sam", "/steps place name:Nothing to:1", "No step has that name"),
            ("Ana", "/steps place name:PHP to:1", "for the group's facilitators"),
            ("Ana", "/steps rename name:PHP to:x", "for the group's facilitators"),
            ("Sam", "/steps remove name:Three mornings", "1 person is on it"),
        ])
        .await;
    // A step that is taken away ends the question about it with a clear sentence.
    scene.runs("Sam", "/member step member:@Ana to:PHP").await;
    let question = scene.inbox("Ana").pop().unwrap();
    assert!(scene.runs("Sam", "/steps remove name:PHP").await.contains("is not any more"));
    let said = scene.presses_on("Ana", &question, "Yes, that fits").await.text();
    scene.is_kind(&said);
    assert!(scene.runs("Ana", "/step mine").await.contains("Three mornings"));
    let record = scene.runs("Priya", "/group audit").await;
    for what in
        ["the usual ones", "one was set", "one was renamed", "another order", "one was removed", "a member was asked"]
    {
        assert!(record.contains(what), "{what}: {record}");
    }
    read_all(&scene);
    scene.end().await;
}

#[tokio::test]
async fn two_facilitators_who_ask_one_member_in_the_same_moment_leave_one_question() {
    let (scene, _, _) = with_steps().await;
    let (sam, priya) = (scene.person("Sam"), scene.person("Priya"));
    let (one, other) = futures::future::join(
        sam.run("/member step member:@Ana to:IOP 3 days"),
        priya.run("/member step member:@Ana to:Outpatient"),
    )
    .await;
    let (one, other) = (one.unwrap().text(), other.unwrap().text());
    scene.stage.settle().await;
    let refused: Vec<&String> =
        [&one, &other].into_iter().filter(|said| said.contains("one question at a time")).collect();
    assert_eq!(refused.len(), 1, "{one}\n{other}");
    assert_eq!(scene.number("SELECT COUNT(*) FROM step_offer WHERE state = 'open'").await, 1);
    assert_eq!(scene.inbox("Ana").len(), 1);
    // Two yeses in the same moment move them once.
    let (question, ana) = (scene.inbox("Ana").pop().unwrap(), scene.person("Ana"));
    let yes = "Yes, that fits";
    let (one, other) = futures::future::join(ana.press(&question, yes), ana.press(&question, yes)).await;
    scene.stage.settle().await;
    let said = [one, other].into_iter().filter_map(Result::ok).map(|answer| answer.text()).collect::<Vec<_>>();
    assert!(said.iter().any(|said| said.contains("You're on")), "{said:?}");
    assert_eq!(scene.number("SELECT COUNT(*) FROM member_step").await, 1);
    assert_eq!(scene.number("SELECT COUNT(*) FROM step_offer WHERE state = 'agreed'").await, 1);
    read_all(&scene);
    scene.end().await;
}

#[tokio::test]
async fn the_groups_prompt_says_for_which_steps_the_day_is_and_everybody_may_answer() {
    let (scene, _, _) = with_steps().await;
    steps_to(&scene, "Outpatient").await;
    scene.at("mon 09:01").await;
    let monday = scene.in_channel("How are you today").pop().unwrap().text();
    assert!(monday.contains("a day for PHP, IOP 5 days, IOP 3 days, Outpatient."), "{monday}");
    scene.at("tue 09:01").await;
    let tuesday = scene.in_channel("How are you today").pop().unwrap();
    assert!(tuesday.text().contains("a day for PHP, IOP 5 days. Everybody else"), "{}", tuesday.text());
    let said = scene.presses_on("Ana", &tuesday, "Okay").await.text();
    assert!(!said.contains("older message"), "{said}");
    assert_eq!(scene.number("SELECT COUNT(*) FROM checkin_answer").await, 1);
    read_all(&scene);
    scene.end().await;
}
