-- "This was wrong": how often members of a group said so of a phrase. Nothing about who or when, beyond the last day.

CREATE TABLE false_alarm (
    group_id INTEGER NOT NULL REFERENCES support_group (id) ON DELETE CASCADE, -- the group
    phrase   TEXT    NOT NULL CHECK (length(phrase) <= 80), -- the phrase's name, such as en.die.wish
    times    INTEGER NOT NULL CHECK (times >= 1), -- how often
    last_on  TEXT    NOT NULL, -- the last day it was said, UTC
    PRIMARY KEY (group_id, phrase)
) STRICT;
