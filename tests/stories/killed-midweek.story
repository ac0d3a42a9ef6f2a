# The bot is killed in the middle of the week and started again; nothing is said twice, nothing is lost.
start 2026-03-02 08:40 America/New_York

Priya /group setup zone:America/New_York channel:#evening-group country:US facilitators:@Facilitators checkin:09:00 name:Evening group
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
|                                       │   every day, 09:00
|                                       │ Noticing words
|                                       │   on, for people who did not say no
|                                       │ Discord does not ping the facilitators' role.
|                                       │   When somebody asks for a person, the role's people are named but not
|                                       │ notified. Server Settings, Roles, that role: allow anyone to @mention this
|                                       │ role.
Sam /schedule add title:Evening group when:mon,wed,fri 18:00 leads:1d 15m length:90m
| Mon 2 Mar 08:40   only Sam sees       Daymark: │ Save Evening group?
|                                       │ Nothing is saved yet. Is this what you mean?
|                                       │ When
|                                       │   Every Monday, Wednesday and Friday at 18:00, America/New_York time, 90
|                                       │ minutes
|                                       │ Reminders
|                                       │   1 day before and 15 minutes before, in the group's channel
|                                       │ The next 5
|                                       │   Monday 2 March, 18:00 · today
|                                       │   Wednesday 4 March, 18:00 · in 2 days
|                                       │   Friday 6 March, 18:00 · in 4 days
|                                       │   Monday 9 March, 18:00 · in 7 days
|                                       │   Wednesday 11 March, 18:00 · in 9 days
|                                       │ (Only you see this. It can be saved for an hour.)
|                                       [Save] [Discard]
Sam presses Save
| Mon 2 Mar 08:40   only Sam sees       Daymark (changed): │ Evening group is on the schedule
|                                       │ When
|                                       │   Every Monday, Wednesday and Friday at 18:00, America/New_York time, 90
|                                       │ minutes
|                                       │ Reminders
|                                       │   1 day before and 15 minutes before, in the group's channel
|                                       │ The next 5
|                                       │   Monday 2 March, 18:00 · today
|                                       │   Wednesday 4 March, 18:00 · in 2 days
|                                       │   Friday 6 March, 18:00 · in 4 days
|                                       │   Monday 9 March, 18:00 · in 7 days
|                                       │   Wednesday 11 March, 18:00 · in 9 days
|                                       [Take it off again]
Ana /join
| Mon 2 Mar 08:40   only Ana sees       Daymark: │ Welcome to Evening group
|                                       │ Three small questions, each your choice. Any answer is fine, and you can
|                                       │ change it later with `/privacy`.
|                                       │ May I keep your check-ins?
|                                       │ Once a day I can ask how you are. If you say yes, I keep your answers for
|                                       │ you. They are locked with a key of your own. Nobody else here can read
|                                       │ them.
|                                       │ (Only you see this.)
|                                       [Yes, that's okay] [No, thanks]
Ana presses Yes, that's okay
| Mon 2 Mar 08:40   only Ana sees       Daymark (changed): │ May I write to you directly?
|                                       │ Only when it is for you alone, such as a private note after something
|                                       │ heavy. If you say no, I only answer where you ask me.
|                                       │ (Only you see this.)
|                                       [Yes, that's okay] [No, thanks]
Ana presses No, thanks
| Mon 2 Mar 08:40   only Ana sees       Daymark (changed): │ May I notice certain words?
|                                       │ In the group's channel, a simple word check can notice when somebody may
|                                       │ need a person. Then I offer a private note with helplines. I keep none of
|                                       │ your words and tell nobody. It can be wrong.
|                                       │ (Only you see this.)
|                                       [Yes, that's okay] [No, thanks]
Ana presses Yes, that's okay
| Mon 2 Mar 08:40   only Ana sees       Daymark (changed): │ You're in Evening group
|                                       │ ✅ I keep your check-ins, locked.
|                                       │ ➖ I never write to you directly.
|                                       │ ✅ I notice certain words and offer a private note.
|                                       │ Good to know
|                                       │   `/checkin` says how you are, `/sessions next` shows what comes next,
|                                       │ `/helplines` finds somebody to talk to, `/privacy` changes your choices,
|                                       │ `/leave` takes you out again.
|                                       │ (Only you see this.)
at mon 09:00
| Mon 2 Mar 09:00   #evening-group      Daymark: Monday 2 March. How are you today?
|                                       One tap is enough, and only you see your answer.
|                                       [😣 Really hard] [🙁 Low] [😐 So-so] [🙂 Okay] [😊 Good]
|                                       [Write a line]
the bot is killed
the bot starts
Ana presses So-so
| Mon 2 Mar 09:00   only Ana sees       Daymark: So-so it is. That counts, too.
|                                       Your group can look at its weather: about how many had which kind of
|                                       week, blurred, never who. I would open your moods for a moment to count
|                                       them. May yours count? `/privacy` changes it.
|                                       [A little more] [Write a line] [Share]
|                                       [Count mine] [Leave mine out]
at mon 18:00
| Mon 2 Mar 17:45   #evening-group      Daymark: Evening group starts in 15 minutes.
|                                       Monday 2 March 2026, 18:00 · 90 minutes
|                                       [Going] [Late] [Maybe] [Can't make it]

== Killed over night and until noon
at tue 03:00
the bot is killed
at tue 12:00
the bot starts
| Tue 3 Mar 12:00   #evening-group      Daymark: Tuesday 3 March. How are you today?
|                                       One tap is enough, and only you see your answer.
|                                       [😣 Really hard] [🙁 Low] [😐 So-so] [🙂 Okay] [😊 Good]
|                                       [Write a line]
Ana presses Okay
| Tue 3 Mar 12:00   only Ana sees       Daymark: Okay is good to know. Thank you.
|                                       Your group can look at its weather: about how many had which kind of
|                                       week, blurred, never who. I would open your moods for a moment to count
|                                       them. May yours count? `/privacy` changes it.
|                                       [A little more] [Write a line] [Share]
|                                       [Count mine] [Leave mine out]
at tue 18:00
| Tue 3 Mar 18:00   #evening-group      Daymark: Evening group starts tomorrow.
|                                       Wednesday 4 March 2026, 18:00 · 90 minutes
|                                       [Going] [Late] [Maybe] [Can't make it]

== Killed over a reminder
at wed 17:30
| Wed 4 Mar 09:00   #evening-group      Daymark: Wednesday 4 March. How are you today?
|                                       One tap is enough, and only you see your answer.
|                                       [😣 Really hard] [🙁 Low] [😐 So-so] [🙂 Okay] [😊 Good]
|                                       [Write a line]
the bot is killed
at wed 17:50
the bot starts
| Wed 4 Mar 17:50   #evening-group      Daymark: Evening group starts in 10 minutes.
|                                       Wednesday 4 March 2026, 18:00 · 90 minutes
|                                       │ (This reminder comes late. Sorry about that.)
|                                       [Going] [Late] [Maybe] [Can't make it]
at wed 18:10
