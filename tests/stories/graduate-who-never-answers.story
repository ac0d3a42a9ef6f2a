# A graduate agreed to be asked, and never answers: two go unused, the second says so, and then it is quiet.
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
Sam /steps list
| Mon 2 Mar 08:40   only Sam sees       Daymark: │ Evening group has no steps yet
|                                       │ Steps say how support tapers: on which days somebody is asked by direct
|                                       │ message, and whether their own reminders go on. Start with five that most
|                                       │ programs have, and change them with `/steps set`.
|                                       │ (Only you see this.)
|                                       [Start with five]
Sam presses Start with five
| Mon 2 Mar 08:40   only Sam sees       Daymark (changed): │ Steps of Evening group
|                                       │ The most support comes first. `/member step` asks somebody; nothing
|                                       │ changes before they say yes.
|                                       │ PHP
|                                       │   Direct check-ins: every day
|                                       │   Own session reminders go on
|                                       │ IOP 5 days
|                                       │   Direct check-ins: Monday to Friday
|                                       │   Own session reminders go on
|                                       │ IOP 3 days
|                                       │   Direct check-ins: Monday, Wednesday and Friday
|                                       │   Own session reminders go on
|                                       │ Outpatient
|                                       │   Direct check-ins: Monday
|                                       │   Own session reminders go on
|                                       │ Alumni
|                                       │   Direct check-ins: none
|                                       │   Own session reminders pause
|                                       │   The last step: people here are alumni
|                                       │ (Only you see this.)
Sam /member step member:@Ana to:Alumni
| Mon 2 Mar 08:40   only Sam sees       Daymark: @Ana is asked about Alumni. I asked them by direct message,
|                                       outside their quiet hours.
|                                       Nothing changes before they say yes. What they say is told in #staff.
| Mon 2 Mar 08:40   DM with Ana         Daymark: │ Would “Alumni” fit you now?
|                                       │ @Sam asks, for Evening group. Nothing changes unless you say yes, and both
|                                       │ answers are fine. You can ask for more support again at any time with
|                                       │ `/step up`, without a reason.
|                                       │ Check-ins by direct message, if you have them
|                                       │   none
|                                       │ Your own session reminders, if you have them
|                                       │   pause
|                                       │ (The facilitators are told yes or no, nothing else.)
|                                       [Yes, that fits] [Not now]
Ana presses Yes, that fits
| Mon 2 Mar 08:40   DM with Ana         Daymark (changed): │ You're on “Alumni” now
|                                       │ You walked this way yourself. However it goes from here, there is a way
|                                       │ back up, and it needs no reason.
|                                       │ What stays
|                                       │   You belong to the group. `/checkin`, `/helplines` and asking for a
|                                       │ person work as before.
|                                       │ What stops
|                                       │   Direct check-ins: none. Your own session reminders pause.
|                                       │ What I have kept
|                                       │   Kept, locked with your key. `/privacy` in the server erases it, and asks
|                                       │ once more first.
|                                       │ If you like
|                                       │   I can ask how you are after 30, 60 and 90 days, 6 and 12 months: one
|                                       │ tap, only you see it. And this day can be kept as a milestone, marked each
|                                       │ year for you alone or with the group.
|                                       │ (Each is your choice. Doing nothing is one too.)
|                                       [Ask me now and then] [Tell the group] [Keep this day]
| Mon 2 Mar 08:40   #staff              Daymark: @Ana said yes to Alumni and is there now.
Ana presses Ask me now and then
| Mon 2 Mar 08:40   only Ana sees       Daymark: At which hour may I ask? In your own time zone, outside your quiet
|                                       hours, by direct message.
|                                       [▾ Your hour: 08:00 / 09:00 / 10:00 / 12:00 / 15:00 / 17:00 / 19:00 / 20:00]
Ana chooses 10:00 in Your hour
| Mon 2 Mar 08:40   only Ana sees       Daymark (changed): Good, I'll ask now and then. The first one comes
|                                       Wednesday 1 April. When two in a row go unused, I stop by myself and say so.
|                                       Rather a person than me? `/step companion` in the server asks somebody of
|                                       your choice.
|                                       [Stop asking]

== A month, two months, and then a year
at 2026-04-01 10:05
| Wed 1 Apr 10:00   DM with Ana         Daymark: A month since you moved on from Evening group. How are you? One tap
|                                       is enough, and only you see it.
|                                       [Good] [Mixed] [Could use a call] [Stop asking]
at 2026-05-01 10:05
| Fri 1 May 10:00   DM with Ana         Daymark: Two months since you moved on from Evening group. How are you? One
|                                       tap is enough, and only you see it.
|                                       The last one went unused, which is fine. If this one does too, I stop
|                                       asking.
|                                       [Good] [Mixed] [Could use a call] [Stop asking]
at 2027-03-10 10:05
