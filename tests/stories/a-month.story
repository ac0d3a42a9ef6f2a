# A month of a group that meets on Mondays and Thursdays: clocks change, a holiday, snow, a session that moves, a member far
# away, and Discord gone for two hours just when somebody should have been reminded.
start 2026-10-26 09:00 America/New_York

Priya /group setup zone:America/New_York channel:#evening-group country:US facilitators:@Facilitators facilitator_channel:#staff name:Evening group
| Mon 26 Oct 09:00  only Priya sees     Daymark: │ Evening group is ready
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
Sam /schedule add title:Evening group when:mon,thu 18:00 leads:1h length:90m address:Room 4
| Mon 26 Oct 09:00  only Sam sees       Daymark: │ Save Evening group?
|                                       │ Nothing is saved yet. Is this what you mean?
|                                       │ When
|                                       │   Every Monday and Thursday at 18:00, America/New_York time, 90 minutes
|                                       │ Reminders
|                                       │   1 hour before, in the group's channel
|                                       │ Place
|                                       │   Room 4
|                                       │ The next 5
|                                       │   Monday 26 October, 18:00 · today
|                                       │   Thursday 29 October, 18:00 · in 3 days
|                                       │   Monday 2 November, 18:00 · in 7 days
|                                       │   Thursday 5 November, 18:00 · in 10 days
|                                       │   Monday 9 November, 18:00 · in 14 days
|                                       │ (Only you see this. It can be saved for an hour.)
|                                       [Save] [Discard]
Sam presses Save
| Mon 26 Oct 09:00  only Sam sees       Daymark (changed): │ Evening group is on the schedule
|                                       │ When
|                                       │   Every Monday and Thursday at 18:00, America/New_York time, 90 minutes
|                                       │ Reminders
|                                       │   1 hour before, in the group's channel
|                                       │ Place
|                                       │   Room 4
|                                       │ The next 5
|                                       │   Monday 26 October, 18:00 · today
|                                       │   Thursday 29 October, 18:00 · in 3 days
|                                       │   Monday 2 November, 18:00 · in 7 days
|                                       │   Thursday 5 November, 18:00 · in 10 days
|                                       │   Monday 9 November, 18:00 · in 14 days
|                                       [Take it off again]

