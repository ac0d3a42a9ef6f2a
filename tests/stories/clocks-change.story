# The weekend on which clocks go forward: six o'clock stays six o'clock, and half past two is not there.
start 2026-03-06 12:00 America/New_York

Priya /group setup zone:America/New_York channel:#evening-group country:US checkin:09:00 name:Evening group
| Fri 6 Mar 12:00   only Priya sees     Daymark: │ Evening group is ready
|                                       │ Next: `/schedule add` for your first session. Members come in with
|                                       │ `/join`.
|                                       │ Channel
|                                       │   #evening-group
|                                       │ Time zone
|                                       │   America/New_York
|                                       │ Country for helplines
|                                       │   US
|                                       │ Facilitators
|                                       │   people who may manage this server
|                                       │ Daily check-in
|                                       │   every day, 09:00
|                                       │ Noticing words
|                                       │   on, for people who did not say no
Priya /schedule add title:Weekend group when:sat,sun 18:00 leads:1d length:60m
| Fri 6 Mar 12:00   only Priya sees     Daymark: │ Save Weekend group?
|                                       │ Nothing is saved yet. Is this what you mean?
|                                       │ When
|                                       │   Every Saturday and Sunday at 18:00, America/New_York time, 60 minutes
|                                       │ Reminders
|                                       │   1 day before, in the group's channel
|                                       │ The next 5
|                                       │   Saturday 7 March, 18:00 · tomorrow
|                                       │   Sunday 8 March, 18:00 · in 2 days
|                                       │   Saturday 14 March, 18:00 · in 8 days
|                                       │   Sunday 15 March, 18:00 · in 9 days
|                                       │   Saturday 21 March, 18:00 · in 15 days
|                                       │ (Only you see this. It can be saved for an hour.)
|                                       [Save] [Discard]
Priya presses Save
| Fri 6 Mar 12:00   only Priya sees     Daymark (changed): │ Weekend group is on the schedule
|                                       │ When
|                                       │   Every Saturday and Sunday at 18:00, America/New_York time, 60 minutes
|                                       │ Reminders
|                                       │   1 day before, in the group's channel
|                                       │ The next 5
|                                       │   Saturday 7 March, 18:00 · tomorrow
|                                       │   Sunday 8 March, 18:00 · in 2 days
|                                       │   Saturday 14 March, 18:00 · in 8 days
|                                       │   Sunday 15 March, 18:00 · in 9 days
|                                       │   Saturday 21 March, 18:00 · in 15 days
|                                       [Take it off again]
Priya /schedule add title:Night owls when:sun 02:30 leads:15m length:30m
| Fri 6 Mar 12:00   only Priya sees     Daymark: │ Save Night owls?
|                                       │ Nothing is saved yet. Is this what you mean?
|                                       │ When
|                                       │   Every Sunday at 02:30, America/New_York time, 30 minutes
|                                       │ Reminders
|                                       │   15 minutes before, in the group's channel
|                                       │ The next 5
|                                       │   Sunday 8 March, 03:30 · in 2 days (02:30 does not exist on Sunday 8
|                                       │ March, because the clocks go forward: it is 03:30 instead.)
|                                       │   Sunday 15 March, 02:30 · in 9 days
|                                       │   Sunday 22 March, 02:30 · in 16 days
|                                       │   Sunday 29 March, 02:30 · in 23 days
|                                       │   Sunday 5 April, 02:30 · in 30 days
|                                       │ (Only you see this. It can be saved for an hour.)
|                                       [Save] [Discard]
Priya presses Save
| Fri 6 Mar 12:00   only Priya sees     Daymark (changed): │ Night owls is on the schedule
|                                       │ When
|                                       │   Every Sunday at 02:30, America/New_York time, 30 minutes
|                                       │ Reminders
|                                       │   15 minutes before, in the group's channel
|                                       │ The next 5
|                                       │   Sunday 8 March, 03:30 · in 2 days (02:30 does not exist on Sunday 8
|                                       │ March, because the clocks go forward: it is 03:30 instead.)
|                                       │   Sunday 15 March, 02:30 · in 9 days
|                                       │   Sunday 22 March, 02:30 · in 16 days
|                                       │   Sunday 29 March, 02:30 · in 23 days
|                                       │   Sunday 5 April, 02:30 · in 30 days
|                                       [Take it off again]
at sun 18:30
| Fri 6 Mar 18:00   #evening-group      Daymark: Weekend group starts tomorrow.
|                                       Saturday 7 March 2026, 18:00 · 60 minutes
|                                       [Going] [Late] [Maybe] [Can't make it]
| Sat 7 Mar 09:00   #evening-group      Daymark: Saturday 7 March. How are you today?
|                                       One tap is enough, and only you see your answer.
|                                       [😣 Really hard] [🙁 Low] [😐 So-so] [🙂 Okay] [😊 Good]
|                                       [Write a line]
| Sat 7 Mar 17:00   #evening-group      Daymark: Weekend group starts tomorrow.
|                                       Sunday 8 March 2026, 18:00 · 60 minutes
|                                       [Going] [Late] [Maybe] [Can't make it]
| Sun 8 Mar 03:15   #evening-group      Daymark: Night owls starts in 15 minutes.
|                                       Sunday 8 March 2026, 03:30 · 30 minutes
|                                       02:30 does not exist on Sunday 8 March, because the clocks go forward: it is
|                                       03:30 instead.
|                                       [Going] [Late] [Maybe] [Can't make it]
| Sun 8 Mar 09:00   #evening-group      Daymark: Sunday 8 March. How are you today?
|                                       One tap is enough, and only you see your answer.
|                                       [😣 Really hard] [🙁 Low] [😐 So-so] [🙂 Okay] [😊 Good]
|                                       [Write a line]
Ana /sessions next
| Sun 8 Mar 18:30   only Ana sees       Daymark: │ What comes next
|                                       │ Weekend group · Saturday 14 March 2026, 18:00 · in 6 days
|                                       │ Night owls · Sunday 15 March 2026, 02:30 · in 7 days
|                                       │ Weekend group · Sunday 15 March 2026, 18:00 · in 7 days
|                                       │ Weekend group · Saturday 21 March 2026, 18:00 · in 13 days
|                                       │ Night owls · Sunday 22 March 2026, 02:30 · in 14 days
|                                       │ Weekend group · Sunday 22 March 2026, 18:00 · in 14 days
|                                       │ (Times are shown in your own time zone. Only you see this.)
