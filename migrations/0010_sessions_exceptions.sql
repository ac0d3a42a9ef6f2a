-- More of a series (dates, place, host, ping, pause), single occurrences that differ from the pattern,
-- what was changed so that it can be undone, and drafts that wait for a press.

ALTER TABLE series ADD COLUMN starts_on TEXT CHECK (starts_on IS NULL OR starts_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'); -- first local date; null: from ever
ALTER TABLE series ADD COLUMN ends_on TEXT CHECK (ends_on IS NULL OR ends_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'); -- last local date; null: for ever
ALTER TABLE series ADD COLUMN venue_channel_id INTEGER; -- the voice or text channel it is held in; null: none
ALTER TABLE series ADD COLUMN venue_address TEXT CHECK (venue_address IS NULL OR venue_address <> ''); -- the street address or room; null: none
ALTER TABLE series ADD COLUMN venue_link TEXT CHECK (venue_link IS NULL OR venue_link GLOB 'https://*'); -- the address to join online; null: none
ALTER TABLE series ADD COLUMN host_id INTEGER; -- the person who holds it; null: nobody is named
ALTER TABLE series ADD COLUMN ping_role_id INTEGER; -- the role that reminders ping, because a facilitator asked for it; null: nobody
ALTER TABLE series ADD COLUMN paused_at INTEGER; -- since when it rests, UTC seconds; null while it goes on
ALTER TABLE series ADD COLUMN revision INTEGER NOT NULL DEFAULT 0 CHECK (revision >= 0); -- raised by every change, so that each change is told once

CREATE TABLE series_exception (
    series_id  INTEGER NOT NULL REFERENCES series (id) ON DELETE CASCADE, -- the series
    occurrence TEXT    NOT NULL CHECK (occurrence GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]'), -- the originally planned civil start, which is the occurrence's id
    kind       TEXT    NOT NULL CHECK (kind IN ('skipped', 'cancelled', 'moved')), -- what becomes of it
    moved_to   TEXT    CHECK (moved_to GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]'), -- the civil start it was moved to; null unless moved
    made_at    INTEGER NOT NULL, -- UTC seconds
    PRIMARY KEY (series_id, occurrence),
    CHECK ((kind = 'moved') = (moved_to IS NOT NULL))
) STRICT;

CREATE TABLE schedule_change (
    id        INTEGER NOT NULL PRIMARY KEY, -- our own number; the undo button names it
    group_id  INTEGER NOT NULL REFERENCES support_group (id) ON DELETE CASCADE, -- the group
    steps     TEXT    NOT NULL CHECK (json_valid(steps)), -- which occurrences were what before and after, as JSON; ids and civil times only
    made_at   INTEGER NOT NULL, -- UTC seconds
    undone_at INTEGER -- when it was taken back, UTC seconds; null while it stands
) STRICT;

CREATE INDEX schedule_change_made ON schedule_change (made_at); -- what can be pruned

CREATE TABLE series_draft (
    id         INTEGER NOT NULL PRIMARY KEY, -- our own number; the save button names it
    group_id   INTEGER NOT NULL REFERENCES support_group (id) ON DELETE CASCADE, -- the group
    user_id    INTEGER NOT NULL, -- who drafted it; only they may save it
    series_id  INTEGER REFERENCES series (id) ON DELETE CASCADE, -- the series to change, later the one it was saved as; null: a new one
    revision   INTEGER, -- the revision of that series when it was drafted; null: a new one
    details    TEXT    NOT NULL CHECK (json_valid(details)), -- what is wanted of the series, as JSON
    expires_at INTEGER NOT NULL, -- from then on it cannot be saved, UTC seconds
    saved_at   INTEGER -- when it was saved, UTC seconds; null while it waits
) STRICT;

CREATE INDEX series_draft_expires ON series_draft (expires_at); -- what can be pruned
