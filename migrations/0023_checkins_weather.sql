-- What a group agreed to beyond asking: who sees its weather, and whether members can be written to when
-- they have gone quiet; what members said to either; and the weather itself, which is numbers with noise in
-- them and names nobody.

CREATE TABLE checkin_agreed (
    group_id    INTEGER NOT NULL PRIMARY KEY REFERENCES support_group (id) ON DELETE CASCADE, -- the group
    weather     TEXT    NOT NULL CHECK (weather IN ('off', 'facilitators', 'all')), -- who may see how the group's week was
    quiet_after INTEGER CHECK (quiet_after BETWEEN 2 AND 30), -- after how many missed days members who wish so are written to; null: never
    changed_at  INTEGER NOT NULL -- UTC seconds
) STRICT;

CREATE TABLE checkin_counted (
    guild_id     INTEGER NOT NULL, -- the guild
    user_id      INTEGER NOT NULL, -- the member
    given        INTEGER NOT NULL CHECK (given IN (0, 1)), -- whether their moods may be counted in the weather, as they said it
    text_version INTEGER NOT NULL, -- the version of the words they were asked with
    decided_at   INTEGER NOT NULL, -- UTC seconds
    PRIMARY KEY (guild_id, user_id)
) STRICT;

CREATE TABLE checkin_weather (
    group_id INTEGER NOT NULL REFERENCES support_group (id) ON DELETE CASCADE, -- the group
    week_on  TEXT    NOT NULL, -- the Monday of the week it is about, such as 2026-03-02
    hard     INTEGER NOT NULL CHECK (hard >= 0), -- about how many were really hard, with noise
    low      INTEGER NOT NULL CHECK (low >= 0), -- about how many were low, with noise
    mixed    INTEGER NOT NULL CHECK (mixed >= 0), -- about how many were so-so, with noise
    okay     INTEGER NOT NULL CHECK (okay >= 0), -- about how many were okay, with noise
    good     INTEGER NOT NULL CHECK (good >= 0), -- about how many were good, with noise
    made_at  INTEGER NOT NULL, -- when it was reckoned, once and for all, UTC seconds
    PRIMARY KEY (group_id, week_on)
) STRICT;

CREATE TABLE checkin_quiet (
    group_id     INTEGER NOT NULL REFERENCES support_group (id) ON DELETE CASCADE, -- the group whose silence counts
    guild_id     INTEGER NOT NULL, -- its guild
    user_id      INTEGER NOT NULL, -- the member who wishes to be written to
    tell         TEXT    NOT NULL CHECK (tell IN ('nobody', 'facilitators', 'buddy')), -- who else is told, if it stays quiet
    buddy_id     INTEGER, -- the person they named; null unless a buddy is told
    text_version INTEGER NOT NULL, -- the version of the words they agreed to
    agreed_at    INTEGER NOT NULL, -- UTC seconds
    heard_at     INTEGER NOT NULL, -- when they were last heard of otherwise than by an answer, UTC seconds
    noted_at     INTEGER, -- when they were written to in this stretch of silence, UTC seconds; null: not yet
    told_at      INTEGER, -- when the other was told in this stretch, UTC seconds; null: not yet, or not to be
    next_at      INTEGER, -- when to look again, UTC seconds; null: not before something changes
    reckoned_with INTEGER NOT NULL DEFAULT 0, -- the revision of the member's settings that next_at was reckoned with
    PRIMARY KEY (group_id, user_id),
    CHECK ((tell = 'buddy') = (buddy_id IS NOT NULL))
) STRICT;

CREATE INDEX checkin_quiet_next ON checkin_quiet (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX checkin_quiet_member ON checkin_quiet (guild_id, user_id);
CREATE INDEX checkin_quiet_buddy ON checkin_quiet (buddy_id) WHERE buddy_id IS NOT NULL;
