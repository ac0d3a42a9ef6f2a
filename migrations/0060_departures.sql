-- Who left a server: what is kept of them waits for a while, in case they come back, and is erased then.

CREATE TABLE departure (
    guild_id INTEGER NOT NULL, -- the guild
    user_id  INTEGER NOT NULL, -- who left it
    left_at  INTEGER NOT NULL, -- when we were sure of that, UTC seconds; what is kept waits from then on
    PRIMARY KEY (guild_id, user_id)
) STRICT;

CREATE INDEX departure_left ON departure (left_at); -- whose time is over
