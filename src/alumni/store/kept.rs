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

/// Every statement of this file, for the test that prepares them against the schema.
pub const STATEMENTS: &[&str] = &[STEPS, QUESTIONS, TOUCHES, ANSWERS, LISTED, MATCHES];
