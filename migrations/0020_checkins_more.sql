-- The second step of a check-in: what a group asks besides the mood, and what a member wishes of it.

CREATE TABLE checkin_setup (
    group_id  INTEGER NOT NULL PRIMARY KEY REFERENCES support_group (id) ON DELETE CASCADE, -- the group
    questions TEXT    NOT NULL, -- what is asked besides the mood, such as energy,sleep,win; empty: nothing
    own_1     TEXT    CHECK (own_1 IS NULL OR length(own_1) BETWEEN 1 AND 45), -- the group's first own question
    own_2     TEXT    CHECK (own_2 IS NULL OR length(own_2) BETWEEN 1 AND 45), -- the group's second own question
    changed_at INTEGER NOT NULL -- UTC seconds
) STRICT;

CREATE TABLE checkin_wishes (
    guild_id   INTEGER NOT NULL, -- the guild
    user_id    INTEGER NOT NULL, -- the member
    sealed     BLOB    NOT NULL, -- what they want to be asked and what helps them, sealed with the member's key
    changed_at INTEGER NOT NULL, -- UTC seconds
    PRIMARY KEY (guild_id, user_id)
) STRICT;
