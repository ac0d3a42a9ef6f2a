# Somebody wants to be forgotten, is, and may come back.
start 2026-03-02 08:40 America/New_York

Priya /group setup zone:America/New_York channel:#evening-group country:US facilitators:@Facilitators checkin:09:00 name:Evening group
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
at mon 09:00
| Mon 2 Mar 09:00   #evening-group      Daymark: Monday 2 March. How are you today?
|                                       One tap is enough, and only you see your answer.
|                                       [😣 Really hard] [🙁 Low] [😐 So-so] [🙂 Okay] [😊 Good]
|                                       [Write a line]
Chidi presses Low
| Mon 2 Mar 09:00   only Chidi sees     Daymark: Thank you for telling me. A low day is allowed to be a low day.
|                                       If you like: breathe out longer than you breathe in, six times.
|                                       Your group can look at its weather: about how many had which kind of
|                                       week, blurred, never who. I would open your moods for a moment to count
|                                       them. May yours count? `/privacy` changes it.
|                                       [A little more] [Write a line] [Share]
|                                       [This helps me] [Not for me] [Step by step]
|                                       [Count mine] [Leave mine out]
Chidi presses Write a line
| Mon 2 Mar 09:00   only Chidi sees     ┌ a form opens: One line for today
|                                       │ Only you can read this: [ Whatever you'd like to remember about today ]
Chidi writes I'd rather nobody ever reads this.
| Mon 2 Mar 09:00   only Chidi sees     Daymark: Thank you for telling me. A low day is allowed to be a low day.
|                                       If you like: breathe out longer than you breathe in, six times.
|                                       Your words are kept, locked, for you alone.
|                                       Your group can look at its weather: about how many had which kind of
|                                       week, blurred, never who. I would open your moods for a moment to count
|                                       them. May yours count? `/privacy` changes it.
|                                       [A little more] [Write a line] [Share]
|                                       [This helps me] [Not for me] [Step by step]
|                                       [Count mine] [Leave mine out]
Chidi /privacy
| Mon 2 Mar 09:00   only Chidi sees     Daymark: │ What I keep about you here
|                                       │ ✅ I keep your check-ins, locked.
|                                       │ ✅ I may write to you directly.
|                                       │ ✅ I notice certain words and offer a private note.
|                                       │ Groups you belong to
|                                       │   Evening group
|                                       │ Check-in answers
|                                       │   1, since Monday 2 March, locked with your own key
|                                       │   Each is kept 400 days; the oldest goes Tuesday 6 April
|                                       │ Until when
|                                       │   The rest until you change it or ask me to forget you. If you leave this
|                                       │ server, everything is erased 30 days later, unless you come back.
|                                       │ (Your words in channels are looked at once and never kept. Only you see
|                                       │ this.)
|                                       [Keep check-ins: turn off] [Direct messages: turn off] [Notice words: turn
|                                       off]
|                                       [Send me a copy] [Forget me]
Chidi presses Forget me
| Mon 2 Mar 09:00   only Chidi sees     Daymark (changed): │ Forget everything about you here?
|                                       │ Your check-ins, your choices and your memberships in this server are
|                                       │ erased at once, what you shared is taken back, and the key that locks them
|                                       │ is destroyed. Nobody here can bring them back, and old backup copies lose
|                                       │ them when old keys are deleted.
|                                       │ (Only you see this.)
|                                       [Forget me] [Keep it]
Chidi presses Keep it
| Mon 2 Mar 09:00   only Chidi sees     Daymark (changed): Okay. Nothing changed.
Chidi /privacy
| Mon 2 Mar 09:00   only Chidi sees     Daymark: │ What I keep about you here
|                                       │ ✅ I keep your check-ins, locked.
|                                       │ ✅ I may write to you directly.
|                                       │ ✅ I notice certain words and offer a private note.
|                                       │ Groups you belong to
|                                       │   Evening group
|                                       │ Check-in answers
|                                       │   1, since Monday 2 March, locked with your own key
|                                       │   Each is kept 400 days; the oldest goes Tuesday 6 April
|                                       │ Until when
|                                       │   The rest until you change it or ask me to forget you. If you leave this
|                                       │ server, everything is erased 30 days later, unless you come back.
|                                       │ (Your words in channels are looked at once and never kept. Only you see
|                                       │ this.)
|                                       [Keep check-ins: turn off] [Direct messages: turn off] [Notice words: turn
|                                       off]
|                                       [Send me a copy] [Forget me]
Chidi presses Forget me
| Mon 2 Mar 09:00   only Chidi sees     Daymark (changed): │ Forget everything about you here?
|                                       │ Your check-ins, your choices and your memberships in this server are
|                                       │ erased at once, what you shared is taken back, and the key that locks them
|                                       │ is destroyed. Nobody here can bring them back, and old backup copies lose
|                                       │ them when old keys are deleted.
|                                       │ (Only you see this.)
|                                       [Forget me] [Keep it]
Chidi presses Forget me
| Mon 2 Mar 09:00   only Chidi sees     Daymark (changed): Done. I have forgotten you here, also whether you wanted
|                                       your words to be noticed: in a group's channel they may be noticed again.
|                                       `/helplines` still works for you, and `/join` starts anew whenever you like.
|                                       Take care.
|                                       Your receipt: `JJFG-EKDM`. With it, whoever runs this bot can look up that
|                                       this was done.
Chidi /privacy
| Mon 2 Mar 09:00   only Chidi sees     Daymark: │ What I keep about you here
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
Chidi presses Okay
| Mon 2 Mar 09:00   only Chidi sees     Daymark: This is for members of Evening group. Joining takes a moment and
|                                       three questions.
|                                       [Join]

== Leaving is another way
Ana /leave
| Mon 2 Mar 09:00   only Ana sees       Daymark: You are not in that group.
|                                       `/join` takes you in.
Ana /join
| Mon 2 Mar 09:00   only Ana sees       Daymark: │ Welcome to Evening group
|                                       │ Three small questions, each your choice. Any answer is fine, and you can
|                                       │ change it later with `/privacy`.
|                                       │ May I keep your check-ins?
|                                       │ Once a day I can ask how you are. If you say yes, I keep your answers for
|                                       │ you. They are locked with a key of your own. Nobody else here can read
|                                       │ them.
|                                       │ (Only you see this.)
|                                       [Yes, that's okay] [No, thanks]
Ana presses Yes, that's okay
| Mon 2 Mar 09:00   only Ana sees       Daymark (changed): │ May I write to you directly?
|                                       │ Only when it is for you alone, such as a private note after something
|                                       │ heavy. If you say no, I only answer where you ask me.
|                                       │ (Only you see this.)
|                                       [Yes, that's okay] [No, thanks]
Ana presses Yes, that's okay
| Mon 2 Mar 09:00   only Ana sees       Daymark (changed): │ May I notice certain words?
|                                       │ In the group's channel, a simple word check can notice when somebody may
|                                       │ need a person. Then I offer a private note with helplines. I keep none of
|                                       │ your words and tell nobody. It can be wrong.
|                                       │ (Only you see this.)
|                                       [Yes, that's okay] [No, thanks]
Ana presses Yes, that's okay
| Mon 2 Mar 09:00   only Ana sees       Daymark (changed): │ You're in Evening group
|                                       │ ✅ I keep your check-ins, locked.
|                                       │ ✅ I may write to you directly.
|                                       │ ✅ I notice certain words and offer a private note.
|                                       │ Good to know
|                                       │   `/checkin` says how you are, `/sessions next` shows what comes next,
|                                       │ `/helplines` finds somebody to talk to, `/privacy` changes your choices,
|                                       │ `/leave` takes you out again.
|                                       │ (Only you see this.)
Ana /leave
| Mon 2 Mar 09:00   only Ana sees       Daymark: │ Leave Evening group?
|                                       │ You can come back any time with `/join`.
|                                       │ Leave: I keep nothing new and don't write to you. What I have kept
|                                       │ stays locked, and yours.
|                                       │ Leave and forget me: I also erase what I keep about you in this
|                                       │ server. That cannot be undone.
|                                       │ (Only you see this.)
|                                       [Leave] [Leave and forget me] [Stay]
Ana presses Stay
| Mon 2 Mar 09:00   only Ana sees       Daymark (changed): Good. Nothing changed.
Ana /leave
| Mon 2 Mar 09:00   only Ana sees       Daymark: │ Leave Evening group?
|                                       │ You can come back any time with `/join`.
|                                       │ Leave: I keep nothing new and don't write to you. What I have kept
|                                       │ stays locked, and yours.
|                                       │ Leave and forget me: I also erase what I keep about you in this
|                                       │ server. That cannot be undone.
|                                       │ (Only you see this.)
|                                       [Leave] [Leave and forget me] [Stay]
Ana presses Leave
| Mon 2 Mar 09:00   only Ana sees       Daymark (changed): You've left Evening group. Thank you for the time you
|                                       shared. `/join` brings you back whenever you like, and `/helplines` always
|                                       works.
Ana /join
| Mon 2 Mar 09:00   only Ana sees       Daymark: │ Welcome to Evening group
|                                       │ Three small questions, each your choice. Any answer is fine, and you can
|                                       │ change it later with `/privacy`.
|                                       │ May I keep your check-ins?
|                                       │ Once a day I can ask how you are. If you say yes, I keep your answers for
|                                       │ you. They are locked with a key of your own. Nobody else here can read
|                                       │ them.
|                                       │ (Only you see this.)
|                                       [Yes, that's okay] [No, thanks]
Ana presses Yes, that's okay
| Mon 2 Mar 09:00   only Ana sees       Daymark (changed): │ May I write to you directly?
|                                       │ Only when it is for you alone, such as a private note after something
|                                       │ heavy. If you say no, I only answer where you ask me.
|                                       │ (Only you see this.)
|                                       [Yes, that's okay] [No, thanks]
Ana presses Yes, that's okay
| Mon 2 Mar 09:00   only Ana sees       Daymark (changed): │ May I notice certain words?
|                                       │ In the group's channel, a simple word check can notice when somebody may
|                                       │ need a person. Then I offer a private note with helplines. I keep none of
|                                       │ your words and tell nobody. It can be wrong.
|                                       │ (Only you see this.)
|                                       [Yes, that's okay] [No, thanks]
Ana presses Yes, that's okay
| Mon 2 Mar 09:00   only Ana sees       Daymark (changed): │ You're in Evening group
|                                       │ ✅ I keep your check-ins, locked.
|                                       │ ✅ I may write to you directly.
|                                       │ ✅ I notice certain words and offer a private note.
|                                       │ Good to know
|                                       │   `/checkin` says how you are, `/sessions next` shows what comes next,
|                                       │ `/helplines` finds somebody to talk to, `/privacy` changes your choices,
|                                       │ `/leave` takes you out again.
|                                       │ (Only you see this.)
Ana presses Really hard
| Mon 2 Mar 09:00   only Ana sees       Daymark: Thank you for saying so. It's allowed to be this hard, and you
|                                       don't have to carry it alone.
|                                       If you like: breathe out longer than you breathe in, six times.
|                                       [A little more] [Write a line] [Share] [Talk to somebody]
|                                       [This helps me] [Not for me] [Step by step]
Ana /leave
| Mon 2 Mar 09:00   only Ana sees       Daymark: │ Leave Evening group?
|                                       │ You can come back any time with `/join`.
|                                       │ Leave: I keep nothing new and don't write to you. What I have kept
|                                       │ stays locked, and yours.
|                                       │ Leave and forget me: I also erase what I keep about you in this
|                                       │ server. That cannot be undone.
|                                       │ (Only you see this.)
|                                       [Leave] [Leave and forget me] [Stay]
Ana presses Leave and forget me
| Mon 2 Mar 09:00   only Ana sees       Daymark (changed): │ Forget everything about you here?
|                                       │ Your check-ins, your choices and your memberships in this server are
|                                       │ erased at once, what you shared is taken back, and the key that locks them
|                                       │ is destroyed. Nobody here can bring them back, and old backup copies lose
|                                       │ them when old keys are deleted.
|                                       │ (Only you see this.)
|                                       [Forget me] [Keep it]
Ana presses Forget me
| Mon 2 Mar 09:00   only Ana sees       Daymark (changed): Done. I have forgotten you here, also whether you wanted
|                                       your words to be noticed: in a group's channel they may be noticed again.
|                                       `/helplines` still works for you, and `/join` starts anew whenever you like.
|                                       Take care.
|                                       Your receipt: `TAK3-XMNM`. With it, whoever runs this bot can look up that
|                                       this was done.
Ana /privacy
| Mon 2 Mar 09:00   only Ana sees       Daymark: │ What I keep about you here
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
