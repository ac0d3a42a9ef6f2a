//! Check-ins in depth: the second step, what is asked, and what comes of what is typed.

use daymark::cli::story;
use sqlx::Executor as _;

use crate::stage::{HARD_WORDS, MONDAY, Scene, is_pointer};

/// Nobody would say this by chance.
const CANARY: &str = "xylophone-quartz-canary";

async fn chooses(scene: &Scene, name: &str, options: &[&str], select: &str) -> String {
    let options: Vec<String> = options.iter().map(|option| (*option).to_owned()).collect();
    let answer = story::choose(&scene.person(name), &options, select).await;
    let answer = answer.unwrap_or_else(|no| panic!("{name} chooses {options:?}: {no}\n{}", scene.stage.sandbox.dump()));
    scene.stage.settle().await;
    answer.text()
}

/// Fills in the named fields of the form that is open.
async fn fills(scene: &Scene, name: &str, fields: &[(&str, &str)]) -> String {
    let person = scene.person(name);
    let form = person.modal().unwrap();
    let answer = person.submit(&form, fields).await.unwrap();
    scene.stage.settle().await;
    answer.text()
}

#[tokio::test]
async fn every_statement_is_understood_by_the_schema() {
    let scene = Scene::empty(MONDAY).await;
    let all = [
        daymark::checkins::store::STATEMENTS,
        daymark::checkins::store::prompts::STATEMENTS,
        daymark::groups::store::STATEMENTS,
        daymark::groups::store::settings::STATEMENTS,
    ];
    for sql in all.iter().copied().flatten() {
        let prepared = scene.read().prepare(sqlx::SqlSafeStr::into_sql_str(*sql)).await;
        assert!(prepared.is_ok(), "{sql}: {:?}", prepared.err());
    }
    scene.end().await;
}

#[tokio::test]
async fn the_first_tap_is_a_whole_answer_and_the_second_step_leaves_out_what_one_likes() {
    let scene = Scene::with_members(MONDAY).await;
    scene.runs("Ana", "/checkin").await;
    assert!(scene.presses("Ana", "Okay").await.contains("Okay is good to know"));
    assert_eq!(scene.number("SELECT COUNT(*) FROM checkin_answer").await, 1);
    let more = scene.presses("Ana", "A little more").await;
    assert!(
        more.contains("Energy") && more.contains("Sleep") && !more.contains("Urge") && !more.contains("Medication"),
        "{more}"
    );
    let more = chooses(&scene, "Ana", &["Badly"], "sleep").await;
    assert!(more.contains("Sleep: badly"), "{more}");
    let more = chooses(&scene, "Ana", &["Lonely", "Tired"], "hungry").await;
    assert!(more.contains("lonely and tired"), "{more}");
    let done = scene.presses("Ana", "Done").await;
    assert!(
        done.contains("Lonely is heavy to carry") && done.contains("If you like: one message to one person"),
        "{done}"
    );
    assert_eq!(done.matches("If you like").count(), 1, "one suggestion at most");
    scene.end().await;
}

#[tokio::test]
async fn what_helped_once_is_what_is_offered_next_time() {
    let scene = Scene::with_members(MONDAY).await;
    scene.runs("Ana", "/checkin").await;
    assert!(scene.presses("Ana", "Low").await.contains("If you like: breathe out"));
    scene.presses("Ana", "Not for me").await;
    assert!(scene.presses("Ana", "Low").await.contains("If you like: name five things"));
    assert!(scene.presses("Ana", "This helps me").await.contains("I'll offer you this again"));
    scene.at("tue 09:05").await;
    scene.runs("Ana", "/checkin").await;
    assert!(scene.presses("Ana", "Low").await.contains("This helped you before: name five things"));
    scene.end().await;
}

