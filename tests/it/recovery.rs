//! A member's own tools through the front door: kept locked, shown to their member alone, shared by a press.

use daymark::cli::story;

use crate::stage::{HARD_WORDS, MONDAY, Scene, is_pointer};

/// Nobody would say this by chance.
const CANARY: &str = "periwinkle-anchor-canary";

/// Chooses in the newest select whose words begin so.
async fn chooses(scene: &Scene, name: &str, option: &str, select: &str) -> String {
    let answer = story::choose(&scene.person(name), &[option.to_owned()], select).await;
    let answer = answer.unwrap_or_else(|no| panic!("{name} chooses {option}: {no}\n{}", scene.stage.sandbox.dump()));
    scene.stage.settle().await;
    answer.text()
}

/// Fills in the named fields of the form that is open; nobody else may ever read them.
async fn fills(scene: &Scene, name: &str, fields: &[(&str, &str)]) -> String {
    for (_, words) in fields {
        scene.note(name, words);
    }
    hands(scene, name, fields).await
}

/// Fills in a form whose words will be shown to others by the member's own press.
async fn hands(scene: &Scene, name: &str, fields: &[(&str, &str)]) -> String {
    let person = scene.person(name);
    let form = person.modal().unwrap_or_else(|| panic!("{name} has no form open"));
    let answer = person.submit(&form, fields).await.unwrap();
    scene.stage.settle().await;
    person.later(&answer).text()
}

#[tokio::test]
async fn the_plan_is_written_step_by_step_kept_locked_and_opened_from_the_pointer() {
    let scene = Scene::with_members(MONDAY).await;
    let said = scene.runs("Ana", "/plan").await;
    assert!(said.contains("Six short parts") && said.contains("locked with a key of your own"), "{said}");
    let said = scene.presses("Ana", "Start").await;
    assert!(said.contains("1 of 6. My warning signs") && said.contains("For example"), "{said}");
    scene.presses("Ana", "Write").await;
    let said = fills(&scene, "Ana", &[("part", &format!("I stop answering. {CANARY} *loud*\nsecond line"))]).await;
    assert!(said.contains("2 of 6"), "{said}");
    let said = scene.presses("Ana", "Skip this").await;
    assert!(said.contains("3 of 6"), "{said}");
    scene.presses("Ana", "Write").await;
    fills(&scene, "Ana", &[("part", "the library on Elm Street")]).await;
    let said = scene.presses("Ana", "That's enough for now").await;
    assert!(said.contains("periwinkle") && said.contains("3. People and places"), "{said}");
    assert!(!scene.rows().await.contains(CANARY));
    // One part is changed, and what stood there is in the form.
    chooses(&scene, "Ana", "3. People and places that take my mind off it", "Change a part").await;
    let form = scene.person("Ana").modal().unwrap();
    assert_eq!(form.fields[0].value, "the library on Elm Street");
    let said = fills(&scene, "Ana", &[("part", "the river behind the mill")]).await;
    assert!(said.contains("the river") && !said.contains("library"), "{said}");
    scene.presses("Ana", "Keep it as a file").await;
    let file = scene.only("Ana");
    assert!(file.attachments.iter().any(|file| file.name == "my-plan.txt"), "{file:?}");
    // From the pointer in a direct message the plan opens beside it.
    scene.writes_directly("Ana", HARD_WORDS).await;
    let pointer = scene.inbox("Ana").pop().unwrap();
    assert!(is_pointer(&pointer) && pointer.rows.iter().all(|row| row.len() <= 5));
    let said = scene.presses_on("Ana", &pointer, "My plan").await.text();
    assert!(said.contains("the river"), "{said}");
    // Ben sees his own, which is none.
    let said = scene.runs("Ben", "/plan").await;
    assert!(said.contains("Six short parts") && !said.contains("river"), "{said}");
    // Hard words are answered first, and kept all the same.
    chooses(&scene, "Ana", "1. My warning signs", "Change a part").await;
    let said = fills(&scene, "Ana", &[("part", HARD_WORDS)]).await;
    assert!(said.contains("alone with this") && said.contains("My plan for hard hours"), "{said}");
    let kept = scene.runs("Ana", "/privacy").await;
    assert!(kept.contains("Your plan for hard hours"), "{kept}");
    scene.runs("Ana", "/plan").await;
    scene.presses("Ana", "Erase it").await;
    assert!(scene.presses("Ana", "Erase it").await.contains("is erased"));
    assert_eq!(scene.number("SELECT COUNT(*) FROM recovery_sheet").await, 0);
    scene.end().await;
}

