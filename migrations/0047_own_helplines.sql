-- Helplines that facilitators added for their server, shown after those of the directory.

CREATE TABLE own_helpline (
    id          INTEGER NOT NULL PRIMARY KEY, -- our own number
    guild_id    INTEGER NOT NULL REFERENCES guild (id) ON DELETE CASCADE, -- the server
    country     TEXT    NOT NULL CHECK (length(country) = 2), -- ISO 3166-1, where it can be reached
    name        TEXT    NOT NULL COLLATE NOCASE, -- as people know it
    about       TEXT    NOT NULL, -- one sentence
    topic       TEXT    NOT NULL, -- what it is for, in the directory's words
    call        TEXT,    -- number to call
    text        TEXT,    -- number for text messages
    chat        TEXT,    -- address of a chat
    hours       TEXT    NOT NULL, -- "24/7", or when it is open, in words
    source      TEXT    NOT NULL, -- where it is known from
    verified_on TEXT    NOT NULL, -- the day on which that was right
    UNIQUE (guild_id, name)
) STRICT;
