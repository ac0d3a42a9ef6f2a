-- Who asked to be forgotten, so that a restored backup of the data does not bring them back.

CREATE TABLE forgotten (
    guild_id INTEGER NOT NULL, -- the guild they were a member in
    user_id  INTEGER NOT NULL, -- the member; nothing else is known here
    at       INTEGER NOT NULL, -- when they were last forgotten, UTC seconds; what is newer is theirs again
    PRIMARY KEY (guild_id, user_id)
) STRICT;
