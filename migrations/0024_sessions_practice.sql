-- Home practice: what a facilitator sets for a group or one of its series, and who marked it done, for
-- that member's eyes alone.

CREATE TABLE practice (
    id        INTEGER NOT NULL PRIMARY KEY, -- our own number
    group_id  INTEGER NOT NULL REFERENCES support_group (id) ON DELETE CASCADE, -- the group
    series_id INTEGER REFERENCES series (id) ON DELETE CASCADE, -- the series it belongs to; null: the whole group
    kind      TEXT    NOT NULL CHECK (kind IN ('thought_record', 'mindfulness', 'journal', 'own')), -- what it is
    minutes   INTEGER CHECK (minutes BETWEEN 1 AND 120), -- for how long a day; null: not said
    words     TEXT    CHECK (words IS NULL OR length(words) BETWEEN 1 AND 300), -- the facilitator's own words for it; null: the usual ones
    until_on  TEXT    CHECK (until_on IS NULL OR until_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'), -- last local date; null: until it is ended
    set_at    INTEGER NOT NULL, -- UTC seconds
    ended_at  INTEGER, -- when a facilitator ended it, UTC seconds; null while it goes on
    CHECK (kind <> 'own' OR words IS NOT NULL)
) STRICT;

CREATE INDEX practice_group ON practice (group_id);

CREATE TABLE practice_mark (
    practice_id INTEGER NOT NULL REFERENCES practice (id) ON DELETE CASCADE, -- the practice
    guild_id    INTEGER NOT NULL, -- the guild
    user_id     INTEGER NOT NULL, -- the member who marked it done
    on_date     TEXT    NOT NULL, -- the local day of it, such as 2026-03-10
    marked_at   INTEGER NOT NULL, -- UTC seconds
    PRIMARY KEY (practice_id, user_id, on_date)
) STRICT;

CREATE INDEX practice_mark_member ON practice_mark (guild_id, user_id);
