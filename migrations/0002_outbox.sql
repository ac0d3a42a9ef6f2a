-- Everything that is sent without being asked for in that moment goes through here, once.

CREATE TABLE outbox (
    id         INTEGER NOT NULL PRIMARY KEY, -- our own number
    class      TEXT    NOT NULL CHECK (class IN ('answer', 'concern', 'reminder', 'prompt', 'digest')), -- how urgent it is
    urgency    INTEGER NOT NULL GENERATED ALWAYS AS (
                   CASE class WHEN 'answer' THEN 0 WHEN 'concern' THEN 1 WHEN 'reminder' THEN 2 WHEN 'prompt' THEN 3 ELSE 4 END
               ) VIRTUAL, -- the class as a rank, lowest first
    dedupe_key TEXT    NOT NULL UNIQUE CHECK (dedupe_key <> ''), -- names the fact, so that it is told once
    guild_id   INTEGER NOT NULL, -- the guild it is about
    place      TEXT    NOT NULL CHECK (place IN ('channel', 'direct')), -- kind of place
    place_id   INTEGER NOT NULL, -- the channel, or the person
    kind       TEXT    NOT NULL, -- which card is drawn at send time, such as session.reminder
    subject    TEXT    NOT NULL CHECK (json_valid(subject)), -- ids the card is drawn from, as JSON; never words of a person
    due_at     INTEGER NOT NULL, -- when it should be seen, UTC seconds
    next_at    INTEGER NOT NULL CHECK (next_at <= expires_at), -- when it is tried (or expires) next, UTC seconds
    expires_at INTEGER NOT NULL, -- from then on it is not sent any more, UTC seconds
    attempts   INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0), -- how often sending was begun
    nonce      TEXT    NOT NULL CHECK (length(nonce) BETWEEN 1 AND 25), -- Discord shows one message per nonce within minutes
    state      TEXT    NOT NULL DEFAULT 'pending'
               CHECK (state IN ('pending', 'sending', 'sent', 'expired', 'undeliverable', 'cancelled')), -- where it is on its way
    reason     TEXT, -- why it is expired, undeliverable or cancelled: a word from a fixed list or Discord's code;
                     -- while it is being sent: why it must not be tried again
    first_at   INTEGER, -- when the first attempt began that may have been seen without our knowing, UTC seconds; null while there is none
    claimed_at INTEGER, -- when it was last taken up, UTC seconds
    message_id INTEGER, -- Discord's id once it is sent
    settled_at INTEGER, -- when it reached its end, UTC seconds
    created_at INTEGER NOT NULL, -- UTC seconds
    CHECK ((state IN ('pending', 'sending')) = (settled_at IS NULL)),
    CHECK (state <> 'sending' OR claimed_at IS NOT NULL),
    CHECK (state <> 'sent' OR message_id IS NOT NULL),
    CHECK (state NOT IN ('expired', 'undeliverable', 'cancelled') OR reason IS NOT NULL)
) STRICT;

CREATE INDEX outbox_due ON outbox (urgency, due_at, id) WHERE state = 'pending'; -- what is sent next
CREATE INDEX outbox_next ON outbox (next_at) WHERE state = 'pending'; -- when there is something to do next
CREATE INDEX outbox_expiry ON outbox (expires_at) WHERE state = 'pending'; -- what is too late
CREATE INDEX outbox_sending ON outbox (place, place_id) WHERE state = 'sending'; -- where somebody is sending now
CREATE INDEX outbox_settled ON outbox (settled_at) WHERE settled_at IS NOT NULL; -- what can be pruned
CREATE INDEX outbox_direct ON outbox (place_id) WHERE place = 'direct'; -- what one person gets
CREATE INDEX outbox_guild ON outbox (guild_id, due_at); -- what facilitators look through