#[tokio::test]
async fn words_for_bad_days_are_seen_by_nobody_before_they_are_handed_over() {
    let scene = Scene::with_members(MONDAY).await;
    scene.runs("Ana", "/plan").await;
    scene.presses("Ana", "My words for bad days").await;
    scene.presses("Ana", "Write them").await;
    // These words are handed over below, so they are not among those that nobody may read.
    let said = hands(
        &scene,
        "Ana",
        &[("helps", "sit with me, ask about the dog"), ("not", "others have it worse"), ("whom", "")],
    )
    .await;
    assert!(said.contains("ask about the dog") && !said.contains("Whom to ask"), "{said}");
    assert!(!scene.rows().await.contains("ask about the dog"));
    let preview = scene.presses("Ana", "Hand it over").await;
    assert!(preview.contains("I would post this") && preview.contains("others have it worse"), "{preview}");
    assert_eq!(scene.in_staff("ask about the dog").len(), 0);
    scene.presses("Ana", "Not now").await;
    assert_eq!(scene.in_staff("ask about the dog").len(), 0);
    scene.presses("Ana", "Hand it over").await;
    let said = scene.presses("Ana", "Post it").await;
    assert!(said.contains("on its way"), "{said}");
    let handed = scene.in_staff("ask about the dog");
    assert_eq!(handed.len(), 1);
    assert!(handed[0].pings.is_none() && scene.in_channel("dog").is_empty());
    assert!(!scene.rows().await.contains("ask about the dog"), "the queue holds ids only");
    // Forgotten: also what was handed over leaves no trace in the files.
    scene.runs("Ana", "/privacy").await;
    scene.presses("Ana", "Forget me").await;
    scene.presses("Ana", "Forget me").await;
    assert!(!scene.rows().await.contains(&scene.person("Ana").id().to_string()));
    crate::requests::check(&scene.stage.sandbox);
    scene.end().await;
}

