-- What facilitators changed: who, what, when, from what to what; ids, times and settings only.

CREATE TABLE group_change (
    id       INTEGER NOT NULL PRIMARY KEY, -- our own number
    guild_id INTEGER NOT NULL, -- the guild
    group_id INTEGER NOT NULL REFERENCES support_group (id) ON DELETE CASCADE, -- the group
    actor_id INTEGER, -- who changed it; null: the configuration file, or somebody who was forgotten since
    what     TEXT    NOT NULL CHECK (what GLOB '[a-z]*.[a-z]*'), -- what was done, such as schedule.skip
    about    INTEGER, -- our own number of what it was done to, such as a series; null: the group itself
    was      TEXT    CHECK (was IS NULL OR json_valid(was)), -- how it was, as JSON; null: it was not there
    became   TEXT    CHECK (became IS NULL OR json_valid(became)), -- how it became, as JSON; null: it is gone
    at       INTEGER NOT NULL -- UTC seconds
) STRICT;

CREATE INDEX group_change_group ON group_change (group_id, id); -- what facilitators look through, newest first
CREATE INDEX group_change_at ON group_change (at); -- what can be pruned
