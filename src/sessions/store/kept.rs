//! What is kept about a member in the tables of this slice, for the copy they are given. No decisions here.

use sqlx::SqlitePool;

use crate::ids::Member;

const HELD: &str = "SELECT s.title, g.name FROM series s JOIN support_group g ON g.id = s.group_id \
    WHERE g.guild_id = ? AND s.host_id = ? ORDER BY s.id";
const DRAFTED: &str = "SELECT d.details, d.expires_at FROM series_draft d JOIN support_group g ON g.id = d.group_id \
    WHERE g.guild_id = ?1 AND d.user_id = ?2 UNION ALL \
    SELECT i.changes, i.expires_at FROM schedule_import i JOIN support_group g ON g.id = i.group_id \
    WHERE g.guild_id = ?1 AND i.user_id = ?2";

/// A member's answers to sessions, for `groups::store::kept::written`.
pub const ANSWERED: &str = "SELECT json_object('session', s.title, 'occurrence', a.occurrence, 'answer', a.answer, \
    'place', a.seat, 'answered_at', strftime('%Y-%m-%dT%H:%M:%SZ', a.answered_at, 'unixepoch')), a.id, a.reason \
    FROM session_answer a JOIN series s ON s.id = a.series_id WHERE a.guild_id = ? AND a.user_id = ? ORDER BY a.id";
/// The sessions a member was, or was not, at.
pub const ATTENDED: &str = "SELECT json_object('session', s.title, 'occurrence', a.occurrence, 'was', a.was, \
    'marked_at', strftime('%Y-%m-%dT%H:%M:%SZ', a.marked_at, 'unixepoch')), 0, NULL \
    FROM session_attendance a JOIN series s ON s.id = a.series_id WHERE a.guild_id = ? AND a.user_id = ? ORDER BY a.on_date";
/// What a member wished to be reminded of.
pub const WISHED: &str = "SELECT json_object('group', g.name, 'reminded_before', w.leads, \
    'note_after_missing_two', CASE w.missed_note WHEN 1 THEN 'yes' ELSE 'no' END, \
    'changed_at', strftime('%Y-%m-%dT%H:%M:%SZ', w.changed_at, 'unixepoch')), 0, NULL \
    FROM session_wish w JOIN support_group g ON g.id = w.group_id WHERE w.guild_id = ? AND w.user_id = ? ORDER BY g.id";
/// What a member said when they were asked for a note when they are missed.
pub const NOTE_ASKED: &str = "SELECT json_object('group', g.name, \
    'said', CASE c.given WHEN 1 THEN 'yes' WHEN 0 THEN 'no' ELSE 'nothing yet' END, 'words_version', c.text_version, \
    'asked_at', strftime('%Y-%m-%dT%H:%M:%SZ', c.asked_at, 'unixepoch'), \
    'decided_at', strftime('%Y-%m-%dT%H:%M:%SZ', c.decided_at, 'unixepoch')), 0, NULL \
    FROM missed_note_consent c JOIN support_group g ON g.id = c.group_id WHERE c.guild_id = ? AND c.user_id = ? ORDER BY g.id";
/// The notes a member got after missing two in a row, with what they said was in the way.
pub const MISSED: &str = "SELECT json_object('session', s.title, 'occurrence', m.occurrence, \
    'noted_at', strftime('%Y-%m-%dT%H:%M:%SZ', m.noted_at, 'unixepoch')), m.id, m.reason \
    FROM session_missed m JOIN series s ON s.id = m.series_id WHERE m.guild_id = ? AND m.user_id = ? ORDER BY m.id";
/// Since when a member's calendar has an address; the address itself is kept nowhere.
pub const ADDRESS: &str = "SELECT json_object('made_at', strftime('%Y-%m-%dT%H:%M:%SZ', made_at, 'unixepoch')), 0, NULL \
    FROM calendar_feed WHERE guild_id = ? AND user_id = ?";
/// The days on which a member marked a home practice.
pub const PRACTISED: &str = "SELECT json_object('practice', p.kind, 'words', p.words, 'on', m.on_date, \
    'marked_at', strftime('%Y-%m-%dT%H:%M:%SZ', m.marked_at, 'unixepoch')), 0, NULL \
    FROM practice_mark m JOIN practice p ON p.id = m.practice_id WHERE m.guild_id = ? AND m.user_id = ? ORDER BY m.on_date";

/// Every statement of this file, for the test that prepares them against the schema.
pub const STATEMENTS: &[&str] = &[HELD, DRAFTED, ANSWERED, ATTENDED, WISHED, NOTE_ASKED, MISSED, ADDRESS, PRACTISED];

/// The sessions that name somebody as the one who holds them, with the group's name.
///
/// # Errors
/// When the database cannot be read.
pub async fn held(pool: &SqlitePool, member: Member) -> sqlx::Result<Vec<(String, String)>> {
    sqlx::query_as(HELD).bind(member.guild).bind(member.user).fetch_all(pool).await
}

/// The drafts of sessions that wait for somebody's press, as JSON, and until when.
///
/// # Errors
/// When the database cannot be read.
pub async fn drafted(pool: &SqlitePool, member: Member) -> sqlx::Result<Vec<(String, i64)>> {
    sqlx::query_as(DRAFTED).bind(member.guild).bind(member.user).fetch_all(pool).await
}
