-- Who looked at what a member had shared, so that the member can see it: no word of it, only that and when.

CREATE TABLE shared_look (
    id        INTEGER NOT NULL PRIMARY KEY, -- our own number
    guild_id  INTEGER NOT NULL, -- the guild
    user_id   INTEGER NOT NULL, -- the member who had shared it
    group_id  INTEGER NOT NULL REFERENCES support_group (id) ON DELETE CASCADE, -- the group
    what      TEXT    NOT NULL CHECK (what IN ('reason', 'missed', 'words', 'concern')), -- a reason for not coming, what was in the way of one that was missed, words with a call for a person, a line in the list of concerns
    by_id     INTEGER, -- who looked; null: somebody who was forgotten since
    times     INTEGER NOT NULL CHECK (times > 0), -- how often since the first time
    first_at  INTEGER NOT NULL, -- the first time, UTC seconds
    last_at   INTEGER NOT NULL CHECK (last_at >= first_at) -- the last time, UTC seconds
) STRICT;

CREATE UNIQUE INDEX shared_look_once ON shared_look (guild_id, user_id, group_id, what, by_id); -- one row for each who looks
CREATE INDEX shared_look_by ON shared_look (guild_id, by_id); -- what somebody who is forgotten looked at
CREATE INDEX shared_look_last ON shared_look (last_at); -- what can be pruned
