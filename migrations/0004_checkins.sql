-- Daily check-ins: one window a group and local day, one sealed answer a member and window.

CREATE TABLE checkin_prompt (
    id        INTEGER NOT NULL PRIMARY KEY, -- our own number
    group_id  INTEGER NOT NULL REFERENCES support_group (id) ON DELETE CASCADE, -- the group that is asked
    on_date   TEXT    NOT NULL, -- the local day it is about, such as 2026-03-10
    opens_at  INTEGER NOT NULL, -- UTC seconds
    closes_at INTEGER NOT NULL, -- answers are taken and edited until then, UTC seconds
    UNIQUE (group_id, on_date)
) STRICT;

CREATE TABLE checkin_answer (
    prompt_id   INTEGER NOT NULL REFERENCES checkin_prompt (id) ON DELETE CASCADE, -- the window it answers
    guild_id    INTEGER NOT NULL, -- the guild
    user_id     INTEGER NOT NULL, -- the member
    sealed      BLOB    NOT NULL, -- the answer, sealed with the member's key
    answered_at INTEGER NOT NULL, -- when it was first given, UTC seconds
    edited_at   INTEGER NOT NULL, -- when it was last changed, UTC seconds
    PRIMARY KEY (prompt_id, user_id)
) STRICT;

CREATE INDEX checkin_answer_member ON checkin_answer (guild_id, user_id);
