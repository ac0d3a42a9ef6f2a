# A small circle with one place: two taps to answer, a waitlist, a reminder at one's own time, and no reproach.
start 2026-03-02 08:40 America/New_York

Priya /group setup zone:America/New_York channel:#evening-group country:US facilitators:@Facilitators facilitator_channel:#staff name:Evening group
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
Ben /join
| Mon 2 Mar 08:40   only Ben sees       Daymark: │ Welcome to Evening group
|                                       │ Three small questions, each your choice. Any answer is fine, and you can
|                                       │ change it later with `/privacy`.
|                                       │ May I keep your check-ins?
|                                       │ Once a day I can ask how you are. If you say yes, I keep your answers for
|                                       │ you. They are locked with a key of your own. Nobody else here can read
|                                       │ them.
|                                       │ (Only you see this.)
|                                       [Yes, that's okay] [No, thanks]
Ben presses No, thanks
| Mon 2 Mar 08:40   only Ben sees       Daymark (changed): │ May I write to you directly?
|                                       │ Only when it is for you alone, such as a private note after something
|                                       │ heavy. If you say no, I only answer where you ask me.
|                                       │ (Only you see this.)
|                                       [Yes, that's okay] [No, thanks]
Ben presses No, thanks
| Mon 2 Mar 08:40   only Ben sees       Daymark (changed): │ May I notice certain words?
|                                       │ In the group's channel, a simple word check can notice when somebody may
|                                       │ need a person. Then I offer a private note with helplines. I keep none of
|                                       │ your words and tell nobody. It can be wrong.
|                                       │ (Only you see this.)
|                                       [Yes, that's okay] [No, thanks]
Ben presses No, thanks
| Mon 2 Mar 08:40   only Ben sees       Daymark (changed): │ You're in Evening group
|                                       │ ➖ I keep no check-ins of yours.
|                                       │ ➖ I never write to you directly.
|                                       │ ➖ I do not check your words.
|                                       │ Good to know
|                                       │   `/checkin` says how you are, `/sessions next` shows what comes next,
|                                       │ `/helplines` finds somebody to talk to, `/privacy` changes your choices,
|                                       │ `/leave` takes you out again.
|                                       │ (Only you see this.)
Sam /schedule add title:Small circle when:mon,wed 18:00 leads:1h length:60m capacity:1
| Mon 2 Mar 08:40   only Sam sees       Daymark: │ Save Small circle?
|                                       │ Nothing is saved yet. Is this what you mean?
|                                       │ When
|                                       │   Every Monday and Wednesday at 18:00, America/New_York time, 60 minutes
|                                       │ Reminders
|                                       │   1 hour before, in the group's channel
|                                       │ Places
|                                       │   1, then a waitlist
|                                       │ The next 5
|                                       │   Monday 2 March, 18:00 · today
|                                       │   Wednesday 4 March, 18:00 · in 2 days
|                                       │   Monday 9 March, 18:00 · in 7 days
|                                       │   Wednesday 11 March, 18:00 · in 9 days
|                                       │   Monday 16 March, 18:00 · in 14 days
|                                       │ (Only you see this. It can be saved for an hour.)
|                                       [Save] [Discard]
Sam presses Save
| Mon 2 Mar 08:40   only Sam sees       Daymark (changed): │ Small circle is on the schedule
|                                       │ When
|                                       │   Every Monday and Wednesday at 18:00, America/New_York time, 60 minutes
|                                       │ Reminders
|                                       │   1 hour before, in the group's channel
|                                       │ Places
|                                       │   1, then a waitlist
|                                       │ The next 5
|                                       │   Monday 2 March, 18:00 · today
|                                       │   Wednesday 4 March, 18:00 · in 2 days
|                                       │   Monday 9 March, 18:00 · in 7 days
|                                       │   Wednesday 11 March, 18:00 · in 9 days
|                                       │   Monday 16 March, 18:00 · in 14 days
|                                       [Take it off again]

== A reminder of her own
Ana /me
| Mon 2 Mar 08:40   only Ana sees       Daymark: │ What you set
|                                       │ Change it with `/me zone:` and `/me quiet:`.
|                                       │ Your time
|                                       │   America/New_York (your group's), where it is 08:40 now
|                                       │ Quiet hours
|                                       │   none
|                                       │ (Only you see this. Quiet hours never hold back an answer to you.)
|                                       [My check-ins]
|                                       [My reminders]
Ana presses My reminders
| Mon 2 Mar 08:40   only Ana sees       Daymark: │ Your reminders for Evening group
|                                       │ Before a session
|                                       │   none; the group's channel is reminded all the same
|                                       │ A note when you are missed
|                                       │   off. If you like: when you miss two sessions in a row, I write you one
|                                       │ kind line. Nobody else is told
|                                       │ (Only you see this.)
|                                       [▾ Remind me before, up to five: 10 minutes before / 15 minutes before / 30
|                                       minutes before / 45 minutes before / 1 hour before / 2 hours before / 3
|                                       hours before / 4 hours before / 8 hours before / 12 hours before / 1 day
|                                       before / 2 days before]
|                                       [Type my own] [Yes, write me if I'm missed]
Ana chooses 30 minutes before in Remind me
| Mon 2 Mar 08:40   only Ana sees       Daymark (changed): │ Your reminders for Evening group
|                                       │ Before a session
|                                       │   30 minutes before, by direct message, outside your quiet hours
|                                       │ A note when you are missed
|                                       │   off. If you like: when you miss two sessions in a row, I write you one
|                                       │ kind line. Nobody else is told
|                                       │ (Only you see this.)
|                                       [▾ Remind me before, up to five: 10 minutes before / 15 minutes before / 30
|                                       minutes before / 45 minutes before / 1 hour before / 2 hours before / 3
|                                       hours before / 4 hours before / 8 hours before / 12 hours before / 1 day
|                                       before / 2 days before]
|                                       [Type my own] [No reminders] [Yes, write me if I'm missed]
Ana presses Yes, write me if I'm missed
| Mon 2 Mar 08:40   only Ana sees       Daymark (changed): │ Your reminders for Evening group
|                                       │ Before a session
|                                       │   30 minutes before, by direct message, outside your quiet hours
|                                       │ A note when you are missed
|                                       │   on: after two in a row I write you once, kindly, never a reproach
|                                       │ (Only you see this.)
|                                       [▾ Remind me before, up to five: 10 minutes before / 15 minutes before / 30
|                                       minutes before / 45 minutes before / 1 hour before / 2 hours before / 3
|                                       hours before / 4 hours before / 8 hours before / 12 hours before / 1 day
|                                       before / 2 days before]
|                                       [Type my own] [No reminders] [No notes when I'm missed]

== Two taps
at mon 17:00
| Mon 2 Mar 17:00   #evening-group      Daymark: Small circle starts in 1 hour.
|                                       Monday 2 March 2026, 18:00 · 60 minutes
|                                       [Going] [Late] [Maybe] [Can't make it]
Ana presses Going
| Mon 2 Mar 17:00   only Ana sees       Daymark: You're going: Small circle, Monday 2 March 2026, 18:00 (in 1
|                                       hour).
|                                       │ (Only you and the facilitators see your answer. You can change it until
|                                       │ the start.)
|                                       [Going] [Late] [Maybe] [Can't make it]
|                                       [My reminders]
Ben presses Going
| Mon 2 Mar 17:00   only Ben sees       Daymark: Small circle is full for Monday 2 March 2026, 18:00 (in 1
|                                       hour). You are number 1 on the waitlist.
|                                       If a place comes free, it is yours, and I let you know.
|                                       │ (Only you and the facilitators see your answer. You can change it until
|                                       │ the start.)
|                                       [Going] [Late] [Maybe] [Can't make it]
|                                       [My reminders]
at mon 17:30
| Mon 2 Mar 17:30   DM with Ana         Daymark: Small circle starts in 30 minutes.
|                                       Monday 2 March 2026, 18:00 · 60 minutes
|                                       [Going] [Late] [Maybe] [Can't make it]
Ana presses Can't make it
| Mon 2 Mar 17:30   only Ana sees       Daymark: Okay, not this time: Small circle, Monday 2 March 2026, 18:00
|                                       (in 30 minutes).
|                                       It needs no reason. If you like to give one, choose who may see it.
|                                       │ (Only you and the facilitators see your answer. You can change it until
|                                       │ the start.)
|                                       [Going] [Late] [Maybe] [Can't make it]
|                                       [My reminders]
|                                       [▾ Tell the facilitators why: I'm not well / Getting there / Childcare /
|                                       Work or school / Another appointment / Not up to it / Something else]
|                                       [▾ Note it for myself only: I'm not well / Getting there / Childcare / Work
|                                       or school / Another appointment / Not up to it / Something else]
| Mon 2 Mar 17:30   #evening-group      Daymark: A place came free for Small circle, Monday 2 March 2026, 18:00
|                                       (in 30 minutes), and went to the next on the waitlist.
|                                       [Is it mine?]
Ana chooses Childcare in Tell the facilitators
| Mon 2 Mar 17:30   only Ana sees       Daymark (changed): Thank you. The facilitators can see it; nobody else can,
|                                       and `/privacy` shows you who looked. Take care of yourself.
Ben presses Is it mine?
| Mon 2 Mar 17:30   only Ben sees       Daymark: A place came free, and it is yours: Small circle, Monday 2
|                                       March 2026, 18:00 (in 30 minutes).
|                                       │ (Only you and the facilitators see your answer. You can change it until
|                                       │ the start.)
|                                       [Going] [Late] [Maybe] [Can't make it]
|                                       [My reminders]
Sam /schedule who title:Small circle
| Mon 2 Mar 17:30   only Sam sees       Daymark: │ Who comes to Small circle
|                                       │ Monday 2 March, 18:00
|                                       │ 1 of 1 places taken
|                                       │ Going (1)
|                                       │   @Ben
|                                       │ Can't make it (1)
|                                       │   @Ana · childcare
|                                       │ (Only you see this. Reasons are shown where the member chose so; nobody
|                                       │ has to answer.)

== After the start
at mon 18:20
Ana presses Maybe
| Mon 2 Mar 18:20   only Ana sees       Daymark: That session has begun or is over.
|                                       Answers are taken until the start. If you are on your way, just come.
|                                       The next one is Wednesday 4 March 2026, 18:00.
Sam /schedule attendance title:Small circle
| Mon 2 Mar 18:20   only Sam sees       Daymark: │ Small circle · Monday 2 March, 18:00
|                                       │ Choose who was there, as often as you like. When everybody is in, press
|                                       │ “That's everybody”.
|                                       │ There (0)
|                                       │   nobody marked yet
|                                       │ (Only you see this. Attendance is never published.)
|                                       [▾ Who was there]
|                                       [▾ Take somebody off again]
|                                       [That's everybody]
Sam chooses Ben in Who was there
| Mon 2 Mar 18:20   only Sam sees       Daymark (changed): │ Small circle · Monday 2 March, 18:00
|                                       │ Choose who was there, as often as you like. When everybody is in, press
|                                       │ “That's everybody”.
|                                       │ There (1)
|                                       │   @Ben
|                                       │ (Only you see this. Attendance is never published.)
|                                       [▾ Who was there]
|                                       [▾ Take somebody off again]
|                                       [That's everybody]
Sam presses That's everybody
| Mon 2 Mar 18:20   only Sam sees       Daymark (changed): │ Small circle · Monday 2 March, 18:00
|                                       │ Everybody is marked. You can still correct it.
|                                       │ There (1)
|                                       │   @Ben
|                                       │ (Only you see this. Attendance is never published.)
|                                       [▾ Who was there]
|                                       [▾ Take somebody off again]
