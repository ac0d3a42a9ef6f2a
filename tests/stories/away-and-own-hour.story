# A shift worker in another zone asks to be asked at her own hour; another member pauses and comes back.
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

== Her own hour, in her own zone
Ana /me zone:America/Los_Angeles quiet:22:00-06:00
| Mon 2 Mar 08:40   only Ana sees       Daymark: │ What you set
|                                       │ Change it with `/me zone:` and `/me quiet:`.
|                                       │ Your time
|                                       │   America/Los_Angeles (yours), where it is 05:40 now
|                                       │ Quiet hours
|                                       │   from 22:00 to 06:00, every day: I send you nothing then
|                                       │ (Only you see this. Quiet hours never hold back an answer to you.)
|                                       [My check-ins]
|                                       [My reminders]
Ana presses My check-ins
| Mon 2 Mar 08:40   only Ana sees       Daymark: │ Your check-ins
|                                       │ After the first tap you may be asked: energy, sleep, hungry, angry, lonely
|                                       │ or tired, one small win and one line.
|                                       │ Choose what you'd like to be asked. Nobody sees what you choose, and it's
|                                       │ locked like your answers.
|                                       │ Asked by direct message
|                                       │   no
|                                       │ (Only you see this.)
|                                       [▾ What I may ask you: Energy / Sleep / Urge or craving, 0 to 10 / Hungry,
|                                       angry, lonely or tired / Medication as planned / One small win / One line]
|                                       [Only how I am] [My own hour] [When I go quiet] [Count me in the weather]
Ana presses My own hour
| Mon 2 Mar 08:40   only Ana sees       ┌ a form opens: Your own hour
|                                       │ When may I ask you, in your time?: [ 21:00; empty for not at all ]
Ana writes 23:00
| Mon 2 Mar 08:40   only Ana sees       Daymark: That hour lies in your quiet hours.
|                                       They run from 22:00 to 06:00.
|                                       Choose another hour, or change them with `/me quiet:`.
Ana presses My own hour
| Mon 2 Mar 08:40   only Ana sees       ┌ a form opens: Your own hour
|                                       │ When may I ask you, in your time?: [ 21:00; empty for not at all ]
Ana writes 21:30
| Mon 2 Mar 08:40   only Ana sees       Daymark (changed): │ Your check-ins
|                                       │ After the first tap you may be asked: energy, sleep, hungry, angry, lonely
|                                       │ or tired, one small win and one line.
|                                       │ Choose what you'd like to be asked. Nobody sees what you choose, and it's
|                                       │ locked like your answers.
|                                       │ Asked by direct message
|                                       │   every day at 21:30, America/Los_Angeles
|                                       │ (Only you see this.)
|                                       [▾ What I may ask you: Energy / Sleep / Urge or craving, 0 to 10 / Hungry,
|                                       angry, lonely or tired / Medication as planned / One small win / One line]
|                                       [Only how I am] [My own hour] [When I go quiet] [Count me in the weather]
at tue 00:31
| Mon 2 Mar 09:00   #evening-group      Daymark: Monday 2 March. How are you today?
|                                       One tap is enough, and only you see your answer.
|                                       [😣 Really hard] [🙁 Low] [😐 So-so] [🙂 Okay] [😊 Good]
|                                       [Write a line]
| Tue 3 Mar 00:30   DM with Ana         Daymark: Monday 2 March. How are you today?
|                                       For Evening group. One tap is enough, and only you see your answer.
|                                       [😣 Really hard] [🙁 Low] [😐 So-so] [🙂 Okay] [😊 Good]
|                                       [Write a line] [Stop asking here]
Ana presses Low
| Tue 3 Mar 00:31   only Ana sees       Daymark: Thank you for telling me. A low day is allowed to be a low day.
|                                       If you like: breathe out longer than you breathe in, six times.
|                                       Your group can look at its weather: about how many had which kind of
|                                       week, blurred, never who. I would open your moods for a moment to count
|                                       them. May yours count? `/privacy` changes it.
|                                       [A little more] [Write a line] [Share]
|                                       [This helps me] [Not for me] [Step by step]
|                                       [Count mine] [Leave mine out]
Ana presses A little more
| Tue 3 Mar 00:31   only Ana sees       Daymark (changed): Monday 2 March, a little more. Leave out whatever you
|                                       like; it's kept as you choose it.
|                                       Kept so far: low.
|                                       [▾ Energy: None left / A little / Some / Enough / Plenty / Leave it open]
|                                       [▾ Sleep: Hardly any / Badly / So-so / Okay / Well / Leave it open]
|                                       [▾ Hungry, angry, lonely, tired: Hungry / Angry / Lonely / Tired / None of
|                                       these / Leave it open]
|                                       [In your words] [I'd like someone to reach out] [What I'm asked] [Done]
Ana presses Done
| Tue 3 Mar 00:31   only Ana sees       Daymark (changed): Thank you for telling me. A low day is allowed to be a
|                                       low day.
|                                       If you like: breathe out longer than you breathe in, six times.
|                                       Your group can look at its weather: about how many had which kind of
|                                       week, blurred, never who. I would open your moods for a moment to count
|                                       them. May yours count? `/privacy` changes it.
|                                       [A little more] [Write a line] [Share]
|                                       [This helps me] [Not for me] [Step by step]
|                                       [Count mine] [Leave mine out]

