-- Reminders that members set for themselves. What they are about is sealed; when they are due must be readable
-- without the member, so times stand in clear.

CREATE TABLE own_reminder (
    id            INTEGER NOT NULL PRIMARY KEY, -- our own number
    guild_id      INTEGER NOT NULL, -- the guild
    user_id       INTEGER NOT NULL, -- whose it is
    state         TEXT    NOT NULL CHECK (state IN ('draft', 'on', 'over')), -- waits for a yes to direct messages, is on, or was said for the last time
    recurrence    TEXT,             -- when it comes again and again, in civil time; null: once
    zone          TEXT    NOT NULL, -- IANA time zone the civil time is meant in: the member's
    sealed        BLOB    NOT NULL, -- what it is about and how it is shown, sealed with the member's key
    next_at       INTEGER,          -- when it is due next, UTC seconds; null: never again
    snoozed_until INTEGER,          -- when it is said once more because the member put it off, UTC seconds; null: not put off
    due_at        INTEGER GENERATED ALWAYS AS (min(coalesce(next_at, snoozed_until), coalesce(snoozed_until, next_at))) VIRTUAL, -- the earlier of the two
    reckoned_with INTEGER NOT NULL DEFAULT 0, -- the revision of the member's settings that next_at was reckoned with
    changed_at    INTEGER NOT NULL, -- when it was set, changed or last said, UTC seconds
    CHECK (state <> 'on' OR next_at IS NOT NULL),
    CHECK (state <> 'over' OR next_at IS NULL)
) STRICT;

CREATE INDEX own_reminder_due ON own_reminder (due_at) WHERE due_at IS NOT NULL AND state <> 'draft';
CREATE INDEX own_reminder_member ON own_reminder (guild_id, user_id);
