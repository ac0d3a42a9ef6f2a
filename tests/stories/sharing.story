# One thing of a check-in is shared after a look at it, and taken back; and the group's weather.
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

== Ana shares one line with everybody
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
Ana presses Count mine
| Mon 2 Mar 09:00   only Ana sees       Daymark: Okay, your weeks count from now on: as one of several, blurred,
|                                       without your name.
Ana presses Write a line
| Mon 2 Mar 09:00   only Ana sees       ┌ a form opens: One line for today
|                                       │ Only you can read this: [ Whatever you'd like to remember about today ]
Ana writes Walked to the river before work
| Mon 2 Mar 09:00   only Ana sees       Daymark: Okay is good to know. Thank you.
|                                       Your words are kept, locked, for you alone.
|                                       [A little more] [Write a line] [Share]
Ana presses Share
| Mon 2 Mar 09:00   only Ana sees       Daymark: Monday 2 March. What would you like to share? You see it first,
|                                       and you can take it back.
|                                       [▾ Share this, and nothing else: How I am / My line / All of it]
Ana chooses My line in share this
| Mon 2 Mar 09:00   only Ana sees       Daymark (changed): This is what will be seen, in #evening-group or where
|                                       facilitators talk, and nothing else:
| 
|                                       @Ana shares something of Monday 2 March.
|                                       For one person: `/share with:`
|                                       │ In their words
|                                       │ Walked to the river before work
|                                       [Post in the channel] [To the facilitators] [Not now]
Ana presses Post in the channel
| Mon 2 Mar 09:00   only Ana sees       Daymark (changed): Shared in #evening-group. You can take it back whenever
|                                       you like: here, or with `/share`.
|                                       [Take it back]
| Mon 2 Mar 09:00   #evening-group      Daymark: @Ana shares something of Monday 2 March.
|                                       │ In their words
|                                       │ Walked to the river before work
|                                       [Take it back]
Ben presses Take it back
| Mon 2 Mar 09:00   only Ben sees       Daymark: Only the person who shared this can take it back.
Ana /share
| Mon 2 Mar 09:00   only Ana sees       Daymark: Monday 2 March. What would you like to share? You see it first,
|                                       and you can take it back.
|                                       What you shared lately can be taken back:
|                                       [▾ Share this, and nothing else: How I am / My line / All of it]
|                                       [Take back: 2 Mar, in the channel]
Ana presses Take back: 2 Mar, in the channel
| Mon 2 Mar 09:00   #evening-group      (Daymark took a message away)
| Mon 2 Mar 09:00   only Ana sees       Daymark (changed): It's taken back. Nobody can see it here any more;
|                                       somebody may have read it before.

== And how she is with Ben alone
Ana /share with:@Ben
| Mon 2 Mar 09:00   only Ana sees       Daymark: Monday 2 March. What would you like to share with @Ben? You see
|                                       it first, and you can take it back.
|                                       [▾ Share this, and nothing else: How I am / My line / All of it]
Ana chooses How I am in share this
| Mon 2 Mar 09:00   only Ana sees       Daymark (changed): @Ben alone sees this, by direct message, when they can be
|                                       written to:
| 
|                                       @Ana shares something of Monday 2 March.
|                                       │ How it is
|                                       │ Okay
|                                       [Send it] [Not now]
Ana presses Send it
| Mon 2 Mar 09:00   only Ana sees       Daymark (changed): It goes to @Ben, when they can be written to. You can
|                                       take it back whenever you like: here, or with `/share`.
|                                       [Take it back]
| Mon 2 Mar 09:00   DM with Ben         Daymark: @Ana shares something of Monday 2 March.
|                                       It is for you alone. You get it because you said yes to direct messages;
|                                       `/privacy` in your server changes that.
|                                       │ How it is
|                                       │ Okay

== Home practice
Sam /practice set kind:thought record words:One thought that stung, and what speaks against it
| Mon 2 Mar 09:00   only Sam sees       Daymark: It's set: Thought record: One thought that stung, and what speaks
|                                       against it.
|                                       It is told with the reminders of every session, and below check-ins. Members
|                                       mark it for themselves; nobody sees who does.
|                                       [End it]
Ana /practice show
| Mon 2 Mar 09:00   only Ana sees       Daymark: │ Home practice
|                                       │ Something to try between sessions. Whatever you do of it is enough.
|                                       │ Thought record: One thought that stung, and what speaks against it
|                                       │   for as long as it helps
|                                       │ (Nobody sees who marks what. Only you see this.)
|                                       [Practice done]
|                                       [Share a note]
Ana presses Practice done
| Mon 2 Mar 09:00   only Ana sees       Daymark: Marked for today, for you alone. Good that you tried it.
|                                       [Share a note]

== The weather needs five
at 2026-03-09 12:00
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
| Sat 7 Mar 09:00   #evening-group      Daymark: Saturday 7 March. How are you today?
|                                       One tap is enough, and only you see your answer.
|                                       [😣 Really hard] [🙁 Low] [😐 So-so] [🙂 Okay] [😊 Good]
|                                       [Write a line]
| Sun 8 Mar 09:00   #evening-group      Daymark: Sunday 8 March. How are you today?
|                                       One tap is enough, and only you see your answer.
|                                       [😣 Really hard] [🙁 Low] [😐 So-so] [🙂 Okay] [😊 Good]
|                                       [Write a line]
| Mon 9 Mar 09:00   #evening-group      Daymark: Monday 9 March. How are you today?
|                                       One tap is enough, and only you see your answer.
|                                       [😣 Really hard] [🙁 Low] [😐 So-so] [🙂 Okay] [😊 Good]
|                                       [Write a line]
Sam /checkin-weather
| Mon 9 Mar 12:00   only Sam sees       Daymark: There is no weather for last week. I show it only when at least 5
|                                       people checked in and let themselves be counted: with fewer, somebody could
|                                       be read out of it. That says nothing about Evening group.
Ana /checkin-weather
| Mon 9 Mar 12:00   only Ana sees       Daymark: In this group the facilitators look at the weather.
|                                       A facilitator decides with the group who sees it: `/checkin-setup`
