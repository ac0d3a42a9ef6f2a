-- Alumni who agreed to be found, and mentors: matched by topics, asked on both sides, never the same two twice.

CREATE TABLE alumni_listing (
    group_id  INTEGER NOT NULL REFERENCES support_group (id) ON DELETE CASCADE, -- the group in which they can be found
    guild_id  INTEGER NOT NULL, -- its guild
    user_id   INTEGER NOT NULL, -- the alum
    topics    TEXT    NOT NULL CHECK (topics <> ''), -- what for, from the fixed list, such as work,family
    capacity  INTEGER NOT NULL CHECK (capacity BETWEEN 0 AND 5), -- how many people they mentor at once; 0: found, not matched
    listed_at INTEGER NOT NULL, -- when they agreed last, UTC seconds
    PRIMARY KEY (group_id, user_id)
) STRICT;

CREATE INDEX alumni_listing_member ON alumni_listing (guild_id, user_id);

CREATE TABLE mentor_match (
    id        INTEGER NOT NULL PRIMARY KEY, -- our own number; the buttons name it
    group_id  INTEGER NOT NULL REFERENCES support_group (id) ON DELETE CASCADE, -- the group
    guild_id  INTEGER NOT NULL, -- its guild
    mentor_id INTEGER NOT NULL, -- the alum
    member_id INTEGER NOT NULL CHECK (member_id <> mentor_id), -- who asked for a mentor
    topic     TEXT    NOT NULL, -- what for, from the fixed list
    state     TEXT    NOT NULL CHECK (state IN ('asked', 'matched', 'declined', 'ended')), -- where it is
    made_at   INTEGER NOT NULL, -- when it was asked for, UTC seconds
    ended_at  INTEGER CHECK ((state IN ('declined', 'ended')) = (ended_at IS NOT NULL)), -- when it ended, UTC seconds
    UNIQUE (group_id, mentor_id, member_id) -- the same two are never brought together twice
) STRICT;

CREATE INDEX mentor_match_mentor ON mentor_match (guild_id, mentor_id);
CREATE INDEX mentor_match_member ON mentor_match (guild_id, member_id);
CREATE INDEX mentor_match_open ON mentor_match (group_id) WHERE state IN ('asked', 'matched'); -- both still have to be here