== She blocks direct messages for a day; nothing else is lost
Ana takes no direct messages
at wed 00:31
| Tue 3 Mar 09:00   #evening-group      Daymark: Tuesday 3 March. How are you today?
|                                       One tap is enough, and only you see your answer.
|                                       [😣 Really hard] [🙁 Low] [😐 So-so] [🙂 Okay] [😊 Good]
|                                       [Write a line]
Ana takes direct messages
Ana /checkin
| Wed 4 Mar 00:31   only Ana sees       Daymark: Tuesday 3 March. How are you?
|                                       [😣 Really hard] [🙁 Low] [😐 So-so] [🙂 Okay] [😊 Good]
|                                       [Write a line]
Ana presses Okay
| Wed 4 Mar 00:31   only Ana sees       Daymark: Okay is good to know. Thank you.
|                                       Your group can look at its weather: about how many had which kind of
|                                       week, blurred, never who. I would open your moods for a moment to count
|                                       them. May yours count? `/privacy` changes it.
|                                       [A little more] [Write a line] [Share]
|                                       [Count mine] [Leave mine out]

== She pauses, and needs no reason
at wed 12:00
| Wed 4 Mar 09:00   #evening-group      Daymark: Wednesday 4 March. How are you today?
|                                       One tap is enough, and only you see your answer.
|                                       [😣 Really hard] [🙁 Low] [😐 So-so] [🙂 Okay] [😊 Good]
|                                       [Write a line]
Ana /away until:mon
| Wed 4 Mar 12:00   only Ana sees       Daymark: Okay, you're away until Monday 9 March 2026, 03:00 (in 5 days). I
|                                       send you nothing directly until then. Nobody is told, and it needs no
|                                       reason.
|                                       Only your own reminders of a medication or an appointment go on, if you have
|                                       some.
|                                       [I'm back] [Pause those, too]
at mon 00:31
| Thu 5 Mar 09:00   #evening-group      Daymark: Thursday 5 March. How are you today?
|                                       One tap is enough, and only you see your answer.
|                                       [😣 Really hard] [🙁 Low] [😐 So-so] [🙂 Okay] [😊 Good]
|                                       [Write a line]
| Fri 6 Mar 09:00   #evening-group      Daymark: Friday 6 March. How are you today?
|                                       One tap is enough, and only you see your answer.
|                                       [😣 Really hard] [🙁 Low] [😐 So-so] [🙂 Okay] [😊 Good]
|                                       [Write a line]
| Sat 7 Mar 09:00   #evening-group      Daymark: Saturday 7 March. How are you today?
|                                       One tap is enough, and only you see your answer.
|                                       [😣 Really hard] [🙁 Low] [😐 So-so] [🙂 Okay] [😊 Good]
|                                       [Write a line]
| Sun 8 Mar 09:00   #evening-group      Daymark: Sunday 8 March. How are you today?
|                                       One tap is enough, and only you see your answer.
|                                       [😣 Really hard] [🙁 Low] [😐 So-so] [🙂 Okay] [😊 Good]
|                                       [Write a line]
at tue 00:31
| Mon 9 Mar 09:00   #evening-group      Daymark: Monday 9 March. How are you today?
|                                       One tap is enough, and only you see your answer.
|                                       [😣 Really hard] [🙁 Low] [😐 So-so] [🙂 Okay] [😊 Good]
|                                       [Write a line]
| Tue 10 Mar 00:30  DM with Ana         Daymark: Monday 9 March. How are you today?
|                                       For Evening group. One tap is enough, and only you see your answer.
|                                       [😣 Really hard] [🙁 Low] [😐 So-so] [🙂 Okay] [😊 Good]
|                                       [Write a line] [Stop asking here]
Ana presses Good
| Tue 10 Mar 00:31  only Ana sees       Daymark: Welcome back. Good to hear. Thank you for telling me.
|                                       Your group can look at its weather: about how many had which kind of
|                                       week, blurred, never who. I would open your moods for a moment to count
|                                       them. May yours count? `/privacy` changes it.
|                                       [A little more] [Write a line] [Share]
|                                       [Count mine] [Leave mine out]
Ana /away
| Tue 10 Mar 00:31  only Ana sees       Daymark: Okay, you're away until you say so. I send you nothing directly
|                                       until then. Nobody is told, and it needs no reason.
|                                       Only your own reminders of a medication or an appointment go on, if you have
|                                       some.
|                                       [I'm back] [Pause those, too]
Ana presses I'm back
| Tue 10 Mar 00:31  only Ana sees       Daymark: Welcome back.