#[tokio::test]
async fn words_of_the_second_step_are_kept_locked_and_can_be_changed_until_the_window_closes() {
    let scene = Scene::with_members(MONDAY).await;
    scene.runs("Sam", "/checkin-setup").await;
    scene.presses("Sam", "Your own questions").await;
    let setup = fills(&scene, "Sam", &[("own1", "Did you go @everyone outside today?"), ("own2", "\u{200B}")]).await;
    assert!(setup.contains("outside today?") && !setup.contains("@everyone"), "{setup}");
    scene.runs("Ana", "/checkin").await;
    scene.presses("Ana", "Low").await;
    scene.presses("Ana", "A little more").await;
    scene.presses("Ana", "In your words").await;
    let form = scene.person("Ana").modal().unwrap();
    let labels: Vec<&str> = form.fields.iter().map(|field| field.label.as_str()).collect();
    assert_eq!(labels, ["One small win", "One line for today", "Did you go @everyone outside today?"]);
    let long = format!("{CANARY} {}", "ß".repeat(1000 - CANARY.len() - 1));
    let kept = fills(&scene, "Ana", &[("win", "🌱🌱🌱"), ("line", &long), ("own1", "**no** <@1> שלום")]).await;
    assert!(kept.contains("a win, a line and the group's questions"), "{kept}");
    assert!(!kept.contains(CANARY), "what was written is not shown again unasked");
    scene.presses("Ana", "In your words").await;
    let form = scene.person("Ana").modal().unwrap();
    assert_eq!(form.fields[0].value, "🌱🌱🌱");
    assert_eq!(form.fields[1].value, long);
    assert_eq!(form.fields[2].value, "**no** <@1> שלום");
    // Emptied is taken away; blanks that cannot be seen count as empty.
    let kept = fills(&scene, "Ana", &[("win", ""), ("line", "\u{200B}\u{200D} "), ("own1", "yes")]).await;
    assert!(kept.contains("low and the group's questions"), "{kept}");
    assert!(!scene.rows().await.contains(CANARY));
    scene.at("tue 03:01").await;
    assert!(scene.presses("Ana", "In your words").await.contains("has closed"));
    assert!(scene.presses("Ana", "Done").await.contains("has closed"));
    scene.end().await;
}

#[tokio::test]
async fn hard_words_in_any_field_are_answered_with_the_pointer_and_kept_for_the_writer() {
    let scene = Scene::with_members(MONDAY).await;
    scene.runs("Ana", "/checkin").await;
    scene.presses("Ana", "Really hard").await;
    scene.presses("Ana", "A little more").await;
    scene.presses("Ana", "In your words").await;
    scene.writes("Ana", HARD_WORDS).await;
    assert!(is_pointer(&scene.only("Ana")));
    assert_eq!(scene.in_staff("").len(), 0, "nobody else is told");
    scene.presses("Ana", "In your words").await;
    assert_eq!(scene.person("Ana").modal().unwrap().fields[0].value, HARD_WORDS, "and it is kept");
    scene.end().await;
}

#[tokio::test]
async fn hard_words_get_their_pointer_also_when_the_window_has_closed() {
    let scene = Scene::with_members(MONDAY).await;
    scene.runs("Ana", "/checkin").await;
    scene.presses("Ana", "Low").await;
    scene.presses("Ana", "A little more").await;
    scene.presses("Ana", "In your words").await;
    scene.at("tue 03:01").await;
    scene.writes("Ana", HARD_WORDS).await;
    assert!(scene.only("Ana").text().contains("has closed"));
    assert!(scene.person("Ana").sees_privately().iter().any(is_pointer));
    scene.end().await;
}

#[tokio::test]
async fn a_hand_goes_up_only_after_a_preview() {
    let scene = Scene::with_members(MONDAY).await;
    scene.runs("Ana", "/checkin").await;
    scene.presses("Ana", "Low").await;
    scene.presses("Ana", "A little more").await;
    let preview = scene.presses("Ana", "I'd like someone to reach out").await;
    assert!(preview.contains("I would post this") && preview.contains("Nothing you wrote is passed on"), "{preview}");
    assert_eq!(scene.in_staff("would like someone").len(), 0);
    scene.presses("Ana", "Post it").await;
    assert_eq!(scene.in_staff("would like someone").len(), 1);
    scene.end().await;
}

