//! What is said about companions: a person who asks how a graduate is, in the place of the bot.

use super::mark_words;
use crate::alumni::model::{Companion, CompanionState, Touch};
use crate::card::{Button, Card, Press, Style, inert};
use crate::groups::Group;
use crate::ids::{GroupId, TouchId, UserId};

/// Who asks a graduate, as they see it.
pub fn mine(group: GroupId, companion: Option<&Companion>) -> Card {
    let user = companion.and_then(|one| one.user);
    let said = match (companion.map(|one| one.state), user) {
        (Some(CompanionState::Asked), Some(user)) => {
            format!("<@{user}> is asked whether they would. Until they say yes, I ask you myself, as before.")
        }
        (Some(CompanionState::Agreed), Some(user)) => {
            format!("<@{user}> asks how you are, now and then. When they can't, I do, and say so.")
        }
        (Some(CompanionState::Gone), _) | (Some(_), None) => {
            "Whoever you chose is not there any more, so I ask you myself.".to_owned()
        }
        (None, _) => {
            "I ask you myself. `/step companion who:` chooses an alum or a facilitator in my place, if they say yes."
                .to_owned()
        }
    };
    let card = Card::text(format!("{said}\nWhat you answer is seen by nobody but you."));
    if user.is_none() {
        return card;
    }
    card.buttons([Button::new("Leave it to you", Press::new("alumni", "t_bot").arg(group))])
}

/// It is the bot again.
pub fn left_to_bot() -> Card {
    Card::text("Okay, I ask you myself again.")
}

/// The line where facilitators talk, for one who is not in the group. It says nothing but that there is something.
pub fn line(user: UserId, touch: TouchId) -> Card {
    Card::text(format!("<@{user}>, somebody who moved on has something for you. Only you can open it."))
        .buttons([Button::new("Open", Press::new("alumni", "t_open").arg(touch))])
        .silently()
}

/// What whoever was chosen sees when they open the line.
pub fn open(touch: &Touch, companion: &Companion, group: &Group) -> Card {
    match companion.state {
        CompanionState::Agreed => due(touch, group, touch.mark),
        CompanionState::Asked | CompanionState::Gone => question(touch, group),
    }
}

/// Asks whether they would be the one who asks.
pub fn question(touch: &Touch, group: &Group) -> Card {
    Card::panel(
        "Would you ask now and then?",
        format!(
            "<@{}> moved on from {} and would like it to be you who asks how they are: five times within a year. A day \
             before each I let you know. You write to them in your own words, or just tell me that it comes from you. \
             You don't see what they answer me, and you can end it at any time.",
            touch.member.user,
            inert(&group.name)
        ),
    )
    .buttons([
        Button::new("Yes, gladly", Press::new("alumni", "t_yes").arg(touch.id)).style(Style::Primary),
        Button::new("Not now", Press::new("alumni", "t_no").arg(touch.id)),
    ])
    .footer("Both answers are fine. They are told yes or no, nothing else.")
}

/// They said yes.
pub fn agreed() -> Card {
    Card::text("Thank you. I let you know a day before, each time.")
}

/// They said no, or ended it.
pub fn declined() -> Card {
    Card::text("Okay. I ask them myself, and they read only that you can't right now.")
}

/// A touch is due within a day.
pub fn due(touch: &Touch, group: &Group, mark: usize) -> Card {
    let when = touch.next_at.map(|at| format!(" <t:{}:F>", at.timestamp())).unwrap_or_default();
    Card::text(format!(
        "{} since <@{}> moved on from {}. I ask how they are{when}; shall it come from you? A line of your own to them is \
         as good. If you can't this time, do nothing: I ask in your place and say so.",
        mark_words(mark),
        touch.member.user,
        inert(&group.name)
    ))
    .buttons([
        Button::new("It comes from me", Press::new("alumni", "t_take").arg(touch.id).arg(mark)).style(Style::Primary),
        Button::new("Not any more", Press::new("alumni", "t_no").arg(touch.id)),
    ])
    .silently()
}

/// They ask this time.
pub fn taken(touch: &Touch) -> Card {
    Card::text(format!(
        "Good, it will say that you ask. If you like, write a line to <@{}> as well; you need not wait for an answer.",
        touch.member.user
    ))
}

/// The graduate hears what their companion said.
pub fn news(yes: bool) -> Card {
    Card::text(if yes {
        "Whoever you chose said yes: they ask how you are from now on, and when they can't, I do. `/step companion` shows it."
    } else {
        "Whoever you chose can't be the one who asks right now. I ask you myself, as before; `/step companion` chooses anew."
    })
}
