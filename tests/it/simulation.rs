//! A seeded simulation of group-weeks: random people do random things on the manual clock while calls to
//! Discord fail at random and the bot is killed at random. The laws are checked on the way, every day.
//!
//! The seed is printed; `DAYMARK_SEED=7 cargo test --test it simulation` plays one again. What a seed
//! decides (who does what, what breaks, when) is the same each time; how tasks interleave is not.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use daymark::calendar::to_civil;
use daymark::outbox::State;
use daymark::sandbox::{Declined, Harm, MessageView, Scope};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

use crate::stage::{HARD_WORDS, Scene, is_pointer};

/// Played when no seed is asked for: few, so that the suite stays quick.
const SEEDS: [u64; 3] = [1, 2, 3];
/// Days of one seed.
const DAYS: i64 = 14;
/// After that long a seed ends with the day it is in.
const LONGEST: Duration = Duration::from_millis(1500);
const MEMBERS: [&str; 4] = ["Ana", "Ben", "Chidi", "Dee"];
const MOODS: [&str; 5] = ["Really hard", "Low", "So-so", "Okay", "Good"];
/// Written into forms; it must be found nowhere.
const LINE: &str = "a line that only its writer ever reads";

struct World {
    scene: Scene,
    dice: StdRng,
    /// Who agreed to direct messages, who wants no noticing, who is forgotten, as the answers went.
    direct: BTreeSet<&'static str>,
    unheard: BTreeSet<&'static str>,
    forgotten: BTreeSet<&'static str>,
    /// What happened, for a failure.
    told: Vec<String>,
}

impl World {
    async fn begin(seed: u64) -> Self {
        let dice = StdRng::seed_from_u64(seed);
        let scene = Scene::with_group("2026-05-04 08:40").await;
        scene.adds("Sam", "/schedule add title:Evening group when:daily 18:00 leads:1h 15m length:90m").await;
        scene.adds("Sam", "/schedule add title:Weekend walk when:sat,sun 11:00 leads:1d").await;
        let none = BTreeSet::new;
        Self { scene, dice, direct: none(), unheard: none(), forgotten: none(), told: Vec::new() }
    }