#[tokio::test]
async fn a_group_chooses_what_it_asks_and_a_member_hides_or_adds_for_themselves() {
    let scene = Scene::with_members(MONDAY).await;
    assert!(scene.runs("Ana", "/checkin-setup").await.contains("for the group's facilitators"));
    scene.runs("Sam", "/checkin-setup").await;
    let setup = chooses(&scene, "Sam", &["urge or craving, 0 to 10", "one line"], "what may be asked").await;
    assert!(setup.contains("urge or craving, 0 to 10 and one line"), "{setup}");
    scene.runs("Ana", "/checkin").await;
    scene.presses("Ana", "Okay").await;
    let more = scene.presses("Ana", "A little more").await;
    assert!(more.contains("Urge or craving") && !more.contains("Energy"), "{more}");
    scene.presses("Ana", "What I'm asked").await;
    let mine = chooses(&scene, "Ana", &["Medication as planned", "Sleep"], "what i may ask").await;
    assert!(mine.contains("you may be asked: sleep and medication as planned."), "{mine}");
    scene.presses("Ana", "Okay").await;
    let more = scene.presses("Ana", "A little more").await;
    assert!(more.contains("Medication") && !more.contains("Urge"), "{more}");
    let more = chooses(&scene, "Ana", &["As planned"], "medication").await;
    assert!(more.contains("Medication: as planned"), "{more}");
    // Ben is asked what the group chose, and sees nothing of Ana's wishes.
    scene.runs("Ben", "/checkin").await;
    scene.presses("Ben", "Okay").await;
    let more = scene.presses("Ben", "A little more").await;
    assert!(more.contains("Urge") && !more.contains("Medication"), "{more}");
    let more = chooses(&scene, "Ben", &["8"], "urge").await;
    assert!(more.contains("0 to 10: 8"), "{more}");
    let done = scene.presses("Ben", "Done").await;
    assert!(done.contains("strong urge") && done.contains("Talk to somebody"), "{done}");
    // Nothing of this stands in clear.
    let rows = scene.rows().await;
    assert!(!rows.contains("medication") && !rows.contains("hidden"), "{rows}");
    scene.presses("Ana", "What I'm asked").await;
    scene.presses("Ana", "Only how I am").await;
    assert!(!scene.presses("Ana", "Okay").await.contains("A little more"));
    scene.end().await;
}

#[tokio::test]
async fn privacy_shows_and_forgets_what_was_chosen() {
    let scene = Scene::with_members(MONDAY).await;
    assert!(!scene.runs("Ana", "/privacy").await.contains("What you chose"));
    scene.runs("Ana", "/checkin").await;
    scene.presses("Ana", "Low").await;
    scene.presses("Ana", "This helps me").await;
    assert!(scene.runs("Ana", "/privacy").await.contains("What helps you"));
    scene.presses("Ana", "A little more").await;
    scene.presses("Ana", "What I'm asked").await;
    scene.presses("Ana", "Only how I am").await;
    assert!(scene.runs("Ana", "/privacy").await.contains("What you chose to be asked"));
    assert_eq!(scene.number("SELECT COUNT(*) FROM recovery_sheet").await, 1);
    let before = scene.number("SELECT COUNT(*) FROM checkin_wishes").await;
    scene.presses("Ana", "Forget me").await;
    scene.presses("Ana", "Forget me").await;
    assert_eq!((before, scene.number("SELECT COUNT(*) FROM checkin_wishes").await), (1, 0));
    assert_eq!(scene.number("SELECT COUNT(*) FROM recovery_sheet").await, 0);
    scene.end().await;
}

