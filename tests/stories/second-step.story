# The second step of a check-in, by a new member, and one who would like to be asked about medication.
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

== A facilitator chooses what is asked
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
Sam chooses energy, sleep, one small win in what may be asked
| Mon 2 Mar 08:40   only Sam sees       Daymark (changed): │ Check-ins of Evening group
|                                       │ How somebody is comes first, and is a whole answer. What you choose here
|                                       │ is asked after it, and only if they like. Each member can leave out any of
|                                       │ it. Nobody but the member sees an answer.
|                                       │ Asked besides
|                                       │   energy, sleep and one small win
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
Sam presses Your own questions
| Mon 2 Mar 08:40   only Sam sees       ┌ a form opens: Your own questions
|                                       │ First question: [ Did you go outside today? ]
|                                       │ Second question: [ Did you go outside today? ]
Sam writes Did you go outside today?
| Mon 2 Mar 08:40   only Sam sees       Daymark (changed): │ Check-ins of Evening group
|                                       │ How somebody is comes first, and is a whole answer. What you choose here
|                                       │ is asked after it, and only if they like. Each member can leave out any of
|                                       │ it. Nobody but the member sees an answer.
|                                       │ Asked besides
|                                       │   energy, sleep and one small win
|                                       │ Your own questions
|                                       │   Did you go outside today?
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

== A new member answers, and is asked whether answers may be kept
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
at mon 09:00
| Mon 2 Mar 09:00   #evening-group      Daymark: Monday 2 March. How are you today?
|                                       One tap is enough, and only you see your answer.
|                                       [😣 Really hard] [🙁 Low] [😐 So-so] [🙂 Okay] [😊 Good]
|                                       [Write a line]
Ana presses So-so
| Mon 2 Mar 09:00   only Ana sees       Daymark: So-so it is. That counts, too.
|                                       Your group can look at its weather: about how many had which kind of
|                                       week, blurred, never who. I would open your moods for a moment to count
|                                       them. May yours count? `/privacy` changes it.
|                                       [A little more] [Share]
|                                       [Count mine] [Leave mine out]
Ana presses A little more
| Mon 2 Mar 09:00   only Ana sees       Daymark (changed): Monday 2 March, a little more. Leave out whatever you
|                                       like; it's kept as you choose it.
|                                       Kept so far: so-so.
|                                       [▾ Energy: None left / A little / Some / Enough / Plenty / Leave it open]
|                                       [▾ Sleep: Hardly any / Badly / So-so / Okay / Well / Leave it open]
|                                       [In your words] [I'd like someone to reach out] [What I'm asked] [Done]
Ana chooses Badly in sleep
| Mon 2 Mar 09:00   only Ana sees       Daymark (changed): Monday 2 March, a little more. Leave out whatever you
|                                       like; it's kept as you choose it.
|                                       Kept so far: so-so.
|                                       [▾ Energy: None left / A little / Some / Enough / Plenty / Leave it open]
|                                       [▾ Sleep: badly: Hardly any / Badly / So-so / Okay / Well / Leave it open]
|                                       [In your words] [I'd like someone to reach out] [What I'm asked] [Done]
Ana chooses Some in energy
| Mon 2 Mar 09:00   only Ana sees       Daymark (changed): Monday 2 March, a little more. Leave out whatever you
|                                       like; it's kept as you choose it.
|                                       Kept so far: so-so.
|                                       [▾ Energy: some: None left / A little / Some / Enough / Plenty / Leave it
|                                       open]
|                                       [▾ Sleep: badly: Hardly any / Badly / So-so / Okay / Well / Leave it open]
|                                       [In your words] [I'd like someone to reach out] [What I'm asked] [Done]
Ana presses In your words
| Mon 2 Mar 09:00   only Ana sees       ┌ a form opens: Only you can read this
|                                       │ One small win: [ Getting up counts ]
|                                       │ Did you go outside today?: [  ]
Ana writes I made it to the kitchen
| Mon 2 Mar 09:00   only Ana sees       Daymark (changed): Monday 2 March, a little more. Leave out whatever you
|                                       like; it's kept as you choose it.
|                                       Kept so far: so-so and a win.
|                                       [▾ Energy: some: None left / A little / Some / Enough / Plenty / Leave it
|                                       open]
|                                       [▾ Sleep: badly: Hardly any / Badly / So-so / Okay / Well / Leave it open]
|                                       [In your words] [I'd like someone to reach out] [What I'm asked] [Done]
Ana presses Done
| Mon 2 Mar 09:00   only Ana sees       Daymark (changed): Not an easy day, and something went right in it. Both are
|                                       true.
|                                       Your words are kept, locked, for you alone.
|                                       Your group can look at its weather: about how many had which kind of
|                                       week, blurred, never who. I would open your moods for a moment to count
|                                       them. May yours count? `/privacy` changes it.
|                                       [A little more] [Share]
|                                       [Count mine] [Leave mine out]
Ana presses This helps me
| (Ana sees no button "This helps me")