== Chidi lives in Berlin
Chidi /join
| Mon 26 Oct 09:00  only Chidi sees     Daymark: │ Welcome to Evening group
|                                       │ Three small questions, each your choice. Any answer is fine, and you can
|                                       │ change it later with `/privacy`.
|                                       │ May I keep your check-ins?
|                                       │ Once a day I can ask how you are. If you say yes, I keep your answers for
|                                       │ you. They are locked with a key of your own. Nobody else here can read
|                                       │ them.
|                                       │ (Only you see this.)
|                                       [Yes, that's okay] [No, thanks]
Chidi presses Yes, that's okay
| Mon 26 Oct 09:00  only Chidi sees     Daymark (changed): │ May I write to you directly?
|                                       │ Only when it is for you alone, such as a private note after something
|                                       │ heavy. If you say no, I only answer where you ask me.
|                                       │ (Only you see this.)
|                                       [Yes, that's okay] [No, thanks]
Chidi presses No, thanks
| Mon 26 Oct 09:00  only Chidi sees     Daymark (changed): │ May I notice certain words?
|                                       │ In the group's channel, a simple word check can notice when somebody may
|                                       │ need a person. Then I offer a private note with helplines. I keep none of
|                                       │ your words and tell nobody. It can be wrong.
|                                       │ (Only you see this.)
|                                       [Yes, that's okay] [No, thanks]
Chidi presses No, thanks
| Mon 26 Oct 09:00  only Chidi sees     Daymark (changed): │ You're in Evening group
|                                       │ ✅ I keep your check-ins, locked.
|                                       │ ➖ I never write to you directly.
|                                       │ ➖ I do not check your words.
|                                       │ Good to know
|                                       │   `/checkin` says how you are, `/sessions next` shows what comes next,
|                                       │ `/helplines` finds somebody to talk to, `/privacy` changes your choices,
|                                       │ `/leave` takes you out again.
|                                       │ (Only you see this.)
Chidi /me zone:Europe/Berlin
| Mon 26 Oct 09:00  only Chidi sees     Daymark: │ What you set
|                                       │ Change it with `/me zone:` and `/me quiet:`.
|                                       │ Your time
|                                       │   Europe/Berlin (yours), where it is 14:00 now
|                                       │ Quiet hours
|                                       │   none
|                                       │ (Only you see this. Quiet hours never hold back an answer to you.)
|                                       [My check-ins]
|                                       [My reminders]
Chidi /sessions next
| Mon 26 Oct 09:00  only Chidi sees     Daymark: │ What comes next
|                                       │ Evening group · Monday 26 October 2026, 18:00 · today
|                                       │ Where: Room 4
|                                       │ Evening group · Thursday 29 October 2026, 18:00 · in 3 days
|                                       │ Where: Room 4
|                                       │ Evening group · Monday 2 November 2026, 18:00 · in 7 days
|                                       │ Where: Room 4
|                                       │ Evening group · Thursday 5 November 2026, 18:00 · in 10 days
|                                       │ Where: Room 4
|                                       │ (Times are shown in your own time zone. Only you see this.)

== The clocks go back on Sunday: six o'clock stays six o'clock
at thu 18:00
| Mon 26 Oct 17:00  #evening-group      Daymark: Evening group starts in 1 hour.
|                                       Monday 26 October 2026, 18:00 · 90 minutes
|                                       Where: Room 4
|                                       [Going] [Late] [Maybe] [Can't make it]
| Thu 29 Oct 17:00  #evening-group      Daymark: Evening group starts in 1 hour.
|                                       Thursday 29 October 2026, 18:00 · 90 minutes
|                                       Where: Room 4
|                                       [Going] [Late] [Maybe] [Can't make it]
at mon 18:00
| Mon 2 Nov 17:00   #evening-group      Daymark: Evening group starts in 1 hour.
|                                       Monday 2 November 2026, 18:00 · 90 minutes
|                                       Where: Room 4
|                                       [Going] [Late] [Maybe] [Can't make it]

== A day off is proposed, and taken because somebody says so
Sam /schedule holidays
| Mon 2 Nov 18:00   only Sam sees       Daymark: │ Days off ahead for Evening group
|                                       │ Thursday 26 November 2026 · Thanksgiving Day · 1 session
|                                       │ Monday 18 January 2027 · Martin Luther King Jr. Day · 1 session
|                                       │ Monday 15 February 2027 · Washington's Birthday · 1 session
|                                       │ These are the federal holidays; states have others. Add a day of your own:
|                                       │ `/schedule holidays add:2026-12-28 called:Retreat`
|                                       │ (Only you see this. The group meets on all of these days unless you
|                                       │ choose.)
|                                       [▾ Choose the days to skip: Thursday 26 November 2026 · Thanksgiving Day /
|                                       Monday 18 January 2027 · Martin Luther King Jr. Day / Monday 15 February
|                                       2027 · Washington's Birthday]
Sam chooses 2026-11-26 in Choose the days
| Mon 2 Nov 18:00   only Sam sees       Daymark (changed): │ Skipped: 1 session
|                                       │ Evening group · Thursday 26 November, 18:00
|                                       │ Who hears of it
|                                       │   Nobody had been told anything else, so nothing is posted.
|                                       │ (Only you see this.)
|                                       [Undo]

== Snow
at thu 17:05
| Thu 5 Nov 17:00   #evening-group      Daymark: Evening group starts in 1 hour.
|                                       Thursday 5 November 2026, 18:00 · 90 minutes
|                                       Where: Room 4
|                                       [Going] [Late] [Maybe] [Can't make it]
Sam /schedule cancel on:today
| Thu 5 Nov 17:05   only Sam sees       Daymark: │ Cancelled: 1 session
|                                       │ Evening group · Thursday 5 November, 18:00
|                                       │ Who hears of it
|                                       │   Those who had been reminded are told in the same place.
|                                       │ (Only you see this.)
|                                       [Undo]
| Thu 5 Nov 17:05   #evening-group      Daymark: Evening group on Thursday 5 November 2026, 18:00 does not take
|                                       place.
|                                       The next one is Monday 9 November 2026, 18:00.

== Monday's session moves to Tuesday
at sun 12:00
Sam /schedule move title:Evening group on:2026-11-09 to:2026-11-10 18:30
| Sun 8 Nov 12:00   only Sam sees       Daymark: │ Moved: 1 session
|                                       │ Evening group · Monday 9 November, 18:00 → Tuesday 10 November, 18:30
|                                       │ Who hears of it
|                                       │   Nobody had been told anything else, so nothing is posted.
|                                       │ (Only you see this.)
|                                       [Undo]
at tue 19:00
| Tue 10 Nov 17:30  #evening-group      Daymark: Evening group starts in 1 hour.
|                                       Tuesday 10 November 2026, 18:30 · 90 minutes
|                                       Moved from Monday 9 November, 18:00.
|                                       Where: Room 4
|                                       [Going] [Late] [Maybe] [Can't make it]

== Discord is away for two hours, across a reminder
at thu 15:30
Discord goes down
at thu 17:30
Discord comes back
at thu 18:00
| Thu 12 Nov 17:30  #evening-group      Daymark: Evening group starts in 30 minutes.
|                                       Thursday 12 November 2026, 18:00 · 90 minutes
|                                       Where: Room 4
|                                       │ (This reminder comes late. Sorry about that.)
|                                       [Going] [Late] [Maybe] [Can't make it]

== The rest of the month, and the day off, of which nobody hears anything
at mon 19:00
| Mon 16 Nov 17:00  #evening-group      Daymark: Evening group starts in 1 hour.
|                                       Monday 16 November 2026, 18:00 · 90 minutes
|                                       Where: Room 4
|                                       [Going] [Late] [Maybe] [Can't make it]
at thu 19:00
| Thu 19 Nov 17:00  #evening-group      Daymark: Evening group starts in 1 hour.
|                                       Thursday 19 November 2026, 18:00 · 90 minutes
|                                       Where: Room 4
|                                       [Going] [Late] [Maybe] [Can't make it]
at mon 19:00
| Mon 23 Nov 17:00  #evening-group      Daymark: Evening group starts in 1 hour.
|                                       Monday 23 November 2026, 18:00 · 90 minutes
|                                       Where: Room 4
|                                       [Going] [Late] [Maybe] [Can't make it]
at fri 12:00
Sam /deliveries
| Fri 27 Nov 12:00  only Sam sees       Daymark: │ Deliveries of Evening group
|                                       │ The last 7 days of reminders and changes.
|                                       │ On time: 1 · late: 0 · on their way: 0
|                                       │ Expired: 0 · undeliverable: 0 · no longer true: 0
|                                       │ Not delivered
|                                       │   nothing
|                                       │ (Only you see this.)