#[tokio::test]
async fn two_devices_at_once_lose_nothing_and_an_old_button_is_answered_kindly() {
    let scene = Scene::with_members(MONDAY).await;
    scene.runs("Ana", "/checkin").await;
    scene.presses("Ana", "Low").await;
    let phone = scene.only("Ana");
    let ana = scene.person("Ana");
    scene.presses("Ana", "A little more").await;
    let card = scene.only("Ana");
    let select = |words: &str| card.controls().find(|one| one.label.starts_with(words)).unwrap().custom_id.clone();
    let (energy, sleep) = (select("Energy"), select("Sleep"));
    let (one, two, three) = tokio::join!(
        ana.choose(&card, &energy, &["Plenty"]),
        ana.choose(&card, &sleep, &["Well"]),
        ana.choose(&card, &energy, &["Plenty"])
    );
    one.unwrap();
    two.unwrap();
    three.unwrap();
    scene.stage.settle().await;
    let more = chooses(&scene, "Ana", &["None of these"], "hungry").await;
    assert!(
        more.contains("Energy: plenty") && more.contains("Sleep: well") && more.contains("none of these"),
        "{more}"
    );
    assert_eq!(scene.number("SELECT COUNT(*) FROM checkin_answer").await, 1);
    scene.at("2026-03-10 10:00").await;
    let old = scene.presses_on("Ana", &phone, "Done").await;
    assert!(old.text().contains("has closed"), "{}", old.text());
    scene.end().await;
}

#[tokio::test]
async fn nothing_is_chosen_or_kept_by_those_who_did_not_agree() {
    let scene = Scene::with_members(MONDAY).await;
    scene.joins("Chidi", [false, false, false]).await;
    scene.at("mon 09:01").await;
    assert!(scene.presses("Chidi", "Okay").await.contains("May I keep your check-ins?"));
    scene.presses("Ana", "Okay").await;
    scene.presses("Ana", "A little more").await;
    scene.presses("Ana", "What I'm asked").await;
    let card = scene.only("Ana");
    // Dee is in no group, and cannot see the card; the press is refused whoever sends it.
    assert!(scene.person("Dee").press(&card, "Only how I am").await.is_err());
    assert_eq!(scene.number("SELECT COUNT(*) FROM checkin_wishes").await, 0);
    scene.end().await;
}

/// Ana sets her own hour through the form behind "My own hour".
async fn own_hour(scene: &Scene, name: &str, hour: &str) -> String {
    scene.runs(name, "/me").await;
    scene.presses(name, "My check-ins").await;
    scene.presses(name, "My own hour").await;
    fills(scene, name, &[("hour", hour)]).await
}

#[tokio::test]
async fn a_member_in_another_zone_is_asked_at_their_own_hour_and_about_their_own_day() {
    let scene = Scene::with_members(MONDAY).await;
    // Monday 08:40 in New York is 22:40 in Tokyo.
    let me = scene.runs("Ana", "/me zone:Asia/Tokyo").await;
    assert!(me.contains("Asia/Tokyo (yours), where it is 22:40 now"), "{me}");
    let mine = own_hour(&scene, "Ana", "6:30").await;
    assert!(mine.contains("every day at 06:30, Asia/Tokyo"), "{mine}");
    // Tuesday 06:30 in Tokyo is Monday 16:30 in New York.
    scene.at("mon 16:29").await;
    assert_eq!(scene.inbox("Ana").len(), 0);
    scene.at("mon 16:31").await;
    let inbox = scene.inbox("Ana");
    assert_eq!(inbox.len(), 1);
    assert!(inbox[0].text().contains("Tuesday 3 March") && inbox[0].pings.is_none(), "{}", inbox[0].text());
    let thanks = scene.presses_on("Ana", &inbox[0], "Okay").await;
    assert!(thanks.text().contains("Okay is good to know"), "{}", thanks.text());
    let more = scene.presses("Ana", "A little more").await;
    assert!(more.contains("Tuesday 3 March"), "{more}");
    scene.presses("Ana", "Done").await;
    // The next day's prompt does not come once that day is answered.
    scene.at("tue 16:00").await;
    scene.runs("Ana", "/checkin").await;
    let early = scene.only("Ana");
    assert!(early.text().contains("Wednesday 4 March"), "{}", early.text());
    scene.presses("Ana", "Good").await;
    scene.at("wed 10:00").await;
    assert_eq!(scene.inbox("Ana").len(), 1);
    scene.at("wed 16:31").await;
    assert_eq!(scene.inbox("Ana").len(), 2);
    scene.person("Ana").read_all();
    scene.end().await;
}

