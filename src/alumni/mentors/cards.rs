//! What mentoring says. A mentor is somebody who has been there, not somebody who treats.

use super::model::{CAPACITY_LIMIT, Listing, Match, MatchState, Topic};
use crate::card::{Button, Card, FIELDS_LIMIT, Press, Select, Style, inert};
use crate::groups::Group;
use crate::ids::UserId;

fn label(topic: Topic) -> &'static str {
    match topic {
        Topic::FirstWeeks => "The first weeks after stepping down",
        Topic::Work => "Work or school",
        Topic::Family => "Family and partners",
        Topic::Sobriety => "Living sober",
        Topic::Moods => "Moods and anxiety",
        Topic::Eating => "Eating",
        Topic::Trauma => "Trauma",
        Topic::Medication => "Medication, from experience",
        Topic::Company => "Going out and company",
    }
}

fn topics() -> Vec<(String, String)> {
    Topic::ALL.into_iter().map(|topic| (topic.word().to_owned(), label(topic).to_owned())).collect()
}

fn named(topics: &[Topic]) -> String {
    topics.iter().map(|topic| label(*topic)).collect::<Vec<_>>().join("\n")
}

/// An alum looks at, or changes, what they can be found for.
pub fn offer(group: &Group, listing: Option<&Listing>) -> Card {
    let mut card = Card::panel(
        "Be found by your group",
        format!(
            "If you choose topics, people of {} can find your name for them. You can also mentor: I ask you each time, \
             you say yes or not now, and either of you can end it without a reason. A mentor has been there; nobody \
             expects you to treat anybody.",
            inert(&group.name)
        ),
    );
    if let Some(listing) = listing {
        card = card.field("You can be found for", named(&listing.topics)).field(
            "People you mentor at once",
            if listing.capacity == 0 { "none, only found".to_owned() } else { format!("up to {}", listing.capacity) },
        );
    }
    let most = u8::try_from(Topic::ALL.len()).unwrap_or(u8::MAX);
    card = card.select(Select {
        press: Press::new("alumni", "m_topics").arg(group.id),
        placeholder: "What you can be found for".to_owned(),
        options: topics(),
        choose: (1, most),
    });
    if listing.is_some() {
        let words = |count: u8| match count {
            0 => "Only found, not asked".to_owned(),
            1 => "1 person at a time".to_owned(),
            count => format!("Up to {count} people"),
        };
        card = card
            .select(Select {
                press: Press::new("alumni", "m_room").arg(group.id),
                placeholder: "How many people at once".to_owned(),
                options: (0..=CAPACITY_LIMIT).map(|count| (count.to_string(), words(count))).collect(),
                choose: (1, 1),
            })
            .buttons([Button::new("Take me out", Press::new("alumni", "m_out").arg(group.id))]);
    }
    card.footer("Only you see this. Doing nothing changes nothing.")
}

/// They are out of the directory.
pub fn out() -> Card {
    Card::text("Done, nobody finds you there any more. Who you mentor already stays, until one of you ends it.")
}

/// A member chooses what they would like a mentor for.
pub fn find(group: &Group) -> Card {
    Card::panel(
        "Find a mentor",
        "Choose what for. I ask one alum who offered that and has room. **They see your name and the topic**, nothing \
         else, and say yes or not now. Either of you can end it at any time, without a reason.",
    )
    .select(Select {
        press: Press::new("alumni", "m_find").arg(group.id),
        placeholder: "What for".to_owned(),
        options: topics(),
        choose: (1, 1),
    })
    .footer("Only you see this.")
}

/// Somebody is being asked.
pub fn asking() -> Card {
    Card::text(
        "I've asked somebody who offered that. I'll write you as soon as they answer. `/mentor mine` takes it back.",
    )
}

