-- A member's own sheets: safety plan, words for bad days, what helps, milestones, goals, small wins. Each is one
-- sealed value; nothing of it can be read without the member's key.

CREATE TABLE recovery_sheet (
    guild_id   INTEGER NOT NULL, -- the guild
    user_id    INTEGER NOT NULL, -- whose it is
    sheet      TEXT    NOT NULL CHECK (sheet IN ('safety_plan', 'bad_days', 'skills', 'milestones', 'goals', 'wins')), -- which one
    sealed     BLOB    NOT NULL, -- what stands on it, sealed with the member's key
    changed_at INTEGER NOT NULL, -- UTC seconds
    PRIMARY KEY (guild_id, user_id, sheet)
) STRICT;
