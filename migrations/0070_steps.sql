-- The way down from daily care to one's own life: a group's steps, who is on which, and the questions that
-- wait for a member's yes. Nobody is moved without it.

CREATE TABLE group_step (
    id        INTEGER NOT NULL PRIMARY KEY, -- our own number
    group_id  INTEGER NOT NULL REFERENCES support_group (id) ON DELETE CASCADE, -- the group
    place     INTEGER NOT NULL CHECK (place >= 1), -- its order: 1 is the most support
    name      TEXT    NOT NULL COLLATE NOCASE CHECK (length(name) BETWEEN 1 AND 40), -- what the group calls it
    days      TEXT    NOT NULL, -- on which weekdays its members are asked by direct message, such as mon,wed; empty: not at all
    reminders INTEGER NOT NULL CHECK (reminders IN (0, 1)), -- whether their own reminders of sessions go on
    role_id   INTEGER, -- the role its members hold; null: none
    UNIQUE (group_id, name)
) STRICT;

CREATE TABLE member_step (
    group_id INTEGER NOT NULL REFERENCES support_group (id) ON DELETE CASCADE, -- the group
    guild_id INTEGER NOT NULL, -- its guild
    user_id  INTEGER NOT NULL, -- the member
    step_id  INTEGER NOT NULL REFERENCES group_step (id), -- where they are; a step with people on it is not removed
    since_at INTEGER NOT NULL, -- since when, UTC seconds
    PRIMARY KEY (group_id, user_id)
) STRICT;

CREATE INDEX member_step_step ON member_step (step_id);
CREATE INDEX member_step_member ON member_step (guild_id, user_id);

CREATE TABLE step_offer (
    id         INTEGER NOT NULL PRIMARY KEY, -- our own number; the question's buttons name it
    group_id   INTEGER NOT NULL REFERENCES support_group (id) ON DELETE CASCADE, -- the group
    guild_id   INTEGER NOT NULL, -- its guild
    user_id    INTEGER NOT NULL, -- the member who is asked
    step_id    INTEGER NOT NULL REFERENCES group_step (id) ON DELETE CASCADE, -- where they would be
    by_user_id INTEGER, -- the facilitator who asks; null: they were forgotten
    state      TEXT    NOT NULL CHECK (state IN ('open', 'agreed', 'declined', 'withdrawn', 'expired')), -- what became of it
    offered_at INTEGER NOT NULL, -- when it was asked, UTC seconds
    settled_at INTEGER CHECK ((state = 'open') = (settled_at IS NULL)) -- when it reached its end, UTC seconds
) STRICT;

CREATE UNIQUE INDEX step_offer_open ON step_offer (group_id, user_id) WHERE state = 'open'; -- one question at a time
CREATE INDEX step_offer_member ON step_offer (guild_id, user_id);