/// The question to the alum.
pub fn asked(matching: &Match, group: &Group) -> Card {
    let press = |verb: &str| Press::new("alumni", verb).arg(matching.id);
    Card::text(format!(
        "<@{}> of {} would like a mentor: {}. Would that be all right for you now? Not now is fine, and needs no reason.",
        matching.member.user,
        inert(&group.name),
        label(matching.topic)
    ))
    .buttons([Button::new("Yes, gladly", press("m_yes")).style(Style::Primary), Button::new("Not now", press("m_no"))])
}

/// The alum said yes: what each of the two reads.
pub fn matched(matching: &Match, reader: UserId) -> Card {
    let (who, how) = if reader == matching.mentor.user {
        (format!("You and <@{}>", matching.member.user), "They read that you said yes. A simple hello is enough")
    } else {
        (format!("<@{}> said yes", matching.mentor.user), "Write to each other as you like; a simple hello is enough")
    };
    Card::text(format!(
        "{who}: {}. {how}. Either of you can end it at any time with `/mentor mine`.",
        label(matching.topic)
    ))
}

/// What the alum reads after answering.
pub fn answered(matching: &Match) -> Card {
    if matching.state == MatchState::Matched {
        matched(matching, matching.mentor.user)
    } else {
        Card::text("Okay, not now. They are told kindly, without your name.")
    }
}

/// The alum said not now.
pub fn not_now(group: &Group) -> Card {
    Card::text(format!(
        "It didn't work out this time with a mentor in {}; it has nothing to do with you. `/mentor find` asks somebody else.",
        inert(&group.name)
    ))
}

/// The other one ended it, or left.
pub fn ended_for_you(group: &Group, other: Option<UserId>) -> Card {
    let with = other.map(|other| format!(" with <@{other}>")).unwrap_or_default();
    Card::text(format!(
        "Mentoring{with} in {} has come to its end. Life moves, and it says nothing about you. Thank you for the time \
         you gave each other.",
        inert(&group.name)
    ))
}

/// One's open matches.
pub fn mine(matches: &[Match], reader: UserId) -> Card {
    if matches.is_empty() {
        return Card::text(
            "Nothing is open. `/mentor find` asks somebody; alumni offer themselves with `/mentor offer`.",
        );
    }
    let mut card = Card::panel("Your mentoring", "");
    let mut buttons = Vec::new();
    for (at, matching) in matches.iter().take(5).enumerate() {
        // Who has not said yes is not named.
        let with = match (matching.state, matching.other(reader)) {
            (MatchState::Asked, Some(_)) if matching.member.user == reader => "Somebody is asked".to_owned(),
            (_, Some(other)) => format!("<@{}>", other.user),
            (_, None) => "Somebody".to_owned(),
        };
        card = card.field(format!("{}. {}", at + 1, label(matching.topic)), with);
        buttons.push(Button::new(format!("End {}", at + 1), Press::new("alumni", "m_end").arg(matching.id)));
    }
    card.buttons(buttons).footer("Ending needs no reason. Only you see this.")
}

/// It was ended.
pub fn ended() -> Card {
    Card::text("Ended, quietly. If you had met, they read one kind line, without a reason.")
}

/// Who can be found in a group.
pub fn directory(group: &Group, listings: &[Listing]) -> Card {
    if listings.is_empty() {
        return Card::text("Nobody has put themselves into the directory yet.");
    }
    let card = Card::panel(format!("Alumni of {}", inert(&group.name)), "They said that they may be found, for this:");
    // One topic a field; people who named it below.
    let fields = Topic::ALL.into_iter().filter_map(|topic| {
        let people: Vec<String> = listings
            .iter()
            .filter(|one| one.topics.contains(&topic))
            .take(20)
            .map(|one| format!("<@{}>", one.member.user))
            .collect();
        (!people.is_empty()).then(|| (label(topic), people.join(" ")))
    });
    fields
        .take(FIELDS_LIMIT)
        .fold(card, |card, (name, people)| card.field(name, people))
        .footer("Only you see this. `/mentor find` lets me ask one of them for you.")
}
