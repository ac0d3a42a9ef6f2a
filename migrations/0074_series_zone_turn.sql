-- How often the zone of a series was changed: the same occurrence at another moment is another fact to be reminded of.

ALTER TABLE series ADD COLUMN zone_turn INTEGER NOT NULL DEFAULT 0 CHECK (zone_turn >= 0); -- raised by every change of its zone
