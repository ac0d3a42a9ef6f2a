-- The members' wrapped keys, kept apart from the data so that a forgotten key stays forgotten.

CREATE TABLE member_key (
    guild_id   INTEGER NOT NULL, -- the guild the member is in
    user_id    INTEGER NOT NULL, -- the member
    wrapped    BLOB    NOT NULL, -- the member's key, sealed with a key derived from the operator's
    created_at INTEGER NOT NULL, -- when it was made, UTC seconds
    PRIMARY KEY (guild_id, user_id)
) STRICT;

CREATE TABLE installation (
    one         INTEGER NOT NULL PRIMARY KEY CHECK (one = 1), -- there is one row
    fingerprint TEXT    NOT NULL -- recognises the operator's key without holding it
) STRICT;
