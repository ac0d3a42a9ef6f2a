-- A guild's own words over the shared lexicon, and how readily single channels are answered.

CREATE TABLE guild_word (
    id       INTEGER NOT NULL PRIMARY KEY, -- our own number; the phrase is called guild.<number>
    guild_id INTEGER NOT NULL REFERENCES guild (id) ON DELETE CASCADE, -- the guild
    kind     TEXT    NOT NULL CHECK (kind IN ('add', 'remove', 'allow')), -- looked for besides, no longer looked for, or never counted
    words    TEXT    NOT NULL CHECK (words <> ''), -- a pattern that facilitators wrote; for remove the id of a shared phrase. About words in general, not about a person
    level    TEXT    CHECK (level IN ('concern_other', 'low', 'high', 'imminent')), -- the level of an added phrase
    topic    TEXT    CHECK (topic IN ('suicide', 'self_harm', 'overdose', 'domestic_violence', 'eating_disorder', 'directed_abuse', 'bereavement')), -- its topic
    language TEXT    CHECK (language <> ''), -- the language whose rules apply to it, such as en
    added_at INTEGER NOT NULL, -- UTC seconds
    UNIQUE (guild_id, kind, words),
    CHECK ((kind = 'add') = (level IS NOT NULL AND topic IS NOT NULL AND language IS NOT NULL))
) STRICT;

CREATE TABLE channel_sensitivity (
    channel_id  INTEGER NOT NULL PRIMARY KEY, -- the channel; threads follow theirs
    guild_id    INTEGER NOT NULL REFERENCES guild (id) ON DELETE CASCADE, -- its guild
    sensitivity TEXT    NOT NULL CHECK (sensitivity IN ('quiet', 'sensitive')) -- no row: balanced
) STRICT;
