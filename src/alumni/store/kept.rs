//! What is kept about a member in the tables of this slice, for the copy they are given. No decisions here.

/// The steps a member is on, for `groups::store::kept::written`.
pub const STEPS: &str = "SELECT json_object('group', g.name, 'step', s.name, \
    'since', strftime('%Y-%m-%dT%H:%M:%SZ', m.since_at, 'unixepoch')), 0, NULL FROM member_step m \
    JOIN support_group g ON g.id = m.group_id JOIN group_step s ON s.id = m.step_id \
    WHERE m.guild_id = ? AND m.user_id = ? ORDER BY g.id";
/// What a member was asked about steps, and what became of it.
pub const QUESTIONS: &str = "SELECT json_object('group', g.name, 'step', s.name, 'answer', o.state, \
    'asked_at', strftime('%Y-%m-%dT%H:%M:%SZ', o.offered_at, 'unixepoch'), \
    'ended_at', strftime('%Y-%m-%dT%H:%M:%SZ', o.settled_at, 'unixepoch')), 0, NULL FROM step_offer o \
    JOIN support_group g ON g.id = o.group_id JOIN group_step s ON s.id = o.step_id \
    WHERE o.guild_id = ? AND o.user_id = ? ORDER BY o.id";
/// Where a member is asked how they are after they moved on.
pub const TOUCHES: &str = "SELECT json_object('group', g.name, 'hour', t.at, \
    'agreed_at', strftime('%Y-%m-%dT%H:%M:%SZ', t.agreed_at, 'unixepoch'), \
    'next_at', strftime('%Y-%m-%dT%H:%M:%SZ', t.next_at, 'unixepoch')), 0, NULL FROM alumni_touch t \
    JOIN support_group g ON g.id = t.group_id WHERE t.guild_id = ? AND t.user_id = ? ORDER BY t.id";
/// What a member answered; the number is the one their answer is sealed with.
pub const ANSWERS: &str = "SELECT json_object('group', g.name, \
    'answered_at', strftime('%Y-%m-%dT%H:%M:%SZ', a.answered_at, 'unixepoch')), t.id * 10 + a.mark, a.sealed \
    FROM alumni_touch_answer a JOIN alumni_touch t ON t.id = a.touch_id JOIN support_group g ON g.id = t.group_id \
    WHERE t.guild_id = ? AND t.user_id = ? ORDER BY t.id, a.mark";
/// Where a member can be found, and what for.
pub const LISTED: &str = "SELECT json_object('group', g.name, 'topics', l.topics, 'people_at_once', l.capacity, \
    'since', strftime('%Y-%m-%dT%H:%M:%SZ', l.listed_at, 'unixepoch')), 0, NULL FROM alumni_listing l \
    JOIN support_group g ON g.id = l.group_id WHERE l.guild_id = ? AND l.user_id = ? ORDER BY g.id";
/// A member's matches, on either side; with whom is somebody else's as well.
pub const MATCHES: &str = "SELECT json_object('group', g.name, 'topic', m.topic, 'state', m.state, \
    'as', CASE m.mentor_id WHEN ?2 THEN 'mentor' ELSE 'member' END, \
    'made_at', strftime('%Y-%m-%dT%H:%M:%SZ', m.made_at, 'unixepoch')), 0, NULL FROM mentor_match m \
    JOIN support_group g ON g.id = m.group_id WHERE m.guild_id = ?1 AND (m.mentor_id = ?2 OR m.member_id = ?2) ORDER BY m.id";
/// Who chose a member to be the one who asks; who that is, is somebody else's.
pub const ASKING: &str = "SELECT json_object('group', g.name, 'state', c.state, \
    'asked_at', strftime('%Y-%m-%dT%H:%M:%SZ', c.asked_at, 'unixepoch')), 0, NULL FROM touch_companion c \
    JOIN alumni_touch t ON t.id = c.touch_id JOIN support_group g ON g.id = t.group_id \
    WHERE c.guild_id = ? AND c.user_id = ? ORDER BY c.touch_id";
/// The caring notes a member wrote; the number is the one their words are sealed with.
pub const NOTES: &str = "SELECT json_object('group', g.name, 'state', n.state, \
    'since', strftime('%Y-%m-%dT%H:%M:%SZ', n.changed_at, 'unixepoch')), n.id, n.sealed \
    FROM caring_note n JOIN support_group g ON g.id = n.group_id WHERE n.guild_id = ? AND n.user_id = ? ORDER BY n.id";
/// From which groups caring notes reach a member.
pub const WISHES: &str = "SELECT json_object('group', g.name, \
    'agreed_at', strftime('%Y-%m-%dT%H:%M:%SZ', w.agreed_at, 'unixepoch'), \
    'next_at', strftime('%Y-%m-%dT%H:%M:%SZ', w.next_at, 'unixepoch')), 0, NULL \
    FROM caring_wish w JOIN support_group g ON g.id = w.group_id WHERE w.guild_id = ? AND w.user_id = ? ORDER BY g.id";
/// When caring notes reached a member; their words are somebody else's.
pub const SENT: &str = "SELECT json_object('group', g.name, \
    'sent_at', strftime('%Y-%m-%dT%H:%M:%SZ', s.sent_at, 'unixepoch')), 0, NULL \
    FROM caring_sent s JOIN support_group g ON g.id = s.group_id WHERE s.guild_id = ? AND s.user_id = ? ORDER BY s.sent_at";

/// Every statement of this file, for the test that prepares them against the schema.
pub const STATEMENTS: &[&str] = &[STEPS, QUESTIONS, TOUCHES, ANSWERS, LISTED, MATCHES, ASKING, NOTES, WISHES, SENT];
