-- What members set for themselves (zone, quiet hours, being away), the check-in prompt by direct message at
-- a member's own hour, and prompts that nobody uses.

CREATE TABLE member_settings (
    guild_id   INTEGER NOT NULL, -- the guild
    user_id    INTEGER NOT NULL, -- the member
    zone       TEXT,             -- IANA time zone they live in; null: their group's
    quiet      TEXT    NOT NULL DEFAULT 'none', -- local hours in which nothing is sent unasked, such as 22:00-07:00
    away_since INTEGER,          -- since when they are away, UTC seconds; null while they are here
    away_until INTEGER,          -- until when, UTC seconds; null: until they say so
    revision   INTEGER NOT NULL DEFAULT 1 CHECK (revision >= 1), -- raised by every change, so that what was reckoned with it is reckoned anew
    PRIMARY KEY (guild_id, user_id),
    CHECK (away_until IS NULL OR away_since IS NOT NULL)
) STRICT;

CREATE TABLE checkin_direct (
    group_id  INTEGER NOT NULL REFERENCES support_group (id) ON DELETE CASCADE, -- the group that asks
    guild_id  INTEGER NOT NULL, -- its guild
    user_id   INTEGER NOT NULL, -- the member who is asked
    at        TEXT    NOT NULL CHECK (at GLOB '[0-2][0-9]:[0-5][0-9]'), -- the member's own hour, in their own zone
    next_at   INTEGER,          -- when they are asked next, UTC seconds; null while it rests because it was not used
    unused    INTEGER NOT NULL DEFAULT 0 CHECK (unused >= 0), -- prompts in a row that led to nothing
    reckoned_with INTEGER NOT NULL DEFAULT 0, -- the revision of the member's settings that next_at was reckoned with
    PRIMARY KEY (group_id, user_id)
) STRICT;

CREATE INDEX checkin_direct_next ON checkin_direct (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX checkin_direct_member ON checkin_direct (guild_id, user_id);

ALTER TABLE checkin_setup ADD COLUMN offer_after INTEGER NOT NULL DEFAULT 14 CHECK (offer_after BETWEEN 3 AND 60); -- prompts in a row that nobody used after which switching off is offered

CREATE TABLE checkin_rest (
    group_id     INTEGER NOT NULL PRIMARY KEY REFERENCES support_group (id) ON DELETE CASCADE, -- the group
    counted_from TEXT    NOT NULL, -- unused prompts are counted from this local day on
    rests        INTEGER NOT NULL CHECK (rests IN (0, 1)) -- whether the prompt rests until somebody decides
) STRICT;
