-- A departure counts only as long as Discord confirms it: a restored backup may hold one of somebody who is back.

ALTER TABLE departure ADD COLUMN confirmed_at INTEGER NOT NULL DEFAULT 0; -- when Discord last said so, UTC seconds; nothing is erased that was not confirmed since the program started
