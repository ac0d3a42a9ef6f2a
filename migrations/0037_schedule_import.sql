-- A schedule that was read from a file and waits for a press.

CREATE TABLE schedule_import (
    id         INTEGER NOT NULL PRIMARY KEY, -- our own number; the save button names it
    group_id   INTEGER NOT NULL REFERENCES support_group (id) ON DELETE CASCADE, -- the group
    user_id    INTEGER NOT NULL, -- who gave the file; only they may save it
    changes    TEXT    NOT NULL CHECK (json_valid(changes)), -- what is to be made and changed, as JSON
    expires_at INTEGER NOT NULL -- from then on it cannot be saved, UTC seconds
) STRICT;

CREATE INDEX schedule_import_expires ON schedule_import (expires_at); -- what can be pruned
