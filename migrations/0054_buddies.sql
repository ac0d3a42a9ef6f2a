-- Buddies: who wants to be paired with somebody of their group, when, with whom not, and who met whom.

CREATE TABLE buddy_setup (
    group_id   INTEGER NOT NULL PRIMARY KEY REFERENCES support_group (id) ON DELETE CASCADE, -- the group
    recurrence TEXT    NOT NULL, -- when people are paired, in the group's civil time
    round      INTEGER NOT NULL CHECK (round >= 1), -- the number of the next round
    next_at    INTEGER NOT NULL, -- when the next round is paired, UTC seconds
    warned     INTEGER NOT NULL DEFAULT 0 CHECK (warned IN (0, 1)), -- whether people were told of it the day before
    due_at     INTEGER GENERATED ALWAYS AS (CASE warned WHEN 0 THEN next_at - 86400 ELSE next_at END) VIRTUAL -- when there is something to do next
) STRICT;

CREATE INDEX buddy_setup_due ON buddy_setup (due_at);

CREATE TABLE buddy_member (
    group_id  INTEGER NOT NULL REFERENCES support_group (id) ON DELETE CASCADE, -- the group
    guild_id  INTEGER NOT NULL, -- its guild
    user_id   INTEGER NOT NULL, -- who wants to be paired
    joined_at INTEGER NOT NULL, -- UTC seconds
    skips     INTEGER, -- the round they want to leave out; null: none
    PRIMARY KEY (group_id, user_id)
) STRICT;

CREATE INDEX buddy_member_member ON buddy_member (guild_id, user_id);

CREATE TABLE buddy_block (
    guild_id   INTEGER NOT NULL, -- the guild
    user_id    INTEGER NOT NULL, -- who does not want to be paired
    blocked_id INTEGER NOT NULL, -- with whom; that person is not told
    made_at    INTEGER NOT NULL, -- UTC seconds
    PRIMARY KEY (guild_id, user_id, blocked_id)
) STRICT;

CREATE TABLE buddy_meeting (
    group_id INTEGER NOT NULL REFERENCES support_group (id) ON DELETE CASCADE, -- the group
    round    INTEGER NOT NULL, -- the round
    user_id  INTEGER NOT NULL, -- who met
    guild_id INTEGER NOT NULL, -- the guild
    meeting  INTEGER NOT NULL, -- the number of the meeting in its round: whoever shares it met
    met_at   INTEGER NOT NULL, -- when they were paired, UTC seconds
    PRIMARY KEY (group_id, round, user_id)
) STRICT;

CREATE INDEX buddy_meeting_member ON buddy_meeting (guild_id, user_id);
