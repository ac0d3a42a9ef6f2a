# A group is set up, people join, check in, and are reminded of their first evening.
start 2026-03-02 08:40 America/New_York

== The group is set up
Priya /group setup zone:America/New_York channel:#evening-group country:US facilitators:@Facilitators facilitator_channel:#staff checkin:09:00 name:Evening group
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
Sam /schedule list
| Mon 2 Mar 08:40   only Sam sees       Daymark: │ Sessions of Evening group
|                                       │ Evening group
|                                       │   Every Monday, Wednesday and Friday at 18:00, America/New_York time
|                                       │   next Monday 2 March 2026, 18:00 (today)
|                                       │   Reminders: 1d 15m

== Ana joins and says yes to everything
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
Ana presses Yes, that's okay
| Mon 2 Mar 08:40   only Ana sees       Daymark (changed): │ May I notice certain words?
|                                       │ In the group's channel, a simple word check can notice when somebody may
|                                       │ need a person. Then I offer a private note with helplines. I keep none of
|                                       │ your words and tell nobody. It can be wrong.
|                                       │ (Only you see this.)
|                                       [Yes, that's okay] [No, thanks]
Ana presses Yes, that's okay
| Mon 2 Mar 08:40   only Ana sees       Daymark (changed): │ You're in Evening group
|                                       │ ✅ I keep your check-ins, locked.
|                                       │ ✅ I may write to you directly.
|                                       │ ✅ I notice certain words and offer a private note.
|                                       │ Good to know
|                                       │   `/checkin` says how you are, `/sessions next` shows what comes next,
|                                       │ `/helplines` finds somebody to talk to, `/privacy` changes your choices,
|                                       │ `/leave` takes you out again.
|                                       │ (Only you see this.)
Ana /join
| Mon 2 Mar 08:40   only Ana sees       Daymark: │ You're already in Evening group
|                                       │ ✅ I keep your check-ins, locked.
|                                       │ ✅ I may write to you directly.
|                                       │ ✅ I notice certain words and offer a private note.
|                                       │ (Change any of this with /privacy. Only you see this.)

== The first check-in
at mon 09:00
| Mon 2 Mar 09:00   #evening-group      Daymark: Monday 2 March. How are you today?
|                                       One tap is enough, and only you see your answer.
|                                       [😣 Really hard] [🙁 Low] [😐 So-so] [🙂 Okay] [😊 Good]
|                                       [Write a line]
Ana presses Okay
| Mon 2 Mar 09:00   only Ana sees       Daymark: Okay is good to know. Thank you.
|                                       Your group can look at its weather: about how many had which kind of
|                                       week, blurred, never who. I would open your moods for a moment to count
|                                       them. May yours count? `/privacy` changes it.
|                                       [A little more] [Write a line] [Share]
|                                       [Count mine] [Leave mine out]
Ana presses Write a line
| Mon 2 Mar 09:00   only Ana sees       ┌ a form opens: One line for today
|                                       │ Only you can read this: [ Whatever you'd like to remember about today ]
Ana writes First day. Nervous, but here.
| Mon 2 Mar 09:00   only Ana sees       Daymark: Okay is good to know. Thank you.
|                                       Your words are kept, locked, for you alone.
|                                       Your group can look at its weather: about how many had which kind of
|                                       week, blurred, never who. I would open your moods for a moment to count
|                                       them. May yours count? `/privacy` changes it.
|                                       [A little more] [Write a line] [Share]
|                                       [Count mine] [Leave mine out]
Ana presses Good
| Mon 2 Mar 09:00   only Ana sees       Daymark: Good to hear. Thank you for telling me.
|                                       Your words are kept, locked, for you alone.
|                                       Your group can look at its weather: about how many had which kind of
|                                       week, blurred, never who. I would open your moods for a moment to count
|                                       them. May yours count? `/privacy` changes it.
|                                       [A little more] [Write a line] [Share]
|                                       [Count mine] [Leave mine out]
Ana /checkin
| Mon 2 Mar 09:00   only Ana sees       Daymark: Monday 2 March. How are you?
|                                       So far: Good.
|                                       [😣 Really hard] [🙁 Low] [😐 So-so] [🙂 Okay] [😊 Good]
|                                       [Write a line]

== Somebody who has not joined is curious
Chidi presses Low
| Mon 2 Mar 09:00   only Chidi sees     Daymark: This is for members of Evening group. Joining takes a moment and
|                                       three questions.
|                                       [Join]
Chidi presses Join
| Mon 2 Mar 09:00   only Chidi sees     Daymark: │ Welcome to Evening group
|                                       │ Three small questions, each your choice. Any answer is fine, and you can
|                                       │ change it later with `/privacy`.
|                                       │ May I keep your check-ins?
|                                       │ Once a day I can ask how you are. If you say yes, I keep your answers for
|                                       │ you. They are locked with a key of your own. Nobody else here can read
|                                       │ them.
|                                       │ (Only you see this.)
|                                       [Yes, that's okay] [No, thanks]
Chidi presses No, thanks
| Mon 2 Mar 09:00   only Chidi sees     Daymark (changed): │ May I write to you directly?
|                                       │ Only when it is for you alone, such as a private note after something
|                                       │ heavy. If you say no, I only answer where you ask me.
|                                       │ (Only you see this.)
|                                       [Yes, that's okay] [No, thanks]
Chidi presses No, thanks
| Mon 2 Mar 09:00   only Chidi sees     Daymark (changed): │ May I notice certain words?
|                                       │ In the group's channel, a simple word check can notice when somebody may
|                                       │ need a person. Then I offer a private note with helplines. I keep none of
|                                       │ your words and tell nobody. It can be wrong.
|                                       │ (Only you see this.)
|                                       [Yes, that's okay] [No, thanks]
Chidi presses No, thanks
| Mon 2 Mar 09:00   only Chidi sees     Daymark (changed): │ You're in Evening group
|                                       │ ➖ I keep no check-ins of yours.
|                                       │ ➖ I never write to you directly.
|                                       │ ➖ I do not check your words.
|                                       │ Good to know
|                                       │   `/checkin` says how you are, `/sessions next` shows what comes next,
|                                       │ `/helplines` finds somebody to talk to, `/privacy` changes your choices,
|                                       │ `/leave` takes you out again.
|                                       │ (Only you see this.)

== The first reminder
at mon 17:45
| Mon 2 Mar 17:45   #evening-group      Daymark: Evening group starts in 15 minutes.
|                                       Monday 2 March 2026, 18:00 · 90 minutes
|                                       [Going] [Late] [Maybe] [Can't make it]
Ana /sessions next
| Mon 2 Mar 17:45   only Ana sees       Daymark: │ What comes next
|                                       │ Evening group · Monday 2 March 2026, 18:00 · in 15 minutes
|                                       │ Evening group · Wednesday 4 March 2026, 18:00 · in 2 days
|                                       │ Evening group · Friday 6 March 2026, 18:00 · in 4 days
|                                       │ Evening group · Monday 9 March 2026, 18:00 · in 7 days
|                                       │ Evening group · Wednesday 11 March 2026, 18:00 · in 9 days
|                                       │ Evening group · Friday 13 March 2026, 18:00 · in 11 days
|                                       │ Evening group · Monday 16 March 2026, 18:00 · in 14 days
|                                       │ (Times are shown in your own time zone. Only you see this.)
at mon 18:30
Ana /sessions next
| Mon 2 Mar 18:30   only Ana sees       Daymark: │ What comes next
|                                       │ Evening group · Wednesday 4 March 2026, 18:00 · in 2 days
|                                       │ Evening group · Friday 6 March 2026, 18:00 · in 4 days
|                                       │ Evening group · Monday 9 March 2026, 18:00 · in 7 days
|                                       │ Evening group · Wednesday 11 March 2026, 18:00 · in 9 days
|                                       │ Evening group · Friday 13 March 2026, 18:00 · in 11 days
|                                       │ Evening group · Monday 16 March 2026, 18:00 · in 14 days
|                                       │ (Times are shown in your own time zone. Only you see this.)
