-- What members share of their own, each time exactly one thing that they saw before: a draft is what was
-- previewed, and becomes shared by a press. Messages that are to be deleted wait until Discord lets us.

CREATE TABLE checkin_share (
    id        INTEGER NOT NULL PRIMARY KEY, -- our own number; the buttons name it
    group_id  INTEGER NOT NULL REFERENCES support_group (id) ON DELETE CASCADE, -- the group it is shared in
    guild_id  INTEGER NOT NULL, -- its guild
    user_id   INTEGER NOT NULL, -- the member who shares
    sealed    BLOB    NOT NULL, -- what is shared, exactly as it was previewed, sealed with the member's key; empty once it was taken back
    state     TEXT    NOT NULL CHECK (state IN ('drafted', 'shared', 'taken_back')), -- where it is on its way
    place     TEXT    CHECK (place IN ('channel', 'facilitators', 'person')), -- with whom; null while it is a draft
    place_id  INTEGER, -- the channel, or the person; null while it is a draft
    made_at   INTEGER NOT NULL, -- when it was previewed, UTC seconds
    shared_at INTEGER, -- UTC seconds; null while it is a draft
    CHECK ((state = 'drafted') = (shared_at IS NULL)),
    CHECK ((place IS NULL) = (shared_at IS NULL)),
    CHECK ((place IS NULL) = (place_id IS NULL))
) STRICT;

CREATE INDEX checkin_share_member ON checkin_share (guild_id, user_id, made_at);
CREATE INDEX checkin_share_made ON checkin_share (made_at); -- what can be pruned
CREATE INDEX checkin_share_to ON checkin_share (place_id) WHERE place = 'person'; -- what was shared with one person

CREATE TABLE checkin_unshare (
    share_id INTEGER NOT NULL PRIMARY KEY, -- the share whose message is to be deleted; its row may be gone already
    since    INTEGER NOT NULL -- since when, UTC seconds
) STRICT;
