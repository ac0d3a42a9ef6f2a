-- A group's own coping skills, besides the library: written by facilitators for everybody in the group.

CREATE TABLE group_skill (
    id         INTEGER NOT NULL PRIMARY KEY, -- our own number
    group_id   INTEGER NOT NULL REFERENCES support_group (id) ON DELETE CASCADE, -- the group
    name       TEXT    NOT NULL CHECK (length(name) BETWEEN 1 AND 60), -- what facilitators call it
    steps      TEXT    NOT NULL CHECK (steps <> ''), -- step by step, a line each
    caution    TEXT    NOT NULL, -- who should take care with it; empty: nothing said
    created_at INTEGER NOT NULL -- UTC seconds
) STRICT;

CREATE INDEX group_skill_group ON group_skill (group_id);
