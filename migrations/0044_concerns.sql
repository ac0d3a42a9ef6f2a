-- Concerns: whom a group lets be told when somebody asks for a person or, where it wants that, when words worry;
-- who was told that it does; who is on call; and what became of each concern. Ids only, but for what a member chose
-- to say, which is sealed.

CREATE TABLE concern_setup (
    group_id     INTEGER NOT NULL PRIMARY KEY REFERENCES support_group (id) ON DELETE CASCADE, -- the group
    channel_id   INTEGER NOT NULL, -- where responders look
    role_id      INTEGER NOT NULL, -- the role of the responders
    next_role_id INTEGER, -- the role that is called when no responder answers; null: the facilitators'
    minutes      INTEGER NOT NULL CHECK (minutes BETWEEN 2 AND 120), -- how long each circle has to answer
    raised_from  TEXT    NOT NULL CHECK (raised_from IN ('low', 'high', 'imminent', 'never')), -- from which level words raise a concern by themselves
    changed_at   INTEGER NOT NULL -- UTC seconds
) STRICT;

CREATE TABLE concern_told (
    group_id INTEGER NOT NULL REFERENCES support_group (id) ON DELETE CASCADE, -- the group
    user_id  INTEGER NOT NULL, -- the member
    wanted   INTEGER NOT NULL CHECK (wanted IN (0, 1)), -- whether responders may be told of them unasked
    told_at  INTEGER NOT NULL, -- when they were told that the group does so, or changed their mind, UTC seconds
    PRIMARY KEY (group_id, user_id)
) STRICT;

CREATE TABLE on_call (
    id       INTEGER NOT NULL PRIMARY KEY, -- our own number
    group_id INTEGER NOT NULL REFERENCES support_group (id) ON DELETE CASCADE, -- the group
    user_id  INTEGER NOT NULL, -- the responder
    days     TEXT    NOT NULL, -- weekdays on which it begins, such as mon,wed
    from_at  TEXT    NOT NULL CHECK (from_at GLOB '[0-2][0-9]:[0-5][0-9]'), -- local hour in the group's zone
    until_at TEXT    NOT NULL CHECK (until_at GLOB '[0-2][0-9]:[0-5][0-9]'), -- local hour; not after from_at: of the next day
    added_at INTEGER NOT NULL -- UTC seconds
) STRICT;

CREATE INDEX on_call_group ON on_call (group_id);

CREATE TABLE concern (
    id           INTEGER NOT NULL PRIMARY KEY, -- our own number
    group_id     INTEGER NOT NULL REFERENCES support_group (id) ON DELETE CASCADE, -- the group
    guild_id     INTEGER NOT NULL, -- its guild
    user_id      INTEGER NOT NULL, -- whom it is about
    kind         TEXT    NOT NULL CHECK (kind IN ('asked', 'noticed')), -- they asked for a person, or words worried
    level        TEXT    CHECK (level IN ('low', 'high', 'imminent')), -- of the words; null when they asked
    topics       TEXT    NOT NULL DEFAULT '', -- of the words, such as suicide,self_harm
    source_channel_id INTEGER, -- where the words stand
    source_message_id INTEGER, -- which message it is
    words        BLOB, -- what they chose to say to the responders, sealed with their key
    state        TEXT    NOT NULL CHECK (state IN ('waiting', 'answered', 'backup', 'unanswered', 'closed', 'withdrawn')), -- the arrows are in crisis/mod.rs
    circle       TEXT    NOT NULL CHECK (circle IN ('on_call', 'responders', 'next')), -- who was called last
    responder_id INTEGER, -- who is there for them
    handed       TEXT    CHECK (handed IN ('talked', 'no_answer', 'not_alone', 'time_up')), -- what the one before handed on
    told         TEXT    NOT NULL DEFAULT 'no' CHECK (told IN ('no', 'direct', 'line')), -- how the member was told that nobody answered
    next_at      INTEGER, -- when it is looked at next, UTC seconds; null: nobody waits for the clock
    raised_at    INTEGER NOT NULL, -- UTC seconds
    round        INTEGER NOT NULL DEFAULT 0 CHECK (round >= 0), -- counts the calls, for the keys of their envelopes
    CHECK ((level IS NULL) = (kind = 'asked')),
    CHECK (responder_id IS NOT NULL OR state NOT IN ('answered', 'backup')),
    CHECK (next_at IS NULL OR state NOT IN ('answered', 'closed', 'withdrawn'))
) STRICT;

CREATE UNIQUE INDEX concern_open ON concern (group_id, user_id) WHERE state NOT IN ('closed', 'withdrawn');
CREATE INDEX concern_next ON concern (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX concern_raised ON concern (raised_at);

CREATE TABLE concern_step (
    id         INTEGER NOT NULL PRIMARY KEY, -- our own number
    concern_id INTEGER NOT NULL REFERENCES concern (id) ON DELETE CASCADE, -- the concern
    at         INTEGER NOT NULL, -- UTC seconds
    what       TEXT    NOT NULL CHECK (what IN ('raised', 'again', 'called', 'here', 'backup', 'handed', 'unanswered', 'told', 'closed', 'withdrawn')), -- what happened
    actor_id   INTEGER, -- who did it; null: the member, or the clock
    circle     TEXT    CHECK (circle IN ('on_call', 'responders', 'next')) -- who was called
) STRICT;

CREATE INDEX concern_step_concern ON concern_step (concern_id);