    fn member(&mut self) -> &'static str {
        MEMBERS[self.dice.random_range(0..MEMBERS.len())]
    }

    fn chance(&mut self, percent: u32) -> bool {
        self.dice.random_range(0..100) < percent
    }

    fn tell(&mut self, what: impl Into<String>) {
        let now = to_civil(self.scene.stage.clock.now(), self.scene.zone);
        self.told.push(format!("{} {}", now.format("%a %H:%M"), what.into()));
    }

    /// Something breaks, perhaps: one of the next few calls, for what Discord is known to do.
    fn perhaps_break(&mut self) {
        if !self.chance(40) {
            return;
        }
        let retry_after = Duration::from_millis(10);
        let harms = [
            Harm::Status(500),
            Harm::StatusAfter(502),
            Harm::DroppedBefore,
            Harm::DroppedAfter,
            Harm::Garbage,
            Harm::RateLimited { retry_after, scope: Scope::User },
        ];
        let harm = harms[self.dice.random_range(0..harms.len())].clone();
        let n = self.dice.random_range(1..=6);
        self.tell(format!("call {n} from here: {harm:?}"));
        self.scene.stage.sandbox.faults().nth(n, "*", "**", harm);
    }

    /// Killed in the middle of whatever is going on, away for a while, started again.
    async fn perhaps_kill(&mut self) {
        if !self.chance(12) {
            return;
        }
        let away = [0, 0, 1, 5, 30, 90][self.dice.random_range(0..6)];
        self.tell(format!("killed for {away} minutes"));
        // A step into what is due next, so that there is something to be in the middle of.
        let next = self.scene.stage.app().unwrap().next_moment().await.unwrap();
        let now = self.scene.stage.clock.now();
        if let Some(next) = next.filter(|next| *next > now && *next - now < TimeDelta::hours(1)) {
            self.scene.stage.clock.advance_to(next);
        }
        for _ in 0..self.dice.random_range(0..60) {
            tokio::task::yield_now().await;
        }
        self.scene.stage.kill_bot().await;
        self.scene.stage.clock.advance_to(self.scene.stage.clock.now() + TimeDelta::minutes(away));
        self.scene.stage.sandbox.faults().clear();
        self.scene.stage.start_bot().await.unwrap();
    }

    /// A member does something; whatever it is, they are answered.
    async fn somebody_acts(&mut self) {
        let name = self.member();
        match self.dice.random_range(0..10) {
            0 => self.joins(name).await,
            1 => self.runs(name, "/checkin").await,
            2 => self.runs(name, "/sessions next").await,
            3 => self.runs(name, "/helplines").await,
            4 => self.runs(name, "/privacy").await,
            5 => self.checks_in(name).await,
            6 => self.writes_a_line(name).await,
            7 => self.says_hard_words(name).await,
            8 if self.chance(30) => self.is_forgotten(name).await,
            8 | 9 => self.presses_anything(name).await,
            _ => unreachable!(),
        }
    }

    fn answered<T>(&self, what: &str, answer: Result<T, Declined>) -> Option<T> {
        match answer {
            Ok(answer) => Some(answer),
            // What the client itself does not let them (no such button, no form) is no answer of the bot's.
            Err(Declined::Client(_)) => None,
            Err(no) => panic!("{what} was not answered: {no}\n{}", self.told.join("\n")),
        }
    }

    async fn runs(&mut self, name: &'static str, line: &str) {
        self.tell(format!("{name} {line}"));
        let answer = self.scene.person(name).run(line).await;
        if let Some(answer) = self.answered(line, answer) {
            assert!(answer.is_private(), "{name} {line} is answered in public");
        }
    }

    async fn presses(&mut self, name: &'static str, which: &str) -> bool {
        self.tell(format!("{name} presses {which}"));
        let answer = daymark::cli::story::press(&self.scene.person(name), &self.scene.stage, which).await;
        let answer = self.answered(which, answer);
        self.scene.stage.settle().await;
        answer.is_some_and(|answer| answer.is_private())
    }

    async fn joins(&mut self, name: &'static str) {
        self.runs(name, "/join").await;
        self.forgotten.remove(name);
        for _ in 0..3 {
            let Some(card) = self.scene.person(name).sees_privately().pop() else { return };
            if !card.buttons().contains(&"No, thanks") {
                return;
            }
            let yes = self.chance(60);
            self.presses(name, if yes { "Yes, that's okay" } else { "No, thanks" }).await;
            if card.text().contains("write to you directly") {
                set(&mut self.direct, name, yes);
            } else if card.text().contains("notice certain words") {
                set(&mut self.unheard, name, !yes);
            }
        }
    }

    async fn checks_in(&mut self, name: &'static str) {
        let mood = MOODS[self.dice.random_range(0..MOODS.len())];
        self.presses(name, mood).await;
    }

    async fn writes_a_line(&mut self, name: &'static str) {
        self.presses(name, "Write a line").await;
        if self.scene.person(name).modal().is_some() {
            self.tell(format!("{name} writes"));
            let answer = daymark::cli::story::write(&self.scene.person(name), LINE).await;
            self.answered("a line", answer);
        }
    }

    async fn says_hard_words(&mut self, name: &'static str) {
        self.tell(format!("{name} says hard words"));
        let direct = self.scene.inbox(name).len();
        let before = self.notes() + self.pointers(name);
        self.scene.says(name, HARD_WORDS).await;
        let after = self.notes() + self.pointers(name);
        if !self.direct.contains(name) {
            assert_eq!(
                self.scene.inbox(name).len(),
                direct,
                "{name} wants no direct messages\n{}",
                self.told.join("\n")
            );
        }
        assert!(after <= before + 1, "one pointer at most\n{}", self.told.join("\n"));
        if self.unheard.contains(name) {
            assert_eq!(after, before, "{name} wants no noticing\n{}", self.told.join("\n"));
        }
    }

    async fn is_forgotten(&mut self, name: &'static str) {
        self.runs(name, "/privacy").await;
        self.presses(name, "Forget me").await;
        if self.presses(name, "Forget me").await {
            self.direct.remove(name);
            self.unheard.remove(name);
            self.forgotten.insert(name);
        }
    }

    /// Any button that the person sees, however old, except those whose meaning the world keeps books on.
    async fn presses_anything(&mut self, name: &'static str) {
        let person = self.scene.person(name);
        let mut seen: Vec<MessageView> = person.sees_privately();
        seen.extend(self.scene.channel());
        let ours =
            ["No, thanks", "Forget me", "turn on", "turn off", "Don't notice my words", "Leave", "Take it off", "Join"];
        let all: Vec<(MessageView, String)> = seen
            .into_iter()
            .flat_map(|message| {
                message.buttons().iter().map(|label| (message.clone(), (*label).to_owned())).collect::<Vec<_>>()
            })
            .filter(|(_, label)| !label.starts_with("Yes") && !ours.iter().any(|ours| label.contains(ours)))
            .collect();
        if all.is_empty() {
            return;
        }
        let (message, label) = &all[self.dice.random_range(0..all.len())];
        self.tell(format!("{name} presses an old {label}"));
        let answer = person.press(message, label).await;
        self.answered(label, answer);
        self.scene.stage.settle().await;
    }

    fn notes(&self) -> usize {
        self.scene.in_channel("private note here").len() + self.scene.in_channel("note has been opened").len()
    }

    fn pointers(&self, name: &str) -> usize {
        self.scene.inbox(name).iter().filter(|message| is_pointer(message)).count()
    }

    async fn a_day(&mut self) {
        let morning = self.scene.stage.clock.now();
        for _ in 0..self.dice.random_range(3..9) {
            self.perhaps_break();
            self.perhaps_kill().await;
            let minutes = self.dice.random_range(5..240);
            let next = (self.scene.stage.clock.now() + TimeDelta::minutes(minutes)).min(morning + TimeDelta::hours(23));
            self.scene.stage.advance_to(next).await.unwrap();
            self.somebody_acts().await;
        }
        self.scene.stage.sandbox.faults().clear();
        self.scene.stage.advance_to(morning + TimeDelta::days(1)).await.unwrap();
        self.laws_hold(morning).await;
    }

    async fn laws_hold(&mut self, since: DateTime<Utc>) {
        let story = self.told.join("\n");
        // 1 and 8: each reminder and prompt is seen once, or its loss is kept where facilitators see it.
        let mut seen = BTreeMap::<String, usize>::new();
        for message in self.scene.channel().into_iter().filter(|message| self.scene.is_bot(message)) {
            let text = message.text();
            if text.contains("starts <t:") || text.contains("How are you today?") {
                *seen.entry(message.nonce.clone().unwrap()).or_default() += 1;
            }
        }
        let twice: Vec<_> = seen.iter().filter(|(_, count)| **count > 1).collect();
        assert!(twice.is_empty(), "seen twice: {twice:?}\n{story}");
        let due: Vec<_> =
            self.scene.deliveries(&State::ALL).await.into_iter().filter(|one| one.due_at >= since).collect();
        for one in due.iter().filter(|one| one.state == State::Sent) {
            let nonce = daymark::outbox::Nonce::of(&one.dedupe_key);
            let direct_or_staff = one.kind == "crisis.hand_up";
            assert!(
                direct_or_staff || seen.contains_key(nonce.as_str()),
                "kept as sent and not seen: {}\n{story}",
                one.dedupe_key
            );
        }
        let reminders = due.iter().filter(|one| one.kind == "session.reminder").count();
        assert!(reminders >= 2, "{reminders} reminders were due\n{story}");
        // 4 and 6 are held to where somebody says hard words: one pointer, privately, as they agreed.
        let lost: Vec<_> =
            due.iter().filter(|one| matches!(one.state, State::Pending | State::Sending | State::Cancelled)).collect();
        assert!(lost.is_empty(), "left lying: {lost:?}\n{story}");
        // 2 and 3: nothing is said about a session after it began, nor before the day it is due.
        for message in self.scene.in_channel("starts <t:") {
            let at = message
                .text()
                .split("<t:")
                .nth(1)
                .and_then(|rest| rest.split(':').next())
                .unwrap()
                .parse::<i64>()
                .unwrap();
            assert!(message.at / 1000 < at, "said after the start: {}\n{story}", message.text());
        }
        // 7: who was forgotten is nowhere.
        let rows = self.scene.rows().await;
        for name in &self.forgotten {
            let id = self.scene.person(name).id().to_string();
            let left: Vec<&str> = rows.lines().filter(|line| line.contains(&id) && !line.contains("hand_up")).collect();
            assert!(left.is_empty(), "{name} was forgotten: {left:?}\n{story}");
        }
        for person in self.scene.stage.people() {
            person.read_all();
        }
    }
}

fn set(all: &mut BTreeSet<&'static str>, name: &'static str, there: bool) {
    if there {
        all.insert(name);
    } else {
        all.remove(name);
    }
}

async fn play(seed: u64) {
    let began = Instant::now();
    let mut world = World::begin(seed).await;
    for _ in 0..DAYS {
        if began.elapsed() > LONGEST {
            break;
        }
        world.a_day().await;
    }
    // 5: what was written is nowhere in clear, and nobody but its writer was shown a pointer.
    world.scene.end().await;
}

#[tokio::test]
async fn weeks_of_random_people_random_faults_and_random_kills_break_no_law() {
    let asked = std::env::var("DAYMARK_SEED").ok().and_then(|seed| seed.parse().ok());
    let seeds = asked.map_or_else(|| SEEDS.to_vec(), |seed| vec![seed]);
    for seed in seeds {
        println!("DAYMARK_SEED={seed}");
        play(seed).await;
    }
}
