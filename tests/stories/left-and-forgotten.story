# A member leaves, comes back and is asked anew; leaves for good, and after thirty days nothing is known of them.
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
Chidi /join
| Mon 2 Mar 08:40   only Chidi sees     Daymark: │ Welcome to Evening group
|                                       │ Three small questions, each your choice. Any answer is fine, and you can
|                                       │ change it later with `/privacy`.
|                                       │ May I keep your check-ins?
|                                       │ Once a day I can ask how you are. If you say yes, I keep your answers for
|                                       │ you. They are locked with a key of your own. Nobody else here can read
|                                       │ them.
|                                       │ (Only you see this.)
|                                       [Yes, that's okay] [No, thanks]
Chidi presses Yes, that's okay
| Mon 2 Mar 08:40   only Chidi sees     Daymark (changed): │ May I write to you directly?
|                                       │ Only when it is for you alone, such as a private note after something
|                                       │ heavy. If you say no, I only answer where you ask me.
|                                       │ (Only you see this.)
|                                       [Yes, that's okay] [No, thanks]
Chidi presses Yes, that's okay
| Mon 2 Mar 08:40   only Chidi sees     Daymark (changed): │ May I notice certain words?
|                                       │ In the group's channel, a simple word check can notice when somebody may
|                                       │ need a person. Then I offer a private note with helplines. I keep none of
|                                       │ your words and tell nobody. It can be wrong.
|                                       │ (Only you see this.)
|                                       [Yes, that's okay] [No, thanks]
Chidi presses Yes, that's okay
| Mon 2 Mar 08:40   only Chidi sees     Daymark (changed): │ You're in Evening group
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
Ana /mentor offer
| Mon 2 Mar 08:40   only Ana sees       Daymark: │ Be found by your group
|                                       │ If you choose topics, people of Evening group can find your name for them.
|                                       │ You can also mentor: I ask you each time, you say yes or not now, and
|                                       │ either of you can end it without a reason. A mentor has been there; nobody
|                                       │ expects you to treat anybody.
|                                       │ (Only you see this. Doing nothing changes nothing.)
|                                       [▾ What you can be found for: The first weeks after stepping down / Work or
|                                       school / Family and partners / Living sober / Moods and anxiety / Eating /
|                                       Trauma / Medication, from experience / Going out and company]
Ana chooses Work or school in What you can be found for
| Mon 2 Mar 08:40   only Ana sees       Daymark (changed): │ Be found by your group
|                                       │ If you choose topics, people of Evening group can find your name for them.
|                                       │ You can also mentor: I ask you each time, you say yes or not now, and
|                                       │ either of you can end it without a reason. A mentor has been there; nobody
|                                       │ expects you to treat anybody.
|                                       │ You can be found for
|                                       │   Work or school
|                                       │ People you mentor at once
|                                       │   up to 1
|                                       │ (Only you see this. Doing nothing changes nothing.)
|                                       [▾ What you can be found for: The first weeks after stepping down / Work or
|                                       school / Family and partners / Living sober / Moods and anxiety / Eating /
|                                       Trauma / Medication, from experience / Going out and company]
|                                       [▾ How many people at once: Only found, not asked / 1 person at a time / Up
|                                       to 2 people / Up to 3 people / Up to 4 people / Up to 5 people]
|                                       [Take me out]
Chidi /mentor find
| Mon 2 Mar 08:40   only Chidi sees     Daymark: │ Find a mentor
|                                       │ Choose what for. I ask one alum who offered that and has room. They see
|                                       │ your name and the topic, nothing else, and say yes or not now. Either of
|                                       │ you can end it at any time, without a reason.
|                                       │ (Only you see this.)
|                                       [▾ What for: The first weeks after stepping down / Work or school / Family
|                                       and partners / Living sober / Moods and anxiety / Eating / Trauma /
|                                       Medication, from experience / Going out and company]
Chidi chooses Work or school in What for
| Mon 2 Mar 08:40   only Chidi sees     Daymark (changed): I've asked somebody who offered that. I'll write you as
|                                       soon as they answer. `/mentor mine` takes it back.
| Mon 2 Mar 08:40   DM with Ana         Daymark: @Chidi of Evening group would like a mentor: Work or school. Would
|                                       that be all right for you now? Not now is fine, and needs no reason.
|                                       [Yes, gladly] [Not now]
Ana presses Yes, gladly
| Mon 2 Mar 08:40   DM with Ana         Daymark (changed): You and @Chidi: Work or school. They read that you said
|                                       yes. A simple hello is enough. Either of you can end it at any time with
|                                       `/mentor mine`.
| Mon 2 Mar 08:40   DM with Chidi       Daymark: @Ana said yes: Work or school. Write to each other as you like; a
|                                       simple hello is enough. Either of you can end it at any time with `/mentor
|                                       mine`.
Ana /remind me when:every day 21:00 what:call my sister
| Mon 2 Mar 08:40   only Ana sees       Daymark: │ I'll remind you
|                                       │ every day at 21:00
|                                       │ Next: Monday 2 March 2026, 21:00 (today), your time (America/New_York).
|                                       │ About
|                                       │   call my sister
|                                       │ On your screen
|                                       │   The message says only "A reminder you set", until you open it.
|                                       │ (Locked with your own key. Only you see this.)
|                                       [Change it] [Show the words] [Take it back]

== Ana leaves the server. Whoever stays reads one kind line, and Ana reads nothing more
at tue 12:00
| Mon 2 Mar 21:00   DM with Ana         Daymark: A reminder you set.
|                                       [Show it] [Done]
|                                       [In 10 minutes] [In an hour] [Tomorrow] [Stop]
Ana leaves
| Tue 3 Mar 12:00   DM with Chidi       Daymark: Mentoring with @Ana in Evening group has come to its end. Life
|                                       moves, and it says nothing about you. Thank you for the time you gave each
|                                       other.
at 2026-03-10 22:00

== Back within a month: what she kept is still hers, and everything is asked anew
Ana comes back
Ana /step mine
| Tue 10 Mar 22:00  only Ana sees       Daymark: This is for members of the group.
|                                       `/join` takes you in.
Ana /join
| Tue 10 Mar 22:00  only Ana sees       Daymark: │ Welcome to Evening group
|                                       │ Three small questions, each your choice. Any answer is fine, and you can
|                                       │ change it later with `/privacy`.
|                                       │ May I keep your check-ins?
|                                       │ Once a day I can ask how you are. If you say yes, I keep your answers for
|                                       │ you. They are locked with a key of your own. Nobody else here can read
|                                       │ them.
|                                       │ (Only you see this.)
|                                       [Yes, that's okay] [No, thanks]
Ana presses Yes, that's okay
| Tue 10 Mar 22:00  only Ana sees       Daymark (changed): │ May I write to you directly?
|                                       │ Only when it is for you alone, such as a private note after something
|                                       │ heavy. If you say no, I only answer where you ask me.
|                                       │ (Only you see this.)
|                                       [Yes, that's okay] [No, thanks]
Ana presses Yes, that's okay
| Tue 10 Mar 22:00  only Ana sees       Daymark (changed): │ May I notice certain words?
|                                       │ In the group's channel, a simple word check can notice when somebody may
|                                       │ need a person. Then I offer a private note with helplines. I keep none of
|                                       │ your words and tell nobody. It can be wrong.
|                                       │ (Only you see this.)
|                                       [Yes, that's okay] [No, thanks]
Ana presses Yes, that's okay
| Tue 10 Mar 22:00  only Ana sees       Daymark (changed): │ You're in Evening group
|                                       │ ✅ I keep your check-ins, locked.
|                                       │ ✅ I may write to you directly.
|                                       │ ✅ I notice certain words and offer a private note.
|                                       │ Good to know
|                                       │   `/checkin` says how you are, `/sessions next` shows what comes next,
|                                       │ `/helplines` finds somebody to talk to, `/privacy` changes your choices,
|                                       │ `/leave` takes you out again.
|                                       │ (Only you see this.)
Ana /remind list
| Tue 10 Mar 22:00  only Ana sees       Daymark: │ Your reminders
|                                       │ call my sister · every day at 21:00
|                                       │ Wednesday 11 March 2026, 21:00 (tomorrow)
|                                       │ -# The last one was not sent: you were away, or had direct messages off.
|                                       │ (Locked with your own key. Only you see this.)
|                                       [▾ Open one: call my sister]
Ana /step mine
| Tue 10 Mar 22:00  only Ana sees       Daymark: │ You're on no step
|                                       │ Everything is sent as you set it up.
|                                       │ (Only you see this.)
|                                       [Ask for more support]
at wed 21:01

== Gone for good: after thirty days everything is erased
at thu 12:00
Ana leaves
at 2026-04-20 12:00
Ana comes back
Ana /privacy
| Mon 20 Apr 12:00  only Ana sees       Daymark: │ What I keep about you here
|                                       │ ➖ Check-ins: not asked yet, so I keep none.
|                                       │ ➖ Direct messages: not asked yet, so I send none.
|                                       │ ➖ Noticing words: not asked yet. In the group's channel I may offer you a
|                                       │ note; I keep nothing.
|                                       │ Groups you belong to
|                                       │   none
|                                       │ Check-in answers
|                                       │   none
|                                       │ Until when
|                                       │   The rest until you change it or ask me to forget you. If you leave this
|                                       │ server, everything is erased 30 days later, unless you come back.
|                                       │ (Your words in channels are looked at once and never kept. Only you see
|                                       │ this.)
|                                       [Keep check-ins: turn on] [Direct messages: turn on] [Notice words: turn on]
|                                       [Send me a copy] [Forget me]
