//! What a group's weather says: rough numbers, never names.

use super::super::model::{Agreed, Mood, QUIET_AFTER, Seen, WEATHER_FROM, Weather};
use super::mood_words;
use crate::calendar::date_words;
use crate::card::{Button, Card, Press, Select, inert};
use crate::groups::Group;
use crate::ids::{GroupId, PromptId};

/// Most blocks of a bar, so that a row stays a row on a phone.
const BAR: u32 = 12;

/// How a group's last week was.
pub fn weather(group: &Group, weather: &Weather, counted: Option<bool>) -> Card {
    let rows = Mood::ALL.into_iter().zip(weather.about).rev().map(|(mood, about)| {
        let bar = "▇".repeat(usize::try_from(about.min(BAR)).unwrap_or(0));
        let number = if about == 0 { "hardly anybody".to_owned() } else { format!("about {about}") };
        format!("{bar} {number}: **{}**", mood_words(mood).to_lowercase()).trim_start().to_owned()
    });
    let card = Card::panel(
        format!("How the week was in {}", inert(&group.name)),
        format!(
            "The week of {}, Monday to Sunday. Everybody who lets themselves be counted is in it once.\n\n{}",
            date_words(weather.week_on),
            rows.collect::<Vec<_>>().join("\n")
        ),
    )
    .footer(
        "The numbers are blurred on purpose, so that nobody can be read out of them, and stay as they are when asked again. \
         No names, no words. Only you see this.",
    );
    switch(card, group.id, counted)
}

/// Too few to be shown.
pub fn too_few(group: &Group, counted: Option<bool>) -> Card {
    let card = Card::text(format!(
        "There is no weather for last week. I show it only when at least {WEATHER_FROM} people checked in and let \
         themselves be counted: with fewer, somebody could be read out of it. That says nothing about {}.",
        inert(&group.name)
    ));
    switch(card, group.id, counted)
}

/// With a switch for being counted oneself; none for people who do not belong to the group.
fn switch(card: Card, group: GroupId, counted: Option<bool>) -> Card {
    match counted {
        Some(yes) => card.buttons([counted_button(group, yes)]),
        None => card,
    }
}

/// Turns being counted on or off.
pub fn counted_button(group: GroupId, counted: bool) -> Button {
    let (label, to) = if counted { ("Leave me out of the weather", "no") } else { ("Count me in the weather", "yes") };
    Button::new(label, Press::new("checkins", "count_me").arg(group).arg(to))
}

/// What is asked once, below a first answer, when the group looks at its weather.
pub fn may_i_count(card: &mut Card, group: GroupId, prompt: PromptId) {
    card.text.push_str(
        "\n-# Your group can look at its weather: about how many had which kind of week, blurred, never who. \
         I would open your moods for a moment to count them. May yours count? `/privacy` changes it.",
    );
    let press = |to: &str| Press::new("checkins", "may_count").arg(group).arg(prompt).arg(to);
    let buttons = vec![Button::new("Count mine", press("yes")), Button::new("Leave mine out", press("no"))];
    card.rows.push(crate::card::Row::Buttons(buttons));
}

/// What they said about being counted.
pub fn counted(yes: bool) -> Card {
    Card::text(if yes {
        "Okay, your weeks count from now on: as one of several, blurred, without your name."
    } else {
        "Okay, I leave you out. Weathers that were reckoned before stay as they are; nobody can be read out of them."
    })
}

/// Not for this person.
pub fn not_for_you(seen: Seen) -> &'static str {
    match seen {
        Seen::Off => "This group does not look at its weather.",
        Seen::Facilitators => "In this group the facilitators look at the weather.",
        Seen::All => "The weather is for members of the group.",
    }
}

/// What a group agreed to beyond asking, to choose from.
pub fn agreed(group: &Group, agreed: Agreed) -> Card {
    let seen = |seen: Seen| match seen {
        Seen::Off => "nobody",
        Seen::Facilitators => "facilitators",
        Seen::All => "everybody in the group",
    };
    let quiet = |after: Option<u8>| match after {
        Some(after) => format!("after {after} missed days"),
        None => "never".to_owned(),
    };
    let mut afters: Vec<(String, String)> =
        QUIET_AFTER.map(|after| (after.to_string(), format!("After {after} missed days"))).into();
    afters.push(("never".to_owned(), "Never".to_owned()));
    Card::panel(
        format!("Weather and silence in {}", inert(&group.name)),
        "**Weather**: about how many had which kind of week, for those who let themselves be counted; from five people \
         on, blurred, without names. Talk about it with the group before everybody sees it.\n\n\
         **Silence**: members who ask for it with `/reach-out` are written to once when they have gone quiet. They choose \
         whether anybody else is told, and nothing of what they said is told.",
    )
    .field("Who may see the weather", seen(agreed.weather))
    .field("Writing to members who asked for it", quiet(agreed.quiet_after))
    .select(Select {
        press: Press::new("checkins", "agree_weather").arg(group.id),
        placeholder: "Who may see the weather".into(),
        options: Seen::ALL.map(|one| (one.word().to_owned(), capital(seen(one)))).into(),
        choose: (1, 1),
    })
    .select(Select {
        press: Press::new("checkins", "agree_quiet").arg(group.id),
        placeholder: "When to write to those who asked for it".into(),
        options: afters,
        choose: (1, 1),
    })
    .buttons([Button::new("Back", Press::new("checkins", "setup_back").arg(group.id))])
    .footer("Only you see this.")
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
