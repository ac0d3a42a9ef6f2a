-- Guilds, the support groups inside them, who belongs to them, and what each person agreed to.

CREATE TABLE guild (
    id        INTEGER NOT NULL PRIMARY KEY, -- Discord's id
    joined_at INTEGER NOT NULL,             -- when the bot came in, UTC seconds
    left_at   INTEGER                       -- when the bot was removed, UTC seconds; null while it is in
) STRICT;

CREATE TABLE support_group (
    id                  INTEGER NOT NULL PRIMARY KEY, -- our own number
    guild_id            INTEGER NOT NULL REFERENCES guild (id) ON DELETE CASCADE, -- the guild it is in
    name                TEXT    NOT NULL COLLATE NOCASE, -- what facilitators call it
    zone                TEXT    NOT NULL, -- IANA time zone its hours are meant in
    channel_id          INTEGER NOT NULL, -- where reminders, prompts and neutral lines go
    country             TEXT    NOT NULL CHECK (length(country) = 2), -- ISO 3166-1, decides which helplines come first
    facilitator_role_id INTEGER, -- the role that may change it; null: only people who may manage the server
    facilitator_channel_id INTEGER, -- where facilitators are asked to come; null: the group's own channel
    noticing            INTEGER NOT NULL DEFAULT 1 CHECK (noticing IN (0, 1)), -- whether words in its channel are checked
    checkin_at          TEXT    CHECK (checkin_at IS NULL OR checkin_at GLOB '[0-2][0-9]:[0-5][0-9]'), -- local hour of the daily prompt; null: no prompt
    checkin_days        TEXT    NOT NULL DEFAULT 'mon,tue,wed,thu,fri,sat,sun', -- weekdays of the prompt
    source              TEXT    NOT NULL CHECK (source IN ('discord', 'file')), -- set up by command, or declared in the configuration
    checkin_next_at     INTEGER, -- when the next prompt is due, UTC seconds; null: never
    created_at          INTEGER NOT NULL, -- UTC seconds
    UNIQUE (guild_id, name)
) STRICT;

CREATE INDEX support_group_checkin ON support_group (checkin_next_at) WHERE checkin_next_at IS NOT NULL;

CREATE TABLE membership (
    group_id  INTEGER NOT NULL REFERENCES support_group (id) ON DELETE CASCADE, -- the group
    user_id   INTEGER NOT NULL, -- the member
    joined_at INTEGER NOT NULL, -- UTC seconds
    left_at   INTEGER,          -- UTC seconds; null while they belong
    PRIMARY KEY (group_id, user_id)
) STRICT;

CREATE TABLE consent (
    guild_id     INTEGER NOT NULL REFERENCES guild (id) ON DELETE CASCADE, -- the guild
    user_id      INTEGER NOT NULL, -- the member
    purpose      TEXT    NOT NULL CHECK (purpose IN ('checkins', 'direct_messages', 'noticing')), -- what it is about
    given        INTEGER NOT NULL CHECK (given IN (0, 1)), -- yes or no, as they said it
    text_version INTEGER NOT NULL, -- the version of the words they were asked with
    decided_at   INTEGER NOT NULL, -- UTC seconds
    PRIMARY KEY (guild_id, user_id, purpose)
) STRICT;
