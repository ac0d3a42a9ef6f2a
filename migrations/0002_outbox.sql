-- Everything that is sent without being asked for in that moment goes through here, once.

CREATE TABLE outbox (
    id         INTEGER NOT NULL PRIMARY KEY, -- our own number
    class      TEXT    NOT NULL CHECK (class IN ('answer', 'concern', 'reminder', 'prompt', 'digest')), -- how urgent it is
    dedupe_key TEXT    NOT NULL UNIQUE, -- names the fact, so that it is told once
    guild_id   INTEGER NOT NULL, -- the guild it is about
    place      TEXT    NOT NULL CHECK (place IN ('channel', 'direct')), -- kind of place
    place_id   INTEGER NOT NULL, -- the channel, or the person
    kind       TEXT    NOT NULL, -- which card is drawn at send time, such as session.reminder
    subject    TEXT    NOT NULL, -- ids the card is drawn from, as JSON; never words of a person
    due_at     INTEGER NOT NULL, -- when it should be seen, UTC seconds
    next_at    INTEGER NOT NULL, -- when it is tried next, UTC seconds
    expires_at INTEGER NOT NULL, -- from then on it is not sent any more, UTC seconds
    attempts   INTEGER NOT NULL DEFAULT 0, -- how often sending was begun
    nonce      TEXT    NOT NULL CHECK (length(nonce) BETWEEN 1 AND 25), -- Discord shows one message per nonce within minutes
    state      TEXT    NOT NULL DEFAULT 'pending'
               CHECK (state IN ('pending', 'sending', 'sent', 'expired', 'undeliverable', 'cancelled')), -- where it is on its way
    reason     TEXT, -- why it is expired, undeliverable or cancelled: a word from a fixed list or Discord's code
    first_at   INTEGER, -- when sending was first begun, UTC seconds
    claimed_at INTEGER, -- when it was last taken up, UTC seconds
    message_id INTEGER, -- Discord's id once it is sent
    settled_at INTEGER, -- when it reached its end, UTC seconds
    created_at INTEGER NOT NULL -- UTC seconds
) STRICT;

CREATE INDEX outbox_next ON outbox (next_at) WHERE state = 'pending';
CREATE INDEX outbox_sending ON outbox (claimed_at) WHERE state = 'sending';
CREATE INDEX outbox_settled ON outbox (settled_at) WHERE settled_at IS NOT NULL;
CREATE INDEX outbox_direct ON outbox (place_id) WHERE place = 'direct';
