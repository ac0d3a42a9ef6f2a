//! No room on the disk: people who need somebody are answered all the same, everybody else is told calmly,
//! and nothing is lost. The kernel's limit on file sizes (setrlimit(2), `RLIMIT_FSIZE`) stands for the full
//! disk: every write to a file fails from the moment it is set until it is lifted.

use std::process::Command;

use daymark::sandbox::Harm;
use rustix::process::{Pid, Resource, Rlimit, prlimit};

use super::{CRISIS, PATIENCE, Running, World};

/// The bot in a shell that ignores the signal a too large file brings, so that writes fail instead.
fn with_limits(world: &World, shell: &str) -> Command {
    let mut command = Command::new("/bin/sh");
    command.args(["-c", &format!("trap '' XFSZ; {shell} exec \"$0\" run"), env!("CARGO_BIN_EXE_daymark")]);
    command.env_clear().current_dir(world.path(""));
    command.env("DISCORD_API_BASE", world.sandbox.origin()).env("DISCORD_TOKEN", world.sandbox.token());
    command
}

fn room(bot: &Running, bytes: Option<u64>) {
    let pid = Pid::from_raw(i32::try_from(bot.pid()).unwrap());
    prlimit(pid, Resource::Fsize, Rlimit { current: bytes, maximum: None }).unwrap();
}

#[tokio::test]
async fn when_the_disk_fills_up_people_in_need_are_answered_and_nothing_is_lost() {
    let world = World::new().await;
    let ben = world.sandbox.person("Ben");
    world.guild.member(&ben, &[]);
    let ben = ben.at(&world.channel).unwrap();
    super::killed::declare_a_reminder_due_now(&world).await;
    world.sandbox.faults().next("POST", "/channels/*/messages", Harm::HeldAfter);
    let mut bot = world.run_with(with_limits(&world, "")).await;
    let mut asked = world.ana.run("/join").await.unwrap().only().unwrap().clone();
    for _ in 0..3 {
        asked = world.ana.press(&asked, "Yes, that's okay").await.unwrap().only().unwrap().clone();
    }
    let today = world.ana.run("/checkin").await.unwrap().only().unwrap().clone();
    world.ana.press(&today, "Okay").await.unwrap();
    world.sandbox.until(PATIENCE, |sandbox| sandbox.faults().held() == 1).await.unwrap();

    room(&bot, Some(0));
    world.sandbox.faults().release();
    bot.until_said("the outbox cannot be read or written; trying again").await;
    // In private, in the channel, on demand, and a person.
    world.ana.say(&world.channel, CRISIS).unwrap();
    world.sandbox.until(PATIENCE, |_| !world.ana.inbox().is_empty()).await.unwrap();
    let pointer = world.ana.inbox().remove(0);
    assert!(pointer.text().contains("988"), "{}", pointer.text());
    ben.say(&world.channel, CRISIS).unwrap();
    let line = || ben.reads(&world.channel).into_iter().find(|message| message.buttons().contains(&"Open the note"));
    world.sandbox.until(PATIENCE, |_| line().is_some()).await.unwrap();
    let note = ben.press(&line().unwrap(), "Open the note").await.unwrap();
    assert!(note.text().contains("988"), "{}", note.text());
    assert!(ben.run("/helplines").await.unwrap().text().contains("988"));
    let offer = world.ana.press(&pointer, "Ask for a person here").await.unwrap();
    world.ana.press(offer.only().unwrap(), "Post it").await.unwrap();
    let calls = world.owner.reads(&world.staff);
    assert!(calls.iter().any(|call| call.text().contains("would like someone to reach out")), "{calls:?}");
    // Everybody else is told calmly, with a reference that the log knows.
    let refused = world.ana.press(&today, "Low").await.unwrap();
    let reference = refused.text().split('`').nth(1).unwrap().to_owned();
    assert!(refused.is_private() && refused.text().contains("not your fault"), "{}", refused.text());
    bot.until_said(&reference).await;

    room(&bot, None);
    let kept = world.ana.press(&today, "Good").await.unwrap();
    assert!(kept.text().contains("Good to hear"), "{}", kept.text());
    let ended = bot.stop().await;
    assert!(!ended.err.contains("panicked"), "{}", ended.err);
    let reminders =
        world.ana.reads(&world.channel).iter().filter(|message| message.text().contains("**Evening**")).count();
    assert_eq!(reminders, 1);
    assert_eq!(world.outbox().await.get("sent"), Some(&1));
    world.left_tidy().await;
}

#[tokio::test]
async fn a_bot_that_starts_on_a_full_disk_says_so() {
    let world = World::new().await;
    world.declare("");
    let ended = Running::start(with_limits(&world, "ulimit -f 0;")).end().await;
    ended.refused(2, &["cannot be made"]);
    world.run().await.stop().await;
    let before = world.files();
    let ended = Running::start(with_limits(&world, "ulimit -f 0;")).end().await;
    ended.refused(2, &["daymark.db cannot be opened", "Check that the disk has room"]);
    assert_eq!(
        world.files().get(std::path::Path::new("data/daymark.db")),
        before.get(std::path::Path::new("data/daymark.db"))
    );
    world.run().await.stop().await;
}
