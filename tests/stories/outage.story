# Discord is away just when a reminder is due; it comes late, says so, and comes once.
start 2026-03-04 08:40 America/New_York

Priya /group setup zone:America/New_York channel:#evening-group country:US facilitators:@Facilitators checkin:09:00 name:Evening group
| Wed 4 Mar 08:40   only Priya sees     Daymark: │ Evening group is ready
|                                       │ Next: `/schedule add` for your first session. Members come in with
|                                       │ `/join`.
|                                       │ Channel
|                                       │   #evening-group
|                                       │ Time zone
|                                       │   America/New_York
|                                       │ Country for helplines
|                                       │   US
|                                       │ Facilitators
|                                       │   @Facilitators, and people who may manage this server
|                                       │ Daily check-in
|                                       │   every day, 09:00
|                                       │ Noticing words
|                                       │   on, for people who did not say no
|                                       │ Discord does not ping the facilitators' role.
|                                       │   When somebody asks for a person, the role's people are named but not
|                                       │ notified. Server Settings, Roles, that role: allow anyone to @mention this
|                                       │ role.
Priya /schedule add title:Evening group when:mon,wed,fri 18:00 leads:1h 15m length:90m
| Wed 4 Mar 08:40   only Priya sees     Daymark: │ Save Evening group?
|                                       │ Nothing is saved yet. Is this what you mean?
|                                       │ When
|                                       │   Every Monday, Wednesday and Friday at 18:00, America/New_York time, 90
|                                       │ minutes
|                                       │ Reminders
|                                       │   1 hour before and 15 minutes before, in the group's channel
|                                       │ The next 5
|                                       │   Wednesday 4 March, 18:00 · today
|                                       │   Friday 6 March, 18:00 · in 2 days
|                                       │   Monday 9 March, 18:00 · in 5 days
|                                       │   Wednesday 11 March, 18:00 · in 7 days
|                                       │   Friday 13 March, 18:00 · in 9 days
|                                       │ (Only you see this. It can be saved for an hour.)
|                                       [Save] [Discard]
Priya presses Save
| Wed 4 Mar 08:40   only Priya sees     Daymark (changed): │ Evening group is on the schedule
|                                       │ When
|                                       │   Every Monday, Wednesday and Friday at 18:00, America/New_York time, 90
|                                       │ minutes
|                                       │ Reminders
|                                       │   1 hour before and 15 minutes before, in the group's channel
|                                       │ The next 5
|                                       │   Wednesday 4 March, 18:00 · today
|                                       │   Friday 6 March, 18:00 · in 2 days
|                                       │   Monday 9 March, 18:00 · in 5 days
|                                       │   Wednesday 11 March, 18:00 · in 7 days
|                                       │   Friday 13 March, 18:00 · in 9 days
|                                       [Take it off again]
at wed 16:58
| Wed 4 Mar 09:00   #evening-group      Daymark: Wednesday 4 March. How are you today?
|                                       One tap is enough, and only you see your answer.
|                                       [😣 Really hard] [🙁 Low] [😐 So-so] [🙂 Okay] [😊 Good]
|                                       [Write a line]
Discord goes down
at wed 17:10
Discord comes back
at wed 17:12
| Wed 4 Mar 17:10   #evening-group      Daymark: Evening group starts in 50 minutes.
|                                       Wednesday 4 March 2026, 18:00 · 90 minutes
|                                       │ (This reminder comes late. Sorry about that.)
|                                       [Going] [Late] [Maybe] [Can't make it]
at wed 17:40

== It stays away for a whole session
Discord goes down
at wed 18:20
Discord comes back
at wed 18:30
Priya /schedule list
| Wed 4 Mar 18:30   only Priya sees     Daymark: │ Sessions of Evening group
|                                       │ Evening group
|                                       │   Every Monday, Wednesday and Friday at 18:00, America/New_York time
|                                       │   next Friday 6 March 2026, 18:00 (in 2 days)
|                                       │   Reminders: 1h 15m
|                                       │ Not delivered in the last 7 days
|                                       │   1 × Discord did not say whether it arrived; look in the channel
Ana /schedule list
| Wed 4 Mar 18:30   only Ana sees       Daymark: │ Sessions of Evening group
|                                       │ Evening group
|                                       │   Every Monday, Wednesday and Friday at 18:00, America/New_York time
|                                       │   next Friday 6 March 2026, 18:00 (in 2 days)
|                                       │   Reminders: 1h 15m
