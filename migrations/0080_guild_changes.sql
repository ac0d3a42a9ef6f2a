-- What facilitators changed for a whole server (words, helplines) is kept beside what they changed in one group.

CREATE TABLE group_change_of_all (
    id       INTEGER NOT NULL PRIMARY KEY, -- our own number
    guild_id INTEGER NOT NULL, -- the guild
    group_id INTEGER REFERENCES support_group (id) ON DELETE CASCADE, -- the group; null: all groups of the guild
    actor_id INTEGER, -- who changed it; null: the configuration file, or somebody who was forgotten since
    what     TEXT    NOT NULL CHECK (what GLOB '[a-z]*.[a-z]*'), -- what was done, such as schedule.skip
    about    INTEGER, -- our own number of what it was done to, such as a series; null: the group itself
    was      TEXT    CHECK (was IS NULL OR json_valid(was)), -- how it was, as JSON; null: it was not there
    became   TEXT    CHECK (became IS NULL OR json_valid(became)), -- how it became, as JSON; null: it is gone
    at       INTEGER NOT NULL -- UTC seconds
) STRICT;

INSERT INTO group_change_of_all SELECT * FROM group_change;
DROP TABLE group_change;
ALTER TABLE group_change_of_all RENAME TO group_change;

CREATE INDEX group_change_group ON group_change (group_id, id); -- what facilitators look through, newest first
CREATE INDEX group_change_guild ON group_change (guild_id, id) WHERE group_id IS NULL; -- what holds for every group
CREATE INDEX group_change_at ON group_change (at); -- what can be pruned
