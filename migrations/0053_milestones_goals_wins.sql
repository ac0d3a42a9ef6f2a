-- When a milestone is due to be announced, wins that members shared, and where a group wants to see them. What a
-- milestone, a goal or a win is about stands on the member's sealed sheets.

CREATE TABLE milestone_due (
    guild_id  INTEGER NOT NULL, -- the guild
    user_id   INTEGER NOT NULL, -- whose it is
    milestone INTEGER NOT NULL, -- its number on the member's sheet
    group_id  INTEGER NOT NULL REFERENCES support_group (id) ON DELETE CASCADE, -- where it is announced, because the member chose so
    mark      INTEGER NOT NULL CHECK (mark BETWEEN 1 AND 36500), -- the days that are announced next
    next_at   INTEGER NOT NULL, -- when, UTC seconds
    set_at    INTEGER NOT NULL, -- when the member chose it or it last moved on, UTC seconds
    PRIMARY KEY (guild_id, user_id, milestone)
) STRICT;

CREATE INDEX milestone_due_next ON milestone_due (next_at);

CREATE TABLE shared_win (
    guild_id  INTEGER NOT NULL, -- the guild
    user_id   INTEGER NOT NULL, -- who shared it
    win       INTEGER NOT NULL, -- its number on the member's sheet
    group_id  INTEGER NOT NULL REFERENCES support_group (id) ON DELETE CASCADE, -- with whom
    shared_at INTEGER NOT NULL, -- UTC seconds
    PRIMARY KEY (guild_id, user_id, win)
) STRICT;

CREATE INDEX shared_win_group ON shared_win (group_id, shared_at);

CREATE TABLE recovery_setup (
    group_id        INTEGER NOT NULL PRIMARY KEY REFERENCES support_group (id) ON DELETE CASCADE, -- the group
    wins_channel_id INTEGER, -- where shared wins are posted; null: the group's own channel
    digest          TEXT,    -- when the week's shared wins are summed up, such as sun 18:00; null: not at all
    digest_next_at  INTEGER, -- when that is due next, UTC seconds
    CHECK ((digest IS NULL) = (digest_next_at IS NULL))
) STRICT;

CREATE INDEX recovery_setup_digest ON recovery_setup (digest_next_at) WHERE digest_next_at IS NOT NULL;
