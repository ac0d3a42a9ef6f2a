-- The sessions a group holds, as patterns in civil time; each occurrence is reckoned, not stored.

CREATE TABLE series (
    id           INTEGER NOT NULL PRIMARY KEY, -- our own number
    group_id     INTEGER NOT NULL REFERENCES support_group (id) ON DELETE CASCADE, -- the group that meets
    title        TEXT    NOT NULL COLLATE NOCASE, -- what facilitators call it
    recurrence   TEXT    NOT NULL, -- when it meets, in civil time, as it was typed and understood
    zone         TEXT    NOT NULL, -- IANA time zone the civil time is meant in
    minutes      INTEGER NOT NULL CHECK (minutes BETWEEN 5 AND 720), -- how long it lasts
    leads        TEXT    NOT NULL, -- how long before the start reminders go out, such as 1d 15m
    source       TEXT    NOT NULL CHECK (source IN ('discord', 'file')), -- set up by command, or declared in the configuration
    planned_until INTEGER NOT NULL, -- reminders due up to then are in the outbox, UTC seconds
    next_at      INTEGER, -- when the next reminder is due, UTC seconds; null: never again
    created_at   INTEGER NOT NULL, -- UTC seconds
    removed_at   INTEGER  -- when it was ended, UTC seconds; null while it goes on
) STRICT;

CREATE INDEX series_next ON series (next_at) WHERE next_at IS NOT NULL AND removed_at IS NULL;
CREATE UNIQUE INDEX series_title ON series (group_id, title) WHERE removed_at IS NULL;
