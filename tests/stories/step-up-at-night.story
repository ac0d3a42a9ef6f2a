# Somebody on a lighter step would like more support again, at three in the night. Nobody asks why.
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
Sam /member step member:@Ana to:Outpatient
| Mon 2 Mar 08:40   only Sam sees       Daymark: @Ana is asked about Outpatient. I asked them by direct message,
|                                       outside their quiet hours.
|                                       Nothing changes before they say yes. What they say is told in #staff.
| Mon 2 Mar 08:40   DM with Ana         Daymark: │ Would “Outpatient” fit you now?
|                                       │ @Sam asks, for Evening group. Nothing changes unless you say yes, and both
|                                       │ answers are fine. You can ask for more support again at any time with
|                                       │ `/step up`, without a reason.
|                                       │ Check-ins by direct message, if you have them
|                                       │   Monday
|                                       │ Your own session reminders, if you have them
|                                       │   go on
|                                       │ (The facilitators are told yes or no, nothing else.)
|                                       [Yes, that fits] [Not now]
Ana presses Yes, that fits
| Mon 2 Mar 08:40   DM with Ana         Daymark (changed): Done. You're on Outpatient now. Check-ins by direct
|                                       message: Monday. Your own session reminders go on.
|                                       `/step up` asks for more support again, whenever you want it.
| Mon 2 Mar 08:40   #staff              Daymark: @Ana said yes to Outpatient and is there now.

== At night
at tue 03:00
Ana /step up
| Tue 3 Mar 03:00   only Ana sees       Daymark: │ More support again
|                                       │ You don't have to explain anything. One tap lets the people of Evening
|                                       │ group who help know that you would like somebody to reach out; together
|                                       │ you find the step that fits.
|                                       │ (Only you see this. Wanting more support is a good reason by itself.)
|                                       [Ask for more support]
Ana presses Ask for more support
| Tue 3 Mar 03:00   only Ana sees       Daymark: │ Ask for a person
|                                       │ I would post this in #staff. Everybody who can read that channel will see
|                                       │ it:
|                                       │ > @Facilitators @Ana would like someone to reach out. A short "I'm here"
|                                       │ > is enough.
|                                       │ Nothing you wrote is passed on, unless you add words now.
|                                       │ (Only you see this.)
|                                       [Post it] [Add words] [Not now]
Ana presses Post it
| Tue 3 Mar 03:00   #staff              Daymark: @Facilitators @Ana would like someone to reach out. A short "I'm
|                                       here" is enough.
|                                       [I'm here] [Close]
| Tue 3 Mar 03:00   only Ana sees       Daymark (changed): It's posted in #staff. If nobody answers within 10
|                                       minutes, I call others, and if nobody comes, I tell you. Please don't wait
|                                       for it: the helplines are there now. `/helplines`
|                                       [Take it back]

== In the morning they find the step that fits
at tue 09:30
| Tue 3 Mar 03:10   DM with Ana         Daymark: │ Nobody has answered so far
|                                       │ I called the people of your group, and nobody has answered yet. That says
|                                       │ nothing about you. Please don't wait for them: these people are there for
|                                       │ exactly this.
|                                       │ 988 Suicide & Crisis Lifeline
|                                       │   Text 988
|                                       │   Chat: https://988lifeline.org/chat/
|                                       │   Call 988
|                                       │   Open day and night.
|                                       │ Crisis Text Line
|                                       │   Text 741741 (send: HELLO)
|                                       │   Chat: https://connect.crisistextline.org/chat
|                                       │   WhatsApp +14437877678
|                                       │   Open day and night.
|                                       │ (Your call stays open. If somebody comes later, they write to you.)
|                                       [Ask again] [More helplines]
Sam /member step member:@Ana to:IOP 3 days
| Tue 3 Mar 09:30   only Sam sees       Daymark: @Ana is asked about IOP 3 days. I asked them by direct message,
|                                       outside their quiet hours.
|                                       Nothing changes before they say yes. What they say is told in #staff.
| Tue 3 Mar 09:30   DM with Ana         Daymark: │ Would “IOP 3 days” fit you now?
|                                       │ @Sam asks, for Evening group. Nothing changes unless you say yes, and both
|                                       │ answers are fine. You can ask for more support again at any time with
|                                       │ `/step up`, without a reason.
|                                       │ Where you are
|                                       │   Outpatient
|                                       │ Check-ins by direct message, if you have them
|                                       │   Monday, Wednesday and Friday
|                                       │ Your own session reminders, if you have them
|                                       │   go on
|                                       │ (The facilitators are told yes or no, nothing else.)
|                                       [Yes, that fits] [Not now]
Ana presses Yes, that fits
| Tue 3 Mar 09:30   DM with Ana         Daymark (changed): Done. You're on IOP 3 days now. Check-ins by direct
|                                       message: Monday, Wednesday and Friday. Your own session reminders go on.
|                                       `/step up` asks for more support again, whenever you want it.
| Tue 3 Mar 09:30   #staff              Daymark: @Ana said yes to IOP 3 days and is there now.
Ana /step mine
| Tue 3 Mar 09:30   only Ana sees       Daymark: │ You're on “IOP 3 days”
|                                       │ Direct check-ins: Monday, Wednesday and Friday. Your own session reminders
|                                       │ go on.
|                                       │ (Only you see this.)
|                                       [Ask for more support]
