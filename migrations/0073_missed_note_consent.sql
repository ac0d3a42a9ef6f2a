-- Whether a member was asked, in place and once, for a note when they are missed, and what they said.

CREATE TABLE missed_note_consent (
    group_id     INTEGER NOT NULL REFERENCES support_group (id) ON DELETE CASCADE, -- the group whose sessions it is about
    guild_id     INTEGER NOT NULL, -- its guild
    user_id      INTEGER NOT NULL, -- the member
    given        INTEGER CHECK (given IN (0, 1)), -- yes or no, as they said it; null: asked, and not answered
    text_version INTEGER NOT NULL CHECK (text_version >= 1), -- the version of the words they were asked with
    asked_at     INTEGER NOT NULL, -- when they were asked first, or said so by themselves, UTC seconds
    decided_at   INTEGER CHECK ((given IS NULL) = (decided_at IS NULL)), -- when they said so last, UTC seconds; null: not yet
    PRIMARY KEY (group_id, user_id)
) STRICT;

CREATE INDEX missed_note_consent_member ON missed_note_consent (guild_id, user_id);

-- Whoever wished for it before had read the first words.
INSERT INTO missed_note_consent (group_id, guild_id, user_id, given, text_version, asked_at, decided_at)
    SELECT group_id, guild_id, user_id, 1, 1, changed_at, changed_at FROM session_wish WHERE missed_note = 1;
