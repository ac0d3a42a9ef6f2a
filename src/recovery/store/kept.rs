//! What is kept about a member in the tables of this slice, for the copy they are given. No decisions here.

/// A member's own reminders, for `groups::store::kept::written`; what they are about is sealed.
pub const REMINDERS: &str = "SELECT json_object('state', state, 'recurrence', recurrence, 'zone', zone, \
    'next_at', strftime('%Y-%m-%dT%H:%M:%SZ', next_at, 'unixepoch')), id, sealed \
    FROM own_reminder WHERE guild_id = ? AND user_id = ? ORDER BY id";
/// The marks of milestones that a member chose to have announced; which milestones stands on their sheet.
pub const MARKS: &str = "SELECT json_object('group', g.name, 'milestone', m.milestone, 'days', m.mark, \
    'next_at', strftime('%Y-%m-%dT%H:%M:%SZ', m.next_at, 'unixepoch')), 0, NULL \
    FROM milestone_due m JOIN support_group g ON g.id = m.group_id WHERE m.guild_id = ? AND m.user_id = ? ORDER BY m.milestone";
/// The small wins a member shared; what they are stands on their sheet.
pub const SHARED: &str = "SELECT json_object('group', g.name, 'win', w.win, \
    'shared_at', strftime('%Y-%m-%dT%H:%M:%SZ', w.shared_at, 'unixepoch')), 0, NULL \
    FROM shared_win w JOIN support_group g ON g.id = w.group_id WHERE w.guild_id = ? AND w.user_id = ? ORDER BY w.win";
/// Where a member wants to be paired.
pub const PAIRED: &str = "SELECT json_object('group', g.name, \
    'since', strftime('%Y-%m-%dT%H:%M:%SZ', b.joined_at, 'unixepoch')), 0, NULL \
    FROM buddy_member b JOIN support_group g ON g.id = b.group_id WHERE b.guild_id = ? AND b.user_id = ? ORDER BY g.id";
/// With whom a member does not want to be paired.
pub const BLOCKED: &str = "SELECT json_object('person', CAST(blocked_id AS TEXT), \
    'since', strftime('%Y-%m-%dT%H:%M:%SZ', made_at, 'unixepoch')), 0, NULL \
    FROM buddy_block WHERE guild_id = ? AND user_id = ? ORDER BY made_at";
/// When a member was paired; with whom is somebody else's as well.
pub const MET: &str = "SELECT json_object('group', g.name, 'round', b.round, \
    'met_at', strftime('%Y-%m-%dT%H:%M:%SZ', b.met_at, 'unixepoch')), 0, NULL \
    FROM buddy_meeting b JOIN support_group g ON g.id = b.group_id WHERE b.guild_id = ? AND b.user_id = ? ORDER BY b.met_at";

/// Every statement of this file, for the test that prepares them against the schema.
pub const STATEMENTS: &[&str] = &[REMINDERS, MARKS, SHARED, PAIRED, BLOCKED, MET];
