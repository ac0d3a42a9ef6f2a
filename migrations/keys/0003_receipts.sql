-- The code that somebody who was forgotten was given, so that it can be shown later that it was done.

ALTER TABLE forgotten ADD COLUMN receipt TEXT CHECK (receipt IS NULL OR length(receipt) = 9); -- the code of the last time, such as F7KQ-2MXD; null: nobody was there to be given one