#[tokio::test]
async fn three_skills_are_offered_guided_step_by_step_and_what_helped_comes_first() {
    let scene = Scene::with_members(MONDAY).await;
    let said = scene.runs("Ana", "/cope").await;
    assert!(said.contains("Three things that may help") && said.contains("Paced breathing"), "{said}");
    let said = chooses(&scene, "Ana", "An urge or a craving", "What is it").await;
    assert!(said.contains("Ten minutes") && said.contains("Urge surfing") && said.contains("One message"), "{said}");
    let said = scene.presses("Ana", "Urge surfing").await;
    assert!(said.contains("Take care") && said.contains("Marlatt"), "{said}");
    let mut said = scene.presses("Ana", "Begin").await;
    assert!(said.contains("1 of 5"), "{said}");
    for _ in 0..4 {
        said = scene.presses("Ana", "Next").await;
    }
    assert!(said.contains("5 of 5"), "{said}");
    assert!(scene.presses("Ana", "Done").await.contains("That's it"));
    assert!(scene.presses("Ana", "It helped").await.contains("first next time"));
    let said = scene.runs("Ana", "/cope").await;
    assert!(said.contains("about 15 min · helped you before"), "{said}");
    // A check-in knows it, too: one memory.
    scene.runs("Ana", "/checkin").await;
    let said = scene.presses("Ana", "Low").await;
    assert!(said.contains("breathe out longer"), "{said}");
    scene.presses("Ana", "Step by step").await;
    scene.presses("Ana", "Begin").await;
    scene.presses("Ana", "Stop here").await;
    scene.presses("Ana", "Not for me").await;
    let said = scene.presses("Ana", "Low").await;
    assert!(said.contains("name five things") && !said.contains("breathe out longer"), "{said}");
    assert!(!scene.rows().await.contains("surf"), "what helps somebody is sealed");
    // A group's own, by its facilitators only.
    assert!(scene.runs("Ana", "/cope-setup").await.contains("for the group's facilitators"));
    scene.runs("Sam", "/cope-setup").await;
    scene.presses("Sam", "Add one").await;
    let said =
        hands(&scene, "Sam", &[("name", "The **song**"), ("steps", "Put it on\nSing along"), ("caution", "")]).await;
    assert!(said.contains("song"), "{said}");
    scene.runs("Ana", "/cope").await;
    scene.presses("Ana", "All of them").await;
    let said = chooses(&scene, "Ana", "The **song**", "Open one").await;
    assert!(said.contains("From Evening group"), "{said}");
    scene.presses("Ana", "Begin").await;
    assert!(scene.presses("Ana", "Next").await.contains("Sing along"));
    chooses(&scene, "Sam", "The **song**", "Take one away").await;
    assert!(scene.presses("Ana", "Done").await.contains("not here any more"));
    crate::requests::check(&scene.stage.sandbox);
    scene.end().await;
}

