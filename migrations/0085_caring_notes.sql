-- Caring notes: short notes that alumni write, facilitators read first, and people who opted in get a few times a year.

CREATE TABLE caring_note (
    id         INTEGER NOT NULL PRIMARY KEY, -- our own number; the buttons name it, and the sealed words are bound to it
    group_id   INTEGER NOT NULL REFERENCES support_group (id) ON DELETE CASCADE, -- the group it is for
    guild_id   INTEGER NOT NULL, -- its guild
    user_id    INTEGER NOT NULL, -- the alum who wrote it; whoever gets it does not see who
    sealed     BLOB    NOT NULL, -- the words, sealed with the writer's key
    state      TEXT    NOT NULL CHECK (state IN ('draft', 'waiting', 'approved', 'declined')), -- where it is on its way
    changed_at INTEGER NOT NULL -- when it came to that state, UTC seconds
) STRICT;

CREATE INDEX caring_note_group ON caring_note (group_id, state);
CREATE INDEX caring_note_member ON caring_note (guild_id, user_id);

CREATE TABLE caring_wish (
    group_id  INTEGER NOT NULL REFERENCES support_group (id) ON DELETE CASCADE, -- the group whose notes they want
    guild_id  INTEGER NOT NULL, -- its guild
    user_id   INTEGER NOT NULL, -- who wants them
    slot      INTEGER NOT NULL CHECK (slot >= 0), -- which quarter of a year is next, counted from 0
    next_at   INTEGER NOT NULL, -- when the next note is due, UTC seconds
    agreed_at INTEGER NOT NULL, -- when they agreed, UTC seconds; the quarters are counted from then
    PRIMARY KEY (group_id, user_id)
) STRICT;

CREATE INDEX caring_wish_next ON caring_wish (next_at);
CREATE INDEX caring_wish_member ON caring_wish (guild_id, user_id);

CREATE TABLE caring_sent (
    group_id INTEGER NOT NULL REFERENCES support_group (id) ON DELETE CASCADE, -- the group
    guild_id INTEGER NOT NULL, -- its guild
    user_id  INTEGER NOT NULL, -- who got it
    note_id  INTEGER NOT NULL REFERENCES caring_note (id) ON DELETE CASCADE, -- which note
    sent_at  INTEGER NOT NULL, -- when, UTC seconds
    PRIMARY KEY (user_id, note_id, sent_at)
) STRICT;

CREATE INDEX caring_sent_member ON caring_sent (guild_id, user_id, sent_at);
CREATE INDEX caring_sent_note ON caring_sent (note_id);
