-- Places besides a group's own channel in which words are looked at: a forum, a voice channel's chat, another channel.

CREATE TABLE watched_place (
    channel_id INTEGER NOT NULL PRIMARY KEY, -- the channel or forum; its threads and posts follow it
    group_id   INTEGER NOT NULL REFERENCES support_group (id) ON DELETE CASCADE, -- the group whose people meet there
    kind       TEXT    NOT NULL CHECK (kind IN ('channel', 'forum')), -- a forum has posts alone and no messages of its own
    added_at   INTEGER NOT NULL -- UTC seconds
) STRICT;

CREATE INDEX watched_place_of_group ON watched_place (group_id);