== What she is asked is hers to choose
Ana /checkin
| Mon 2 Mar 09:00   only Ana sees       Daymark: Monday 2 March. How are you?
|                                       So far: So-so.
|                                       [😣 Really hard] [🙁 Low] [😐 So-so] [🙂 Okay] [😊 Good]
|                                       [Write a line]
Ana presses Low
| Mon 2 Mar 09:00   only Ana sees       Daymark: A low day after a bad night. Some of this may be the night, not
|                                       you.
|                                       If you like: breathe out longer than you breathe in, six times.
|                                       Your words are kept, locked, for you alone.
|                                       Your group can look at its weather: about how many had which kind of
|                                       week, blurred, never who. I would open your moods for a moment to count
|                                       them. May yours count? `/privacy` changes it.
|                                       [A little more] [Share]
|                                       [This helps me] [Not for me]
|                                       [Count mine] [Leave mine out]
Ana presses A little more
| Mon 2 Mar 09:00   only Ana sees       Daymark (changed): Monday 2 March, a little more. Leave out whatever you
|                                       like; it's kept as you choose it.
|                                       Kept so far: low and a win.
|                                       [▾ Energy: some: None left / A little / Some / Enough / Plenty / Leave it
|                                       open]
|                                       [▾ Sleep: badly: Hardly any / Badly / So-so / Okay / Well / Leave it open]
|                                       [In your words] [I'd like someone to reach out] [What I'm asked] [Done]
Ana presses What I'm asked
| Mon 2 Mar 09:00   only Ana sees       Daymark: │ Your check-ins
|                                       │ After the first tap you may be asked: energy, sleep, one small win and the
|                                       │ group's own questions.
|                                       │ Choose what you'd like to be asked. Nobody sees what you choose, and it's
|                                       │ locked like your answers.
|                                       │ Asked by direct message
|                                       │   no
|                                       │ (Only you see this.)
|                                       [▾ What I may ask you: Energy / Sleep / Urge or craving, 0 to 10 / Hungry,
|                                       angry, lonely or tired / Medication as planned / One small win / One line /
|                                       The group's own questions]
|                                       [Only how I am] [My own hour] [When I go quiet] [Count me in the weather]
Ana chooses Sleep, Medication as planned in what i may
| Mon 2 Mar 09:00   only Ana sees       Daymark (changed): │ Your check-ins
|                                       │ After the first tap you may be asked: sleep and medication as planned.
|                                       │ Choose what you'd like to be asked. Nobody sees what you choose, and it's
|                                       │ locked like your answers.
|                                       │ Asked by direct message
|                                       │   no
|                                       │ (Only you see this.)
|                                       [▾ What I may ask you: Energy / Sleep / Urge or craving, 0 to 10 / Hungry,
|                                       angry, lonely or tired / Medication as planned / One small win / One line /
|                                       The group's own questions]
|                                       [Only how I am] [My own hour] [When I go quiet] [Count me in the weather]
Ana presses A little more
| Mon 2 Mar 09:00   only Ana sees       Daymark (changed): Monday 2 March, a little more. Leave out whatever you
|                                       like; it's kept as you choose it.
|                                       Kept so far: low and a win.
|                                       [▾ Sleep: badly: Hardly any / Badly / So-so / Okay / Well / Leave it open]
|                                       [▾ Medication: As planned / Partly, or at another time / Not today / Leave
|                                       it open]
|                                       [I'd like someone to reach out] [What I'm asked] [Done]
Ana chooses As planned in medication
| Mon 2 Mar 09:00   only Ana sees       Daymark (changed): Monday 2 March, a little more. Leave out whatever you
|                                       like; it's kept as you choose it.
|                                       Kept so far: low and a win.
|                                       [▾ Sleep: badly: Hardly any / Badly / So-so / Okay / Well / Leave it open]
|                                       [▾ Medication: as planned: As planned / Partly, or at another time / Not
|                                       today / Leave it open]
|                                       [I'd like someone to reach out] [What I'm asked] [Done]