#[tokio::test]
async fn changing_the_zone_moves_the_own_hour_with_it() {
    let scene = Scene::with_members(MONDAY).await;
    own_hour(&scene, "Ana", "12:00").await;
    scene.runs("Ana", "/me zone:America/Los_Angeles").await;
    scene.at("mon 14:59").await;
    assert_eq!(scene.inbox("Ana").len(), 0, "noon in New York is not noon in Los Angeles");
    scene.at("mon 15:01").await;
    assert_eq!(scene.inbox("Ana").len(), 1);
    scene.runs("Ana", "/me zone:group").await;
    scene.at("tue 12:01").await;
    assert_eq!(scene.inbox("Ana").len(), 2);
    scene.person("Ana").read_all();
    scene.end().await;
}

#[tokio::test]
async fn nobody_is_asked_directly_who_did_not_agree_or_in_their_quiet_hours() {
    let scene = Scene::with_members(MONDAY).await;
    let no = own_hour(&scene, "Ben", "10:00").await;
    assert!(no.contains("people who said yes"), "{no}");
    scene.runs("Ana", "/me quiet:21:00-08:00").await;
    let no = own_hour(&scene, "Ana", "22:00").await;
    assert!(no.contains("lies in your quiet hours"), "{no}");
    let no = own_hour(&scene, "Ana", "when I wake").await;
    assert!(!no.contains("panicked") && scene.number("SELECT COUNT(*) FROM checkin_direct").await == 0, "{no}");
    own_hour(&scene, "Ana", "10:00").await;
    // Quiet hours set later hold back what is due in them, until they end.
    scene.runs("Ana", "/me quiet:09:30-11:00").await;
    scene.at("mon 10:30").await;
    assert_eq!(scene.inbox("Ana").len(), 0);
    scene.at("mon 11:01").await;
    assert_eq!(scene.inbox("Ana").len(), 1);
    // Taking the consent back ends them at once.
    scene.person("Ana").read_all();
    scene.runs("Ana", "/privacy").await;
    scene.presses("Ana", "Direct messages: turn off").await;
    scene.at("thu 12:00").await;
    assert_eq!(scene.inbox("Ana").len(), 1);
    scene.end().await;
}

#[tokio::test]
async fn away_needs_no_reason_and_coming_back_is_welcomed_in_one_line() {
    let scene = Scene::with_members(MONDAY).await;
    own_hour(&scene, "Ana", "10:00").await;
    let away = scene.runs("Ana", "/away until:thu").await;
    assert!(away.contains("you're away until") && away.contains("needs no reason"), "{away}");
    scene.at("wed 23:59").await;
    assert_eq!(scene.inbox("Ana").len(), 0);
    scene.at("thu 10:01").await;
    let inbox = scene.inbox("Ana");
    assert_eq!(inbox.len(), 1);
    let thanks = scene.presses_on("Ana", &inbox[0], "Good").await;
    assert!(thanks.text().starts_with("Welcome back. Good to hear."), "{}", thanks.text());
    // The second answer is not welcomed again.
    assert!(!scene.presses("Ana", "Okay").await.contains("Welcome back"));
    let open = scene.runs("Ana", "/away").await;
    assert!(open.contains("until you say so"), "{open}");
    scene.at("2026-03-20 12:00").await;
    assert_eq!(scene.inbox("Ana").len(), 1);
    scene.runs("Ana", "/checkin").await;
    let thanks = scene.presses("Ana", "Okay").await;
    assert!(thanks.contains("I'm back") && !thanks.contains("Welcome"), "{thanks}");
    assert_eq!(scene.presses("Ana", "I'm back").await, "Welcome back.");
    scene.at("2026-03-21 10:01").await;
    assert_eq!(scene.inbox("Ana").len(), 2);
    for wrong in
        ["/away until:yesterday", "/away until:whenever", "/away until:0 days", "/me zone:Moon/Base", "/me quiet:late"]
    {
        let no = scene.runs("Ana", wrong).await;
        assert!(no.contains("For example"), "{wrong}: {no}");
    }
    scene.person("Ana").read_all();
    scene.end().await;
}

