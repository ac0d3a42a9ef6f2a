# A member asks to be written to once when she goes quiet, and for a friend to be told two days later.
start 2026-03-02 08:40 America/New_York

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
Ben presses Yes, that's okay
| Mon 2 Mar 08:40   only Ben sees       Daymark (changed): │ May I write to you directly?
|                                       │ Only when it is for you alone, such as a private note after something
|                                       │ heavy. If you say no, I only answer where you ask me.
|                                       │ (Only you see this.)
|                                       [Yes, that's okay] [No, thanks]
Ben presses Yes, that's okay
| Mon 2 Mar 08:40   only Ben sees       Daymark (changed): │ May I notice certain words?
|                                       │ In the group's channel, a simple word check can notice when somebody may
|                                       │ need a person. Then I offer a private note with helplines. I keep none of
|                                       │ your words and tell nobody. It can be wrong.
|                                       │ (Only you see this.)
|                                       [Yes, that's okay] [No, thanks]
Ben presses Yes, that's okay
| Mon 2 Mar 08:40   only Ben sees       Daymark (changed): │ You're in Evening group
|                                       │ ✅ I keep your check-ins, locked.
|                                       │ ✅ I may write to you directly.
|                                       │ ✅ I notice certain words and offer a private note.
|                                       │ Good to know
|                                       │   `/checkin` says how you are, `/sessions next` shows what comes next,
|                                       │ `/helplines` finds somebody to talk to, `/privacy` changes your choices,
|                                       │ `/leave` takes you out again.
|                                       │ (Only you see this.)

== The group agrees to it first
Ana /reach-out
| Mon 2 Mar 08:40   only Ana sees       Daymark: This group has not agreed to being written to after silence.
|                                       A facilitator turns it on with `/checkin-setup`; you can ask one.
Sam /checkin-setup
| Mon 2 Mar 08:40   only Sam sees       Daymark: │ Check-ins of Evening group
|                                       │ How somebody is comes first, and is a whole answer. What you choose here
|                                       │ is asked after it, and only if they like. Each member can leave out any of
|                                       │ it. Nobody but the member sees an answer.
|                                       │ Asked besides
|                                       │   energy, sleep, hungry, angry, lonely or tired, one small win and one
|                                       │ line
|                                       │ Your own questions
|                                       │   none
|                                       │ Daily prompt
|                                       │   every day at 09:00; after 14 that nobody used I offer to switch it off
|                                       │ (Only you see this.)
|                                       [▾ What may be asked besides: energy / sleep / urge or craving, 0 to 10 /
|                                       hungry, angry, lonely or tired / one small win / one line]
|                                       [▾ On which days: Monday / Tuesday / Wednesday / Thursday / Friday /
|                                       Saturday / Sunday]
|                                       [▾ When to offer switching it off: After 7 that nobody used / After 14 that
|                                       nobody used / After 21 that nobody used / After 30 that nobody used]
|                                       [Your own questions] [Ask nothing more] [Weather and silence]
Sam presses Weather and silence
| Mon 2 Mar 08:40   only Sam sees       Daymark (changed): │ Weather and silence in Evening group
|                                       │ Weather: about how many had which kind of week, for those who let
|                                       │ themselves be counted; from five people on, blurred, without names. Talk
|                                       │ about it with the group before everybody sees it.
|                                       │ Silence: members who ask for it with `/reach-out` are written to once
|                                       │ when they have gone quiet. They choose whether anybody else is told, and
|                                       │ nothing of what they said is told.
|                                       │ Who may see the weather
|                                       │   facilitators
|                                       │ Writing to members who asked for it
|                                       │   never
|                                       │ (Only you see this.)
|                                       [▾ Who may see the weather: Nobody / Facilitators / Everybody in the group]
|                                       [▾ When to write to those who asked for it: After 3 missed days / After 5
|                                       missed days / After 7 missed days / After 14 missed days / Never]
|                                       [Back]
Sam chooses After 3 missed days in when to write
| Mon 2 Mar 08:40   only Sam sees       Daymark (changed): │ Weather and silence in Evening group
|                                       │ Weather: about how many had which kind of week, for those who let
|                                       │ themselves be counted; from five people on, blurred, without names. Talk
|                                       │ about it with the group before everybody sees it.
|                                       │ Silence: members who ask for it with `/reach-out` are written to once
|                                       │ when they have gone quiet. They choose whether anybody else is told, and
|                                       │ nothing of what they said is told.
|                                       │ Who may see the weather
|                                       │   facilitators
|                                       │ Writing to members who asked for it
|                                       │   after 3 missed days
|                                       │ (Only you see this.)
|                                       [▾ Who may see the weather: Nobody / Facilitators / Everybody in the group]
|                                       [▾ When to write to those who asked for it: After 3 missed days / After 5
|                                       missed days / After 7 missed days / After 14 missed days / Never]
|                                       [Back]
Ana /reach-out buddy:@Ben
| Mon 2 Mar 08:40   only Ana sees       Daymark: │ When you go quiet
|                                       │ If you like, I write to you once after 3 missed check-ins in Evening
|                                       │ group: no questions, no need to explain. Not while you are away, and not
|                                       │ in your quiet hours. One message, and then none until you are back.
|                                       │ If it stays quiet for two more days, somebody can be told that you asked
|                                       │ for a hello. They learn that it has been quiet, and nothing of what you
|                                       │ ever said here.
|                                       │ You named @Ben.
|                                       │ As it is now
|                                       │   no
|                                       │ (Change it whenever you like, here or with /privacy. Only you see this.)
|                                       [Write to me, then tell them] [Write to me, tell nobody] [Write to me, then
|                                       tell facilitators]
Ana presses Write to me, then tell them
| Mon 2 Mar 08:40   only Ana sees       Daymark (changed): Okay. If it goes quiet I write to you once, and two days
|                                       later @Ben is told that it has been quiet.

== Three days are missed
at fri 11:00
| Mon 2 Mar 09:00   #evening-group      Daymark: Monday 2 March. How are you today?
|                                       One tap is enough, and only you see your answer.
|                                       [😣 Really hard] [🙁 Low] [😐 So-so] [🙂 Okay] [😊 Good]
|                                       [Write a line]
| Tue 3 Mar 09:00   #evening-group      Daymark: Tuesday 3 March. How are you today?
|                                       One tap is enough, and only you see your answer.
|                                       [😣 Really hard] [🙁 Low] [😐 So-so] [🙂 Okay] [😊 Good]
|                                       [Write a line]
| Wed 4 Mar 09:00   #evening-group      Daymark: Wednesday 4 March. How are you today?
|                                       One tap is enough, and only you see your answer.
|                                       [😣 Really hard] [🙁 Low] [😐 So-so] [🙂 Okay] [😊 Good]
|                                       [Write a line]
| Thu 5 Mar 09:00   #evening-group      Daymark: Thursday 5 March. How are you today?
|                                       One tap is enough, and only you see your answer.
|                                       [😣 Really hard] [🙁 Low] [😐 So-so] [🙂 Okay] [😊 Good]
|                                       [Write a line]
| Fri 6 Mar 09:00   #evening-group      Daymark: Friday 6 March. How are you today?
|                                       One tap is enough, and only you see your answer.
|                                       [😣 Really hard] [🙁 Low] [😐 So-so] [🙂 Okay] [😊 Good]
|                                       [Write a line]
| Fri 6 Mar 11:00   DM with Ana         Daymark: It has been quiet for a few days. No need to explain: we are here.
|                                       Evening group is still your group.
|                                       You asked me for this one message; there is no other until you are back.
|                                       As you agreed, two days later @Ben is told that it has been quiet, and
|                                       nothing else. You can change that here.
|                                       [Check in] [I'm away for a while] [I'd like someone to reach out]
|                                       [Don't tell anybody] [Stop these]

== Two more, and her friend is told that it is quiet
at sun 12:00
| Sat 7 Mar 09:00   #evening-group      Daymark: Saturday 7 March. How are you today?
|                                       One tap is enough, and only you see your answer.
|                                       [😣 Really hard] [🙁 Low] [😐 So-so] [🙂 Okay] [😊 Good]
|                                       [Write a line]
| Sun 8 Mar 09:00   #evening-group      Daymark: Sunday 8 March. How are you today?
|                                       One tap is enough, and only you see your answer.
|                                       [😣 Really hard] [🙁 Low] [😐 So-so] [🙂 Okay] [😊 Good]
|                                       [Write a line]
| Sun 8 Mar 12:00   DM with Ben         Daymark: @Ana asked me to tell you when it has been quiet around them in
|                                       Evening group. It has been for some days.
|                                       I know nothing more, and it may mean nothing. A plain hello is enough, no
|                                       questions needed.
|                                       [Don't tell me such things]

== She is back, and nobody asks why
at mon 20:00
| Mon 9 Mar 09:00   #evening-group      Daymark: Monday 9 March. How are you today?
|                                       One tap is enough, and only you see your answer.
|                                       [😣 Really hard] [🙁 Low] [😐 So-so] [🙂 Okay] [😊 Good]
|                                       [Write a line]
Ana presses Check in
| Mon 9 Mar 20:00   only Ana sees       Daymark: Monday 9 March. How are you?
|                                       [😣 Really hard] [🙁 Low] [😐 So-so] [🙂 Okay] [😊 Good]
|                                       [Write a line]
Ana presses So-so
| Mon 9 Mar 20:00   only Ana sees       Daymark: So-so it is. That counts, too.
|                                       Your group can look at its weather: about how many had which kind of
|                                       week, blurred, never who. I would open your moods for a moment to count
|                                       them. May yours count? `/privacy` changes it.
|                                       [A little more] [Write a line] [Share]
|                                       [Count mine] [Leave mine out]
Ana /privacy
| Mon 9 Mar 20:00   only Ana sees       Daymark: │ What I keep about you here
|                                       │ ✅ I keep your check-ins, locked.
|                                       │ ✅ I may write to you directly.
|                                       │ ✅ I notice certain words and offer a private note.
|                                       │ Groups you belong to
|                                       │   Evening group
|                                       │ Check-in answers
|                                       │   1, since Monday 9 March, locked with your own key
|                                       │   Each is kept 400 days; the oldest goes Tuesday 13 April
|                                       │ Beyond your answers
|                                       │   When you go quiet I write to you once; then @Ben is told that it is
|                                       │ quiet (agreed Monday 2 March)
|                                       │ Direct messages to you
|                                       │   1, each kept 90 days
|                                       │ Until when
|                                       │   The rest until you change it or ask me to forget you. If you leave this
|                                       │ server, everything is erased 30 days later, unless you come back.
|                                       │ (Your words in channels are looked at once and never kept. Only you see
|                                       │ this.)
|                                       [Keep check-ins: turn off] [Direct messages: turn off] [Notice words: turn
|                                       off]
|                                       [Don't write when I'm quiet] [Send me a copy] [Forget me]
Ana presses Don't write when I'm quiet
| Mon 9 Mar 20:00   only Ana sees       Daymark (changed): │ What I keep about you here
|                                       │ ✅ I keep your check-ins, locked.
|                                       │ ✅ I may write to you directly.
|                                       │ ✅ I notice certain words and offer a private note.
|                                       │ Groups you belong to
|                                       │   Evening group
|                                       │ Check-in answers
|                                       │   1, since Monday 9 March, locked with your own key
|                                       │   Each is kept 400 days; the oldest goes Tuesday 13 April
|                                       │ Direct messages to you
|                                       │   1, each kept 90 days
|                                       │ Until when
|                                       │   The rest until you change it or ask me to forget you. If you leave this
|                                       │ server, everything is erased 30 days later, unless you come back.
|                                       │ (Your words in channels are looked at once and never kept. Only you see
|                                       │ this.)
|                                       [Keep check-ins: turn off] [Direct messages: turn off] [Notice words: turn
|                                       off]
|                                       [Send me a copy] [Forget me]
