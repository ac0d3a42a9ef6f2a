-- Calendars that other programs read: when a series was last changed, and the addresses of feeds.

ALTER TABLE series ADD COLUMN changed_at INTEGER; -- when it was last changed, UTC seconds; null: not since it was made

CREATE TABLE calendar_feed (
    token_hash BLOB    NOT NULL PRIMARY KEY CHECK (length(token_hash) = 32), -- SHA-256 of the address's secret part; the secret itself is kept nowhere
    guild_id   INTEGER NOT NULL, -- the guild
    user_id    INTEGER, -- the member whose groups it shows; null: a group's
    group_id   INTEGER REFERENCES support_group (id) ON DELETE CASCADE, -- the group it shows; null: a member's
    made_at    INTEGER NOT NULL, -- UTC seconds
    CHECK ((user_id IS NULL) <> (group_id IS NULL))
) STRICT;

CREATE UNIQUE INDEX calendar_feed_member ON calendar_feed (guild_id, user_id) WHERE user_id IS NOT NULL; -- one each: renewing replaces it
CREATE UNIQUE INDEX calendar_feed_group ON calendar_feed (group_id) WHERE group_id IS NOT NULL;