#[tokio::test]
async fn breathing_together_changes_one_card_in_its_rhythm() {
    let scene = Scene::with_members(MONDAY).await;
    scene.runs("Ana", "/cope").await;
    scene.presses("Ana", "Paced breathing").await;
    let said = scene.presses("Ana", "Breathe with me").await;
    assert!(said.contains("Breathe in") && said.contains("1 of 6"), "{said}");
    let card = scene.only("Ana");
    let mut seen = Vec::new();
    for seconds in [4, 6].into_iter().cycle().take(12) {
        let before = scene.person("Ana").look(&card).unwrap().text();
        scene.wait(chrono::TimeDelta::seconds(seconds)).await;
        // The change is under way; the sandbox shows it as soon as it has arrived.
        let changed = async {
            while scene.person("Ana").look(&card).unwrap().text() == before {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(std::time::Duration::from_secs(60), changed).await.expect("the card changes");
        seen.push(scene.person("Ana").look(&card).unwrap().text());
    }
    assert!(seen[0].contains("And out, slowly") && seen[10].contains("6 of 6"), "{seen:?}");
    assert!(seen[11].contains("Shall I remember it"), "{seen:?}");
    scene.presses("Ana", "It helped").await;
    crate::requests::check(&scene.stage.sandbox);
    scene.end().await;
}

#[tokio::test]
async fn days_are_counted_a_slip_takes_nothing_away_and_only_chosen_marks_are_announced() {
    let scene = Scene::with_members(MONDAY).await;
    scene.runs("Ana", "/milestone").await;
    scene.presses("Ana", "Count something").await;
    // It is announced below, by her own choice, so it is not among the words that nobody may read.
    let said = hands(&scene, "Ana", &[("called", "without the bottle"), ("since", "2026-02-02")]).await;
    assert!(said.contains("28 days") && said.contains("to nobody"), "{said}");
    for (since, words) in [
        ("2027-01-01", "still ahead"),
        ("1 jan 1899", "before 1900"),
        ("soonish", "no date I can read"),
        ("2026-02-30", "no date"),
    ] {
        scene.runs("Ana", "/milestone").await;
        scene.presses("Ana", "Count something else").await;
        let said = hands(&scene, "Ana", &[("called", "x"), ("since", since)]).await;
        assert!(said.contains(words) && said.contains("For example"), "{since}: {said}");
    }
    let open = async || {
        scene.runs("Ana", "/milestone").await;
        chooses(&scene, "Ana", "without the bottle", "Open one").await
    };
    open().await;
    scene.presses("Ana", "Announcements").await;
    let said = hands(&scene, "Ana", &[("marks", "0, 30")]).await;
    assert!(said.contains("Marks begin at 1"), "{said}");
    open().await;
    scene.presses("Ana", "Announcements").await;
    let said = hands(&scene, "Ana", &[("marks", "30, 60")]).await;
    assert!(said.contains("I would post this in") && said.contains("30 days"), "{said}");
    assert_eq!(scene.in_channel("marks").len(), 0);
    let said = scene.presses("Ana", "Yes, announce it").await;
    assert!(said.contains("at 30, 60 days"), "{said}");
    assert!(!scene.rows().await.contains("bottle"));
    // A slip on day 29: the mark of day 30 is not said, and nothing is lost.
    scene.at("tue 12:00").await;
    open().await;
    scene.presses("Ana", "I had a slip").await;
    let said = hands(&scene, "Ana", &[("on", ""), ("since", "")]).await;
    assert!(
        said.contains("You came back") && said.contains("29 days") && said.contains("keeps people alive"),
        "{said}"
    );
    scene.at("wed 12:00").await;
    assert_eq!(scene.in_channel("marks").len(), 0);
    let said = open().await;
    assert!(
        said.contains("1 day") && said.contains("Longest stretch\n29 days") && said.contains("In all\n30 days"),
        "{said}"
    );
    // Thirty days later it is said, once, in the group.
    scene.at("2026-04-02 09:00").await;
    assert_eq!(scene.in_channel("marks").len(), 0);
    scene.at("2026-04-02 10:01").await;
    let said = scene.in_channel("without the bottle");
    assert_eq!(said.len(), 1);
    assert!(said[0].text().contains("30 days") && said[0].pings.is_none(), "{}", said[0].text());
    crate::requests::check(&scene.stage.sandbox);
    scene.end().await;
}

#[tokio::test]
async fn goals_are_done_in_one_tap_and_wins_are_shared_by_a_press_only() {
    let scene = Scene::with_members(MONDAY).await;
    scene.runs("Ana", "/goal").await;
    scene.presses("Ana", "A new goal").await;
    let said = fills(
        &scene,
        "Ana",
        &[
            ("what", "sleeping better again"),
            ("steps", "daily: phone away at ten\nweekly: a walk with Mo\nbuy a clock"),
        ],
    )
    .await;
    assert!(said.contains("phone away") && said.contains("every day") && said.contains("every week"), "{said}");
    let said = scene.presses("Ana", "Done: phone away at ten").await;
    assert!(said.contains("✅ phone away") && said.contains("Undo: phone"), "{said}");
    scene.presses("Ana", "Undo: phone away at ten").await;
    // Reminded by own choice; done from the reminder.
    chooses(&scene, "Ana", "phone away at ten", "Remind me").await;
    let said = hands(&scene, "Ana", &[("when", "every day 22:00")]).await;
    assert!(said.contains("I'll remind you"), "{said}");
    scene.at("mon 22:00").await;
    scene.presses("Ana", "Done").await;
    let said = scene.runs("Ana", "/goal").await;
    assert!(said.contains("✅ phone away"), "{said}");
    scene.at("tue 08:00").await;
    let said = scene.runs("Ana", "/goal").await;
    assert!(said.contains("▫️ phone away") && said.contains("done once so far"), "{said}");
    assert!(!scene.rows().await.contains("phone away"));
    // Wins: private unless shared; the digest holds only what was shared.
    scene.runs("Sam", "/recovery-setup digest:sun 18:00").await;
    scene
        .refuses(&[
            ("Sam", "/recovery-setup digest:daily 18:00", "once a week at most"),
            ("Ana", "/recovery-setup digest:off", "for the group's facilitators"),
        ])
        .await;
    scene.note("Ana", "called my brother back");
    scene.runs("Ana", "/win what:called my brother back").await;
    // This one will be shared, so it is not among what nobody may read.
    scene.runs("Ana", "/win what:made soup from scratch").await;
    let said = scene.presses("Ana", "Share it with the group").await;
    assert!(said.contains("I would post this") && said.contains("made soup"), "{said}");
    assert_eq!(scene.in_channel("soup").len(), 0);
    scene.presses("Ana", "Post it").await;
    assert_eq!(scene.in_channel("shares a small win: made soup").len(), 1);
    scene.at("sun 18:01").await;
    let digest = scene.in_channel("Small wins of the week");
    assert_eq!(digest.len(), 1);
    assert!(digest[0].text().contains("made soup") && !digest[0].text().contains("brother"));
    assert!(!scene.rows().await.contains("soup"), "what was shared is drawn from the sealed sheet");
    scene.wait(chrono::TimeDelta::days(8)).await;
    assert_eq!(scene.in_channel("Small wins of the week").len(), 1, "nothing shared, nothing said");
    scene.runs("Ana", "/privacy").await;
    scene.presses("Ana", "Forget me").await;
    scene.presses("Ana", "Forget me").await;
    assert!(!scene.rows().await.contains(&scene.person("Ana").id().to_string()));
    crate::requests::check(&scene.stage.sandbox);
    scene.end().await;
}

#[tokio::test]
async fn buddies_are_warned_paired_outside_quiet_hours_and_never_with_whom_they_do_not_want() {
    let scene = Scene::with_group(MONDAY).await;
    for name in ["Ana", "Ben", "Chidi", "Dee"] {
        scene.joins(name, [true, name != "Dee", true]).await;
    }
    assert!(scene.runs("Ana", "/buddy").await.contains("no buddies yet"));
    scene.refuses(&[("Sam", "/recovery-setup buddies:hourly", "weekly, monthly, or not at all")]).await;
    let said = scene.runs("Sam", "/recovery-setup buddies:weekly").await;
    assert!(said.contains("every Monday at 10:00"), "{said}");
    for name in ["Ana", "Ben", "Chidi"] {
        let said = scene.runs(name, "/buddy").await;
        assert!(said.contains("nobody is told why"), "{said}");
        assert!(scene.presses(name, "I'm in").await.contains("You're in"));
    }
    scene.runs("Dee", "/buddy").await;
    assert!(scene.presses("Dee", "I'm in").await.contains("`/privacy` turns direct messages on"));
    // The first round is less than a day away, so nobody is warned of it: three people make a three.
    scene.at("mon 10:01").await;
    let first = scene.inbox("Ana");
    assert_eq!(first.len(), 1);
    assert!(first[0].text().contains("You are three this time"), "{}", first[0].text());
    assert_eq!((scene.inbox("Ben").len(), scene.inbox("Chidi").len()), (1, 1));
    scene.presses("Ana", "Not with one of them again").await;
    // Ben came first of the two.
    scene.presses("Ana", "Number 1").await;
    assert!(scene.inbox("Ben").len() == 1 && scene.inbox("Chidi").len() == 1, "nobody is told");
    // Warned the day before; Chidi skips, so Ana and Ben are left, and they are not paired.
    scene.at("sun 10:01").await;
    let soon = scene.inbox("Chidi").pop().unwrap();
    assert!(soon.text().contains("Tomorrow I pair buddies"), "{}", soon.text());
    assert!(scene.presses_on("Chidi", &soon, "Skip this one").await.text().contains("leave the next round out"));
    scene.at("mon 10:01").await;
    for name in ["Ana", "Ben"] {
        let last = scene.inbox(name).pop().unwrap();
        assert!(last.text().contains("nobody free for you"), "{name}: {}", last.text());
    }
    // The round after, Chidi is back, and somebody sits out without a block being crossed.
    scene.runs("Ben", "/me quiet:09:00-12:00").await;
    scene.at("sun 12:30").await;
    let before = scene.inbox("Ben").len();
    scene.at("mon 11:00").await;
    assert_eq!(scene.inbox("Ben").len(), before, "quiet hours hold");
    scene.at("mon 12:01").await;
    assert_eq!(scene.inbox("Ben").len(), before + 1);
    let crossed = scene.number(
        "SELECT COUNT(*) FROM buddy_meeting one JOIN buddy_meeting other ON other.round = one.round AND other.meeting = one.meeting \
         JOIN buddy_block b ON b.user_id = one.user_id AND b.blocked_id = other.user_id WHERE one.round > 1",
    );
    assert_eq!(crossed.await, 0);
    for name in ["Ben", "Chidi"] {
        assert!(scene.inbox(name).last().unwrap().text().contains("Evening group"));
    }
    scene.runs("Ana", "/buddy").await;
    scene.presses("Ana", "Be open to everybody again").await;
    assert!(scene.presses("Ana", "Stop").await.contains("no more buddies"));
    scene.runs("Ana", "/privacy").await;
    scene.presses("Ana", "Forget me").await;
    scene.presses("Ana", "Forget me").await;
    assert!(!scene.rows().await.contains(&scene.person("Ana").id().to_string()));
    crate::requests::check(&scene.stage.sandbox);
    scene.end().await;
}

#[tokio::test]
async fn an_anniversary_is_marked_only_as_its_member_chose() {
    let scene = Scene::with_members(MONDAY).await;
    scene.without_mornings().await;
    let begins = async |name: &str, called: &str| {
        scene.runs(name, "/milestone").await;
        scene.presses(name, "Count something").await;
        hands(&scene, name, &[("called", called), ("since", "2025-03-05")]).await
    };
    // Ana's is for her alone; Ben's, without direct messages, can only be for the group, and he chooses that.
    begins("Ana", "left the ward").await;
    let said = scene.presses("Ana", "Each year").await;
    assert!(said.contains("5 March") && said.contains("I would post this in"), "{said}");
    let said = scene.presses("Ana", "Tell me alone").await;
    assert!(said.contains("by direct message to you") && said.contains("to nobody"), "{said}");
    // This one is announced below, by his own choice, so it is not among the words that nobody may read.
    begins("Ben", "a year of mornings").await;
    scene.presses("Ben", "Each year").await;
    assert!(scene.presses("Ben", "Tell me alone").await.contains("`/privacy` turns direct messages on"));
    scene.presses("Ben", "Tell the group").await;
    assert!(!scene.rows().await.contains("ward") && !scene.rows().await.contains("mornings"));
    scene.runs("Ana", "/me quiet:09:00-11:30").await;
    scene.at("thu 10:01").await;
    assert_eq!(scene.in_channel("marks **1 year**: a year of mornings").len(), 1);
    assert!(scene.in_channel("ward").is_empty() && scene.inbox("Ana").is_empty(), "quiet hours hold");
    scene.at("thu 11:31").await;
    let note = scene.inbox("Ana").pop().unwrap();
    assert!(!note.text().contains("ward"), "what lights up on a screen says nothing: {}", note.text());
    let said = scene.presses_on("Ana", &note, "Show me").await.text();
    assert!(said.contains("left the ward") && said.contains("1 year"), "{said}");
    // A year later again; then Ana lets it pass, and Ben leaves.
    scene.at("2027-03-05 11:31").await;
    assert_eq!((scene.inbox("Ana").len(), scene.in_channel("marks **2 years**").len()), (2, 1));
    let note = scene.inbox("Ana").pop().unwrap();
    scene.presses_on("Ana", &note, "Show me").await;
    scene.presses("Ana", "Change this").await;
    scene.presses("Ana", "Let it pass").await;
    scene.runs("Ben", "/leave").await;
    scene.presses("Ben", "Leave").await;
    scene.at("2028-03-05 12:00").await;
    assert_eq!((scene.inbox("Ana").len(), scene.in_channel("marks **3 years**").len()), (2, 0));
    crate::requests::check(&scene.stage.sandbox);
    scene.end().await;
}
