-- Own reminders of a medication or an appointment go on while their member is away, unless the member paused them, too.

ALTER TABLE own_reminder ADD COLUMN paused_at INTEGER; -- when its member paused it for the time they are away, whatever it is about, UTC seconds; null: never
