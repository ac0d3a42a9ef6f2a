-- Groups that are quiet after a death in their community: what is cheerful rests, what is asked is asked softly.

CREATE TABLE group_quiet (
    group_id INTEGER NOT NULL PRIMARY KEY REFERENCES support_group (id) ON DELETE CASCADE, -- the group
    since    INTEGER NOT NULL -- since when, UTC seconds
) STRICT;
