//! What does a failed test need to know? Sessions, the last messages, interactions and requests, in lines.

use crate::sandbox::state::World;

/// Lines per list.
const MAX_DUMPED: usize = 25;

/// What is known now, in lines.
pub(crate) fn dump(world: &World) -> String {
    let mut lines = vec![format!(
        "gateway: connected {}, identified {}, resumed {}, events sent {}, waiting {}",
        world.gateway.connected(),
        world.gateway.identified,
        world.gateway.resumed,
        world.gateway.dispatched(),
        world.gateway.pending()
    )];
    lines.push("messages (newest last):".to_owned());
    let newest: Vec<_> = world.messages.values().rev().take(MAX_DUMPED).collect();
    for message in newest.into_iter().rev() {
        let view = world.view(message);
        let whom = message.only_for.map_or_else(String::new, |who| format!(" (only for {})", world.display_name(who)));
        lines.push(format!("  {}{whom} {}: {}", view.channel_name, view.author, view.text().replace('\n', " | ")));
    }
    lines.push("interactions (newest last):".to_owned());
    let newest: Vec<_> = world.interactions.values().rev().take(MAX_DUMPED).collect();
    for one in newest.into_iter().rev() {
        lines.push(format!("  {}: {} -> {:?}", world.display_name(one.user), one.what, one.ack));
    }
    lines.push("requests (newest last):".to_owned());
    let skipped = world.log.entries.len().saturating_sub(MAX_DUMPED);
    for entry in world.log.entries.iter().skip(skipped) {
        lines.push(format!("  {} {} -> {}", entry.method, entry.path, entry.status));
    }
    lines.join("\n")
}
