-- Companions: somebody a graduate chose to be the one who asks how they are. Without a row the bot asks by itself.

CREATE TABLE touch_companion (
    touch_id   INTEGER NOT NULL PRIMARY KEY REFERENCES alumni_touch (id) ON DELETE CASCADE, -- whose touches
    guild_id   INTEGER NOT NULL, -- the guild
    user_id    INTEGER CHECK ((state = 'gone') = (user_id IS NULL)), -- who was chosen; null: they left, or were forgotten
    state      TEXT    NOT NULL CHECK (state IN ('asked', 'agreed', 'gone')), -- where it is; a no removes the row
    asked_at   INTEGER NOT NULL, -- when they were chosen, UTC seconds
    told_mark  INTEGER, -- of which touch they were told last; null: of none yet
    taken_mark INTEGER  -- for which touch they said that they ask; null: for none yet
) STRICT;

CREATE INDEX touch_companion_user ON touch_companion (guild_id, user_id);
