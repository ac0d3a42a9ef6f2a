-- Sessions that are shown among a server's events by Discord itself: which groups want that, and what is there.

CREATE TABLE group_listing (
    group_id INTEGER NOT NULL PRIMARY KEY REFERENCES support_group (id) ON DELETE CASCADE, -- the group
    is_on    INTEGER NOT NULL CHECK (is_on IN (0, 1)), -- whether its sessions are to be shown; 0: what is there is being taken down
    trouble  TEXT    CHECK (trouble IN ('permission', 'full', 'refused', 'away')), -- why the last round did not get through; null: it did
    retry_at INTEGER -- when it is tried again, UTC seconds; null: when something changes
) STRICT;

CREATE TABLE occurrence_listing (
    series_id    INTEGER NOT NULL REFERENCES series (id) ON DELETE CASCADE, -- the series
    occurrence   TEXT    NOT NULL CHECK (occurrence GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]'), -- the originally planned civil start, which is the occurrence's id
    state        TEXT    NOT NULL CHECK (state IN ('intended', 'listed', 'by_hand')), -- about to be made, there, or taken away by a person
    scheduled_id INTEGER, -- Discord's id; null while intended
    shown        TEXT    NOT NULL CHECK (json_valid(shown)), -- what it shows: title, times, place, as JSON
    starts_at    INTEGER NOT NULL, -- when it says that it begins, UTC seconds
    PRIMARY KEY (series_id, occurrence),
    CHECK ((state = 'intended') = (scheduled_id IS NULL))
) STRICT;
