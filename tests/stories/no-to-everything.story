# A member who says no to everything is left in peace, and can still find help.
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
Dee /join
| Mon 2 Mar 08:40   only Dee sees       Daymark: │ Welcome to Evening group
|                                       │ Three small questions, each your choice. Any answer is fine, and you can
|                                       │ change it later with `/privacy`.
|                                       │ May I keep your check-ins?
|                                       │ Once a day I can ask how you are. If you say yes, I keep your answers for
|                                       │ you. They are locked with a key of your own. Nobody else here can read
|                                       │ them.
|                                       │ (Only you see this.)
|                                       [Yes, that's okay] [No, thanks]
Dee presses No, thanks
| Mon 2 Mar 08:40   only Dee sees       Daymark (changed): │ May I write to you directly?
|                                       │ Only when it is for you alone, such as a private note after something
|                                       │ heavy. If you say no, I only answer where you ask me.
|                                       │ (Only you see this.)
|                                       [Yes, that's okay] [No, thanks]
Dee presses No, thanks
| Mon 2 Mar 08:40   only Dee sees       Daymark (changed): │ May I notice certain words?
|                                       │ In the group's channel, a simple word check can notice when somebody may
|                                       │ need a person. Then I offer a private note with helplines. I keep none of
|                                       │ your words and tell nobody. It can be wrong.
|                                       │ (Only you see this.)
|                                       [Yes, that's okay] [No, thanks]
Dee presses No, thanks
| Mon 2 Mar 08:40   only Dee sees       Daymark (changed): │ You're in Evening group
|                                       │ ➖ I keep no check-ins of yours.
|                                       │ ➖ I never write to you directly.
|                                       │ ➖ I do not check your words.
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
Dee presses Really hard
| Mon 2 Mar 09:00   only Dee sees       Daymark: Really hard: thank you for saying so. You don't have to carry it
|                                       alone. There is somebody to talk to right now, whatever you answer below.
|                                       │ May I keep your check-ins?
|                                       │ Once a day I can ask how you are. If you say yes, I keep your answers for
|                                       │ you. They are locked with a key of your own. Nobody else here can read
|                                       │ them.
|                                       │ (Only you see this.)
|                                       [Talk to somebody] [Yes, that's okay] [No, thanks]
Dee presses No, thanks
| Mon 2 Mar 09:00   only Dee sees       Daymark (changed): That's fine. I keep nothing. `/privacy` changes it
|                                       whenever you like.
Dee: i want to die
Dee /privacy
| Mon 2 Mar 09:00   only Dee sees       Daymark: │ What I keep about you here
|                                       │ ➖ I keep no check-ins of yours.
|                                       │ ➖ I never write to you directly.
|                                       │ ➖ I do not check your words.
|                                       │ Groups you belong to
|                                       │   Evening group
|                                       │ Check-in answers
|                                       │   none
|                                       │ Until when
|                                       │   The rest until you change it or ask me to forget you. If you leave this
|                                       │ server, everything is erased 30 days later, unless you come back.
|                                       │ (Your words in channels are looked at once and never kept. Only you see
|                                       │ this.)
|                                       [Keep check-ins: turn on] [Direct messages: turn on] [Notice words: turn on]
|                                       [Send me a copy] [Forget me]
Dee /helplines
| Mon 2 Mar 09:00   only Dee sees       Daymark: │ Somebody to talk to in United States
|                                       │ These are run by other people, not by us. You don't need a big reason to
|                                       │ call.
|                                       │ 988 Suicide & Crisis Lifeline
|                                       │   Talk, text or chat about thoughts of suicide, a crisis, or alcohol and
|                                       │ other drugs.
|                                       │   Text 988
|                                       │   Chat: https://988lifeline.org/chat/
|                                       │   Call 988
|                                       │   Open day and night.
|                                       │ Crisis Text Line
|                                       │   Write with a crisis counselor about whatever is hard right now.
|                                       │   Text 741741 (send: HELLO)
|                                       │   Chat: https://connect.crisistextline.org/chat
|                                       │   WhatsApp +14437877678
|                                       │   Open day and night.
|                                       │ SAMHSA's National Helpline
|                                       │   Finds treatment and support near you for alcohol, other drugs or mental
|                                       │ health.
|                                       │   Text 435748 (send: your ZIP code)
|                                       │   Call 1-800-662-4357
|                                       │   Open day and night.
|                                       │ National Domestic Violence Hotline
|                                       │   Support if a partner hurts, threatens or controls you.
|                                       │   Text 88788 (send: START)
|                                       │   Chat: https://www.thehotline.org/
|                                       │   Call 1-800-799-7233
|                                       │   Open day and night.
|                                       │ National Alliance for Eating Disorders Helpline
|                                       │   Listens and helps find care for an eating disorder.
|                                       │   Call 1-866-662-1235
|                                       │   Open now.
|                                       │ Friendship Line (Institute on Aging)
|                                       │   A warm voice for older adults, in a crisis or just to talk.
|                                       │   Call 1-888-670-1360
|                                       │   Open day and night.
|                                       │ Find A Helpline
|                                       │   Lines in many countries, by topic and by way to reach them.
|                                       │   https://findahelpline.com/
|                                       │ Emergency
|                                       │   Call 911
|                                       │ (Only you see this. Numbers change: each line's own site has the last
|                                       │ word.)
Dee /helplines country:Ireland
| Mon 2 Mar 09:00   only Dee sees       Daymark: │ Somebody to talk to in Ireland
|                                       │ These are run by other people, not by us. You don't need a big reason to
|                                       │ call.
|                                       │ Samaritans Ireland
|                                       │   Listens to anyone, about anything that is getting to you.
|                                       │   Call 116 123
|                                       │   Open day and night.
|                                       │ SOSAD Ireland
|                                       │   Support around suicide, crisis and loss.
|                                       │   Call 1800 901 909
|                                       │   Open day and night.
|                                       │ Women's Aid National Freephone Helpline
|                                       │   Support for women hurt, threatened or controlled by a partner.
|                                       │   Call 1800 341 900
|                                       │   Chat: https://www.womensaid.ie/
|                                       │   Open day and night.
|                                       │ Bodywhys helpline
|                                       │   Support for anyone affected by an eating disorder.
|                                       │   Call 01 210 7906
|                                       │   Hours: Set sessions that vary by day; see the website.
|                                       │ National LGBT+ Helpline
|                                       │   A listening ear for LGBT+ people and those close to them.
|                                       │   Chat: https://lgbt.ie/instant-messaging-support-service/
|                                       │   Call 1800 929 539
|                                       │   Opens in 4 hours 30 minutes.
|                                       │ Find A Helpline
|                                       │   Lines in many countries, by topic and by way to reach them.
|                                       │   https://findahelpline.com/
|                                       │ Emergency
|                                       │   Call 112
|                                       │ (Only you see this. Numbers change: each line's own site has the last
|                                       │ word.)
Dee /helplines country:Atlantis
| Mon 2 Mar 09:00   only Dee sees       Daymark: │ Somebody to talk to
|                                       │ Tell me a country and I'll show its lines: `/helplines country:US`
|                                       │ Find A Helpline
|                                       │   Lines in many countries, by topic and by way to reach them.
|                                       │   https://findahelpline.com/
|                                       │ (Only you see this.)

== Later she lets the bot notice words after all
Dee /privacy
| Mon 2 Mar 09:00   only Dee sees       Daymark: │ What I keep about you here
|                                       │ ➖ I keep no check-ins of yours.
|                                       │ ➖ I never write to you directly.
|                                       │ ➖ I do not check your words.
|                                       │ Groups you belong to
|                                       │   Evening group
|                                       │ Check-in answers
|                                       │   none
|                                       │ Until when
|                                       │   The rest until you change it or ask me to forget you. If you leave this
|                                       │ server, everything is erased 30 days later, unless you come back.
|                                       │ (Your words in channels are looked at once and never kept. Only you see
|                                       │ this.)
|                                       [Keep check-ins: turn on] [Direct messages: turn on] [Notice words: turn on]
|                                       [Send me a copy] [Forget me]
Dee presses Notice words: turn on
| Mon 2 Mar 09:00   only Dee sees       Daymark (changed): │ What I keep about you here
|                                       │ ➖ I keep no check-ins of yours.
|                                       │ ➖ I never write to you directly.
|                                       │ ✅ I notice certain words and offer a private note.
|                                       │ Groups you belong to
|                                       │   Evening group
|                                       │ Check-in answers
|                                       │   none
|                                       │ Until when
|                                       │   The rest until you change it or ask me to forget you. If you leave this
|                                       │ server, everything is erased 30 days later, unless you come back.
|                                       │ (Your words in channels are looked at once and never kept. Only you see
|                                       │ this.)
|                                       [Keep check-ins: turn on] [Direct messages: turn on] [Notice words: turn
|                                       off]
|                                       [Send me a copy] [Forget me]
Dee: i want to die
| Mon 2 Mar 09:00   #evening-group      Daymark: There is a private note here for someone. It opens only for the
|                                       person it is for.
|                                       [Open the note]
Dee presses Open the note
| Mon 2 Mar 09:00   only Dee sees       Daymark: │ You don't have to be alone with this
|                                       │ It sounds like it hurts a lot right now. I'm glad you wrote it down. There
|                                       │ are people who would like to listen, and you can just say "I'm having a
|                                       │ hard time".
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
|                                       │ (An automatic word check wrote this. It can be wrong, it keeps nothing,
|                                       │ and only you see this.)
|                                       [Ask for a person here] [Why I might not call] [More helplines]
|                                       [This was wrong] [My plan] [Don't notice my words]
| Mon 2 Mar 09:00   #evening-group      Daymark (changed): This note has been opened.
Dee presses Don't notice my words
| Mon 2 Mar 09:00   only Dee sees       Daymark: Okay. I won't look at your words any more. `/helplines` works
|                                       whenever you want it, and `/privacy` turns this on again.
Dee: i want to die
