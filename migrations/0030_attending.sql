-- Who comes to a session: for whom it is and how many fit, what people answered, who was there, members' own
-- reminders, and the note to somebody who was missed.

ALTER TABLE series ADD COLUMN capacity INTEGER CHECK (capacity IS NULL OR capacity BETWEEN 1 AND 500); -- how many can come; null: everybody
ALTER TABLE series ADD COLUMN audience TEXT NOT NULL DEFAULT 'members' CHECK (audience IN ('members', 'role', 'alumni')); -- for whom it is
ALTER TABLE series ADD COLUMN audience_role_id INTEGER CHECK ((audience = 'members') = (audience_role_id IS NULL)); -- the role whose people it is for; null: the group's members
ALTER TABLE series ADD COLUMN counts_public INTEGER NOT NULL DEFAULT 0 CHECK (counts_public IN (0, 1)); -- whether everybody sees how many come

CREATE TABLE session_answer (
    id          INTEGER NOT NULL PRIMARY KEY, -- our own number; the sealed reason is bound to it
    series_id   INTEGER NOT NULL REFERENCES series (id) ON DELETE CASCADE, -- the series
    occurrence  TEXT    NOT NULL CHECK (occurrence GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]'), -- the occurrence's id
    guild_id    INTEGER NOT NULL, -- the guild
    user_id     INTEGER NOT NULL, -- who answered
    answer      TEXT    NOT NULL CHECK (answer IN ('going', 'late', 'maybe', 'cannot')), -- what they said last
    seat        TEXT    NOT NULL CHECK (seat IN ('none', 'held', 'waiting')), -- whether they have a place, or wait for one
    turn        INTEGER NOT NULL CHECK (turn >= 0), -- whoever asked for a place earlier has the lower number
    unseen      INTEGER NOT NULL DEFAULT 0 CHECK (unseen IN (0, 1)), -- got a place from the waitlist and has not looked since
    reason      BLOB, -- why they cannot come and who may know, sealed with the member's key; null: they did not say
    answered_at INTEGER NOT NULL, -- when they answered last, UTC seconds
    UNIQUE (series_id, occurrence, user_id),
    CHECK ((answer IN ('going', 'late')) = (seat <> 'none')),
    CHECK (reason IS NULL OR answer = 'cannot')
) STRICT;

CREATE INDEX session_answer_waiting ON session_answer (series_id, occurrence) WHERE seat = 'waiting'; -- for whom a place may come free
CREATE INDEX session_answer_member ON session_answer (guild_id, user_id);

CREATE TABLE session_attendance (
    series_id  INTEGER NOT NULL REFERENCES series (id) ON DELETE CASCADE, -- the series
    occurrence TEXT    NOT NULL CHECK (occurrence GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]'), -- the occurrence's id
    guild_id   INTEGER NOT NULL, -- the guild
    user_id    INTEGER NOT NULL, -- the member
    was        TEXT    NOT NULL CHECK (was IN ('attended', 'missed', 'excused')), -- excused: said so before, was away, or had no place
    on_date    TEXT    NOT NULL CHECK (on_date GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'), -- local date on which it was held
    starts_at  INTEGER NOT NULL, -- when it began, UTC seconds
    marked_at  INTEGER NOT NULL, -- when a facilitator said so, UTC seconds
    PRIMARY KEY (series_id, occurrence, user_id)
) STRICT;

CREATE INDEX session_attendance_member ON session_attendance (guild_id, user_id, on_date);

CREATE TABLE session_roll (
    series_id  INTEGER NOT NULL REFERENCES series (id) ON DELETE CASCADE, -- the series
    occurrence TEXT    NOT NULL CHECK (occurrence GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]'), -- the occurrence's id
    closed_at  INTEGER NOT NULL, -- when a facilitator said that everybody is marked, UTC seconds
    PRIMARY KEY (series_id, occurrence)
) STRICT;

CREATE TABLE session_wish (
    group_id      INTEGER NOT NULL REFERENCES support_group (id) ON DELETE CASCADE, -- the group whose sessions it is about
    guild_id      INTEGER NOT NULL, -- its guild
    user_id       INTEGER NOT NULL, -- the member
    leads         TEXT    NOT NULL, -- how long before the start they are reminded by direct message, such as 1d 30m; none: not at all
    missed_note   INTEGER NOT NULL CHECK (missed_note IN (0, 1)), -- whether they want a kind note after missing two in a row
    planned_until INTEGER NOT NULL, -- what was due up to then is in the outbox, UTC seconds
    next_at       INTEGER, -- when to look next, UTC seconds; null: when something changes
    reckoned_with INTEGER NOT NULL DEFAULT 0, -- the revision of the member's settings that next_at was reckoned with
    changed_at    INTEGER NOT NULL, -- when they said so last, UTC seconds
    PRIMARY KEY (group_id, user_id)
) STRICT;

CREATE INDEX session_wish_next ON session_wish (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX session_wish_member ON session_wish (guild_id, user_id);

CREATE TABLE session_missed (
    id         INTEGER NOT NULL PRIMARY KEY, -- our own number; the note's buttons name it
    series_id  INTEGER NOT NULL REFERENCES series (id) ON DELETE CASCADE, -- the series they missed
    occurrence TEXT    NOT NULL CHECK (occurrence GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]'), -- the second session in a row
    guild_id   INTEGER NOT NULL, -- the guild
    user_id    INTEGER NOT NULL, -- the member who is written to
    starts_at  INTEGER NOT NULL, -- when that session began, UTC seconds
    reason     BLOB, -- what was in the way and who may know, sealed with the member's key; null: they did not say
    noted_at   INTEGER NOT NULL, -- when the note was queued, UTC seconds
    UNIQUE (series_id, occurrence, user_id)
) STRICT;

CREATE INDEX session_missed_member ON session_missed (guild_id, user_id);
