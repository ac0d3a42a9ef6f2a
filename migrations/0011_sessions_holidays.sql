-- Days on which a group usually does not meet, besides the public holidays of its country.

CREATE TABLE group_holiday (
    group_id INTEGER NOT NULL REFERENCES support_group (id) ON DELETE CASCADE, -- the group
    on_date  TEXT    NOT NULL CHECK (on_date GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'), -- the local date
    name     TEXT    NOT NULL CHECK (name <> ''), -- what facilitators call it
    PRIMARY KEY (group_id, on_date)
) STRICT;