#[tokio::test]
async fn a_direct_prompt_that_is_not_used_says_so_once_and_rests() {
    let scene = Scene::with_members(MONDAY).await;
    scene.runs("Sam", "/checkin-setup").await;
    chooses(&scene, "Sam", &["After 7 that nobody used"], "when to offer").await;
    own_hour(&scene, "Ana", "10:00").await;
    scene.at("2026-03-20 12:00").await;
    let inbox = scene.inbox("Ana");
    assert_eq!(inbox.len(), 7);
    assert!(inbox.iter().rev().skip(1).all(|one| !one.text().contains("last one")));
    assert!(inbox[6].text().contains("this is the last one for now") && inbox[6].buttons().contains(&"Keep asking me"));
    // Answering, anywhere, starts them again.
    scene.runs("Ana", "/checkin").await;
    scene.presses("Ana", "Okay").await;
    scene.at("2026-03-22 12:00").await;
    assert_eq!(scene.inbox("Ana").len(), 9);
    let newest = scene.inbox("Ana").pop().unwrap();
    assert!(scene.presses_on("Ana", &newest, "Stop asking here").await.text().contains("won't ask you here"));
    scene.at("2026-03-25 12:00").await;
    assert_eq!(scene.inbox("Ana").len(), 9);
    scene.person("Ana").read_all();
    scene.end().await;
}

#[tokio::test]
async fn a_prompt_nobody_uses_is_offered_for_switching_off_not_repeated_for_ever() {
    let scene = Scene::with_members(MONDAY).await;
    scene.runs("Sam", "/checkin-setup").await;
    chooses(&scene, "Sam", &["After 7 that nobody used"], "when to offer").await;
    scene.at("2026-03-20 12:00").await;
    assert_eq!(scene.in_channel("How are you today?").len(), 7);
    let offer = scene.in_staff("were not used");
    assert_eq!(offer.len(), 1);
    assert!(offer[0].text().contains("last 7 daily check-ins of Evening group") && offer[0].pings.is_none());
    assert!(scene.person("Ana").press(&offer[0], "Keep asking").await.is_err(), "members see nothing of it");
    scene.presses_on("Sam", &offer[0], "Keep asking").await;
    scene.at("2026-03-21 09:01").await;
    assert_eq!(scene.in_channel("How are you today?").len(), 8);
    scene.presses("Ana", "Okay").await;
    scene.at("2026-03-30 12:00").await;
    assert_eq!(
        scene.in_staff("were not used").len(),
        1,
        "seven more without a tap; the first offer says what was decided"
    );
    let offer = scene.in_staff("were not used").pop().unwrap();
    scene.presses_on("Sam", &offer, "Switch it off").await;
    assert_eq!(scene.number("SELECT COUNT(*) FROM support_group WHERE checkin_at IS NOT NULL").await, 0);
    scene.end().await;
}

#[tokio::test]
async fn a_group_is_asked_on_its_own_weekdays() {
    let scene = Scene::with_members(MONDAY).await;
    scene.runs("Sam", "/checkin-setup").await;
    let setup = chooses(&scene, "Sam", &["Tuesday", "Thursday"], "on which days").await;
    assert!(setup.contains("Tuesday and Thursday at 09:00"), "{setup}");
    scene.at("2026-03-08 12:00").await;
    assert_eq!(scene.in_channel("How are you today?").len(), 2);
    // Changing something else keeps the days.
    scene.runs("Priya", "/group setup zone:America/New_York channel:#evening-group country:US checkin:10:00").await;
    scene.at("2026-03-15 12:00").await;
    assert_eq!(scene.in_channel("How are you today?").len(), 4);
    scene.end().await;
}

