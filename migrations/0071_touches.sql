-- Touches: "how are you?" after 30, 60 and 90 days, 6 and 12 months, for whoever agreed when they graduated.

CREATE TABLE alumni_touch (
    id           INTEGER NOT NULL PRIMARY KEY, -- our own number; the buttons name it, and sealed answers are bound to it
    group_id     INTEGER NOT NULL REFERENCES support_group (id) ON DELETE CASCADE, -- the group they graduated from
    guild_id     INTEGER NOT NULL, -- its guild
    user_id      INTEGER NOT NULL, -- the alum
    at           TEXT    NOT NULL CHECK (at GLOB '[0-2][0-9]:[0-5][0-9]'), -- local hour, in their zone
    graduated_at INTEGER NOT NULL, -- when they graduated, UTC seconds; the days are counted from then
    mark         INTEGER NOT NULL CHECK (mark BETWEEN 0 AND 5), -- which touch is next, counted from 0; 5: none is left
    next_at      INTEGER, -- when it is due, UTC seconds; null: resting after two unused, or none is left
    unused       INTEGER NOT NULL DEFAULT 0 CHECK (unused >= 0), -- how many in a row nobody answered
    agreed_at    INTEGER NOT NULL, -- when they agreed, UTC seconds
    UNIQUE (group_id, user_id)
) STRICT;

CREATE INDEX alumni_touch_next ON alumni_touch (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX alumni_touch_member ON alumni_touch (guild_id, user_id);

CREATE TABLE alumni_touch_answer (
    touch_id    INTEGER NOT NULL REFERENCES alumni_touch (id) ON DELETE CASCADE, -- whose touches
    mark        INTEGER NOT NULL CHECK (mark BETWEEN 0 AND 4), -- which one was answered
    sealed      BLOB    NOT NULL, -- the answer, sealed with the member's key
    answered_at INTEGER NOT NULL, -- when, UTC seconds
    PRIMARY KEY (touch_id, mark)
) STRICT;
