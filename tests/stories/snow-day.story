# A day off, a snow day, a moved session, a pause by mistake; whoever was told the old time is told what holds.
start 2026-03-02 08:40 America/New_York
Priya /group setup zone:America/New_York channel:#evening-group country:US facilitators:@Facilitators facilitator_channel:#staff checkin:off name:Evening group
| Mon 2 Mar 08:40   only Priya sees     Daymark: │ Evening group is ready
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
|                                       │   off
|                                       │ Noticing words
|                                       │   on, for people who did not say no
|                                       │ Discord does not ping the facilitators' role.
|                                       │   When somebody asks for a person, the role's people are named but not
|                                       │ notified. Server Settings, Roles, that role: allow anyone to @mention this
|                                       │ role.

== A series is looked at before it is saved
Sam /schedule add title:Evening group when:every mon,wed,fri at 6pm leads:1d 15m length:90m address:Room 4, second floor link:https://meet.example.org/evening host:Sam starts:2026-03-02 ends:2026-03-27
| Mon 2 Mar 08:40   only Sam sees       Daymark: │ Save Evening group?
|                                       │ Nothing is saved yet. Is this what you mean?
|                                       │ When
|                                       │   Every Monday, Wednesday and Friday at 18:00, America/New_York time, 90
|                                       │ minutes, from Monday 2 March 2026 until Friday 27 March 2026
|                                       │ Reminders
|                                       │   1 day before and 15 minutes before, in the group's channel
|                                       │ Place
|                                       │   Room 4, second floor
|                                       │ Link, in the last reminder
|                                       │   <https://meet.example.org/evening>
|                                       │ Host
|                                       │   @Sam
|                                       │ The next 5
|                                       │   Monday 2 March, 18:00 · today
|                                       │   Wednesday 4 March, 18:00 · in 2 days
|                                       │   Friday 6 March, 18:00 · in 4 days
|                                       │   Monday 9 March, 18:00 · in 7 days
|                                       │   Wednesday 11 March, 18:00 · in 9 days
|                                       │ Please check
|                                       │   The last day is Friday 27 March 2026.
|                                       │ (Only you see this. It can be saved for an hour.)
|                                       [Save] [Discard]
Sam presses Save
| Mon 2 Mar 08:40   only Sam sees       Daymark (changed): │ Evening group is on the schedule
|                                       │ When
|                                       │   Every Monday, Wednesday and Friday at 18:00, America/New_York time, 90
|                                       │ minutes, from Monday 2 March 2026 until Friday 27 March 2026
|                                       │ Reminders
|                                       │   1 day before and 15 minutes before, in the group's channel
|                                       │ Place
|                                       │   Room 4, second floor
|                                       │ Link, in the last reminder
|                                       │   <https://meet.example.org/evening>
|                                       │ Host
|                                       │   @Sam
|                                       │ The next 5
|                                       │   Monday 2 March, 18:00 · today
|                                       │   Wednesday 4 March, 18:00 · in 2 days
|                                       │   Friday 6 March, 18:00 · in 4 days
|                                       │   Monday 9 March, 18:00 · in 7 days
|                                       │   Wednesday 11 March, 18:00 · in 9 days
|                                       [Take it off again]
Ana /sessions next
| Mon 2 Mar 08:40   only Ana sees       Daymark: │ What comes next
|                                       │ Evening group · Monday 2 March 2026, 18:00 · today
|                                       │ Where: Room 4, second floor
|                                       │ Evening group · Wednesday 4 March 2026, 18:00 · in 2 days
|                                       │ Where: Room 4, second floor
|                                       │ Evening group · Friday 6 March 2026, 18:00 · in 4 days
|                                       │ Where: Room 4, second floor
|                                       │ Evening group · Monday 9 March 2026, 18:00 · in 7 days
|                                       │ Where: Room 4, second floor
|                                       │ Evening group · Wednesday 11 March 2026, 18:00 · in 9 days
|                                       │ Where: Room 4, second floor
|                                       │ Evening group · Friday 13 March 2026, 18:00 · in 11 days
|                                       │ Where: Room 4, second floor
|                                       │ (Times are shown in your own time zone. Only you see this.)
at mon 18:00
| Mon 2 Mar 17:45   #evening-group      Daymark: Evening group starts in 15 minutes.
|                                       Monday 2 March 2026, 18:00 · 90 minutes
|                                       Where: Room 4, second floor
|                                       With @Sam
|                                       [Going] [Late] [Maybe] [Can't make it]
|                                       [Join]

== A day off that is known long before: nobody was told, nobody hears of it
Sam /schedule skip on:2026-03-06
| Mon 2 Mar 18:00   only Sam sees       Daymark: │ Skipped: 1 session
|                                       │ Evening group · Friday 6 March, 18:00
|                                       │ Who hears of it
|                                       │   Nobody had been told anything else, so nothing is posted.
|                                       │ (Only you see this.)
|                                       [Undo]
at tue 18:05
| Tue 3 Mar 18:00   #evening-group      Daymark: Evening group starts tomorrow.
|                                       Wednesday 4 March 2026, 18:00 · 90 minutes
|                                       Where: Room 4, second floor
|                                       With @Sam
|                                       [Going] [Late] [Maybe] [Can't make it]

== Snow on Wednesday: everything of today is called off, and whoever was reminded is told
at wed 07:30
Sam /schedule cancel on:today
| Wed 4 Mar 07:30   only Sam sees       Daymark: │ Cancelled: 1 session
|                                       │ Evening group · Wednesday 4 March, 18:00
|                                       │ Who hears of it
|                                       │   Those who had been reminded are told in the same place.
|                                       │ (Only you see this.)
|                                       [Undo]
| Wed 4 Mar 07:30   #evening-group      Daymark: Evening group on Wednesday 4 March 2026, 18:00 does not take
|                                       place.
|                                       The next one is Monday 9 March 2026, 18:00.
at fri 12:00

== Monday's session moves to Tuesday
at sun 18:05
| Sun 8 Mar 18:00   #evening-group      Daymark: Evening group starts tomorrow.
|                                       Monday 9 March 2026, 18:00 · 90 minutes
|                                       Where: Room 4, second floor
|                                       With @Sam
|                                       [Going] [Late] [Maybe] [Can't make it]
Sam /schedule move title:Evening group on:2026-03-09 to:tue 19:30
| Sun 8 Mar 18:05   only Sam sees       Daymark: │ Moved: 1 session
|                                       │ Evening group · Monday 9 March, 18:00 → Tuesday 10 March, 19:30
|                                       │ Who hears of it
|                                       │   Those who had been reminded are told in the same place.
|                                       │ (Only you see this.)
|                                       [Undo]
| Sun 8 Mar 18:05   #evening-group      Daymark: Evening group has moved: it was to start Monday 9 March 2026,
|                                       18:00, and now starts Tuesday 10 March 2026, 19:30 (in 2 days).
|                                       Where: Room 4, second floor
|                                       [Going] [Late] [Maybe] [Can't make it]
|                                       [Join]
at tue 20:00
| Mon 9 Mar 19:30   #evening-group      Daymark: Evening group starts tomorrow.
|                                       Tuesday 10 March 2026, 19:30 · 90 minutes
|                                       Moved from Monday 9 March, 18:00.
|                                       Where: Room 4, second floor
|                                       With @Sam
|                                       [Going] [Late] [Maybe] [Can't make it]
| Tue 10 Mar 18:00  #evening-group      Daymark: Evening group starts tomorrow.
|                                       Wednesday 11 March 2026, 18:00 · 90 minutes
|                                       Where: Room 4, second floor
|                                       With @Sam
|                                       [Going] [Late] [Maybe] [Can't make it]
| Tue 10 Mar 19:15  #evening-group      Daymark: Evening group starts in 15 minutes.
|                                       Tuesday 10 March 2026, 19:30 · 90 minutes
|                                       Moved from Monday 9 March, 18:00.
|                                       Where: Room 4, second floor
|                                       With @Sam
|                                       [Going] [Late] [Maybe] [Can't make it]
|                                       [Join]

== Taken back by mistake, and put right
Sam /schedule pause title:Evening group
| Tue 10 Mar 20:00  only Sam sees       Daymark: Evening group is paused. Those who had been reminded are told in
|                                       the same place.
|                                       [Resume]
| Tue 10 Mar 20:00  #evening-group      Daymark: Evening group on Wednesday 11 March 2026, 18:00 does not take
|                                       place.
Sam presses Resume
| Tue 10 Mar 20:00  only Sam sees       Daymark (changed): Evening group goes on. Next: Wednesday 11 March, 18:00.
|                                       Those who had been reminded are told in the same place.
| Tue 10 Mar 20:00  #evening-group      Daymark: Evening group takes place after all: Wednesday 11 March 2026,
|                                       18:00 (tomorrow).
|                                       Where: Room 4, second floor
|                                       [Going] [Late] [Maybe] [Can't make it]
|                                       [Join]
at wed 18:00
| Wed 11 Mar 17:45  #evening-group      Daymark: Evening group starts in 15 minutes.
|                                       Wednesday 11 March 2026, 18:00 · 90 minutes
|                                       Where: Room 4, second floor
|                                       With @Sam
|                                       [Going] [Late] [Maybe] [Can't make it]
|                                       [Join]

== What will be said, and what became of what was said
Sam /schedule preview days:5
| Wed 11 Mar 18:00  only Sam sees       Daymark: │ The next 5 days of Evening group
|                                       │ In #evening-group, America/New_York time:
|                                       │ Thursday 12 March 2026, 18:00  reminder of Evening group, 1 day before
|                                       │ (Friday 13 March, 18:00)
|                                       │ Friday 13 March 2026, 17:45  reminder of Evening group, 15 minutes before
|                                       │ (Friday 13 March, 18:00)
|                                       │ Sunday 15 March 2026, 18:00  reminder of Evening group, 1 day before
|                                       │ (Monday 16 March, 18:00)
|                                       │ Monday 16 March 2026, 17:45  reminder of Evening group, 15 minutes before
|                                       │ (Monday 16 March, 18:00)
|                                       │ (Only you see this. Nothing was sent.)
Sam /deliveries
| Wed 11 Mar 18:00  only Sam sees       Daymark: │ Deliveries of Evening group
|                                       │ The last 7 days of reminders and changes.
|                                       │ On time: 8 · late: 0 · on their way: 0
|                                       │ Expired: 0 · undeliverable: 0 · no longer true: 0
|                                       │ Not delivered
|                                       │   nothing
|                                       │ (Only you see this.)
Ana /schedule show title:Evening group
| Wed 11 Mar 18:00  only Ana sees       Daymark: │ Evening group
|                                       │ When
|                                       │   Every Monday, Wednesday and Friday at 18:00, America/New_York time, 90
|                                       │ minutes, from Monday 2 March 2026 until Friday 27 March 2026
|                                       │ Reminders
|                                       │   1 day before and 15 minutes before, in the group's channel
|                                       │ Place
|                                       │   Room 4, second floor
|                                       │ Host
|                                       │   @Sam
|                                       │ The next 5
|                                       │   Friday 13 March, 18:00 · in 2 days
|                                       │   Monday 16 March, 18:00 · in 5 days
|                                       │   Wednesday 18 March, 18:00 · in 7 days
|                                       │   Friday 20 March, 18:00 · in 9 days
|                                       │   Monday 23 March, 18:00 · in 12 days