#[tokio::test]
async fn privacy_shows_and_forgets_what_was_set() {
    let scene = Scene::with_members(MONDAY).await;
    scene.runs("Ana", "/me zone:Asia/Tokyo quiet:22:00-06:00").await;
    scene.runs("Ana", "/away until:10 days").await;
    own_hour(&scene, "Ana", "07:00").await;
    let kept = scene.runs("Ana", "/privacy").await;
    for part in ["Time zone: Asia/Tokyo", "Quiet hours from 22:00 to 06:00", "Away since", "at your own hour"] {
        assert!(kept.contains(part), "{part}: {kept}");
    }
    let user = scene.person("Ana").id();
    scene.presses("Ana", "Forget me").await;
    scene.presses("Ana", "Forget me").await;
    assert!(!scene.rows().await.contains(&user.to_string()));
    scene.at("2026-03-20 12:00").await;
    assert_eq!(scene.inbox("Ana").len(), 0);
    scene.end().await;
}

#[tokio::test]
async fn a_member_who_takes_no_direct_messages_loses_nothing_but_the_message() {
    let scene = Scene::with_members(MONDAY).await;
    own_hour(&scene, "Ana", "10:00").await;
    scene.person("Ana").refuses_dms(true);
    scene.at("tue 10:05").await;
    assert_eq!(scene.inbox("Ana").len(), 0);
    scene.person("Ana").refuses_dms(false);
    scene.at("wed 10:05").await;
    assert_eq!(scene.inbox("Ana").len(), 1);
    scene.person("Ana").read_all();
    scene.end().await;
}

#[tokio::test]
async fn mood_is_drawn_for_oneself_with_the_same_in_words() {
    let scene = Scene::with_members(MONDAY).await;
    assert!(scene.runs("Ana", "/mood").await.contains("nothing to draw yet"));
    assert!(scene.runs("Dee", "/mood").await.contains("members of a group"));
    for (day, mood) in [("2026-03-02", "Low"), ("2026-03-03", "Good"), ("2026-03-06", "Okay")] {
        scene.at(&format!("{day} 10:00")).await;
        scene.runs("Ana", "/checkin").await;
        scene.presses("Ana", mood).await;
    }
    scene.presses("Ana", "A little more").await;
    chooses(&scene, "Ana", &["Plenty"], "energy").await;
    scene.runs("Ana", "/mood").await;
    let card = scene.only("Ana");
    assert!(card.content.contains("You checked in 3 of the last 14 days."), "{}", card.content);
    let [file] = card.attachments.as_slice() else { panic!("one picture: {:?}", card.attachments) };
    assert!(file.bytes.starts_with(b"\x89PNG"));
    let told = file.description.clone().unwrap();
    assert!(told.contains("2 Mar low; 3 Mar good; 6 Mar okay") && !told.contains("4 Mar"), "{told}");
    // A second series, another stretch, and no counting.
    chooses(&scene, "Ana", &["Energy"], "something beside").await;
    let told = scene.only("Ana").attachments[0].description.clone().unwrap();
    assert!(told.contains("6 Mar okay, energy 5"), "{told}");
    scene.presses("Ana", "A year").await;
    let card = scene.only("Ana");
    assert!(card.content.contains("3 of the last 365 days"), "{}", card.content);
    assert!(card.attachments[0].description.clone().unwrap().contains("March: mostly"));
    let calm = scene.presses("Ana", "Don't count days").await;
    assert!(!calm.contains("checked in 3"), "{calm}");
    scene.runs("Ana", "/mood").await;
    let card = scene.only("Ana");
    assert!(!card.text().contains("You checked in") && card.text().contains("2 Mar low"), "{}", card.text());
    assert!(scene.presses("Ana", "Count days").await.contains("You checked in 3 of the last 14 days."));
    // Nobody else's days are drawn by the same button.
    assert!(scene.person("Ben").press(&card, "30 days").await.is_err());
    scene.end().await;
}

#[tokio::test]
async fn after_forget_me_there_is_nothing_to_draw() {
    let scene = Scene::with_members(MONDAY).await;
    scene.runs("Ana", "/checkin").await;
    scene.presses("Ana", "Low").await;
    scene.runs("Ana", "/mood").await;
    let card = scene.only("Ana");
    scene.runs("Ana", "/privacy").await;
    scene.presses("Ana", "Forget me").await;
    scene.presses("Ana", "Forget me").await;
    assert!(scene.presses_on("Ana", &card, "A year").await.text().contains("nothing to draw yet"));
    scene.end().await;
}
