# Somebody checks in at twenty past midnight: it still counts for the day that is ending for them.
start 2026-03-02 08:40 America/New_York

Priya /group setup zone:America/New_York channel:#evening-group country:US checkin:09:00 name:Evening group
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
|                                       │   people who may manage this server
|                                       │ Daily check-in
|                                       │   every day, 09:00
|                                       │ Noticing words
|                                       │   on, for people who did not say no
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
at tue 00:20
Ana presses Low
| Tue 3 Mar 00:20   only Ana sees       Daymark: Thank you for telling me. A low day is allowed to be a low day.
|                                       If you like: breathe out longer than you breathe in, six times.
|                                       Your group can look at its weather: about how many had which kind of
|                                       week, blurred, never who. I would open your moods for a moment to count
|                                       them. May yours count? `/privacy` changes it.
|                                       [A little more] [Write a line] [Share]
|                                       [This helps me] [Not for me]
|                                       [Count mine] [Leave mine out]
Ana /checkin
| Tue 3 Mar 00:20   only Ana sees       Daymark: Monday 2 March. How are you?
|                                       So far: Low.
|                                       [😣 Really hard] [🙁 Low] [😐 So-so] [🙂 Okay] [😊 Good]
|                                       [Write a line]

== After three it is a new day
at tue 03:10
Ana presses Good
| Tue 3 Mar 03:10   only Ana sees       Daymark: The check-in of Monday 2 March has closed. That's fine. `/checkin`
|                                       opens today's.
Ana /checkin
| Tue 3 Mar 03:10   only Ana sees       Daymark: Tuesday 3 March. How are you?
|                                       [😣 Really hard] [🙁 Low] [😐 So-so] [🙂 Okay] [😊 Good]
|                                       [Write a line]
Ana presses Good
| Tue 3 Mar 03:10   only Ana sees       Daymark: Good to hear. Thank you for telling me.
|                                       Your group can look at its weather: about how many had which kind of
|                                       week, blurred, never who. I would open your moods for a moment to count
|                                       them. May yours count? `/privacy` changes it.
|                                       [A little more] [Write a line] [Share]
|                                       [Count mine] [Leave mine out]
