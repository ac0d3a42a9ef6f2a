//! What is said about the places in which words are looked at.

use crate::card::{Card, inert};
use crate::groups::Group;
use crate::ids::ChannelId;
use crate::roster::PlaceKind;

/// Words are looked at there now.
pub fn watched(group: &Group, channel: ChannelId, kind: PlaceKind) -> Card {
    let what = match kind {
        PlaceKind::Forum => "Titles and messages of posts",
        PlaceKind::Channel => "Messages and threads",
    };
    let off = if group.noticing { "" } else { "\nNoticing is off in this group, so nothing is looked at so far." };
    Card::text(format!(
        "Done. {what} in <#{channel}> are looked at for {}, with the same rules as its own channel. The group is told \
         once, quietly. `/words unwatch` ends it.{off}",
        inert(&group.name)
    ))
}

/// Words are not looked at there any more.
pub fn unwatched(channel: ChannelId) -> Card {
    Card::text(format!("Done. Nobody looks at words in <#{channel}> any more."))
}

/// For members, in the group's channel, when a place is added.
pub fn notice(channel: ChannelId) -> Card {
    Card::text(format!(
        "**New here:** the simple word check of this group also looks at <#{channel}>, and offers a private note there \
         when somebody may need a person. It keeps none of your words. `/privacy` turns it off for you, everywhere."
    ))
    .silently()
}
