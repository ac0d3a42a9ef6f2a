# A hard night: with direct messages, without, and asking for a person.
start 2026-03-03 22:50 America/New_York

Priya /group setup zone:America/New_York channel:#evening-group country:US facilitators:@Facilitators facilitator_channel:#staff name:Evening group
| Tue 3 Mar 22:50   only Priya sees     Daymark: │ Evening group is ready
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
| Tue 3 Mar 22:50   only Ana sees       Daymark: │ Welcome to Evening group
|                                       │ Three small questions, each your choice. Any answer is fine, and you can
|                                       │ change it later with `/privacy`.
|                                       │ May I keep your check-ins?
|                                       │ Once a day I can ask how you are. If you say yes, I keep your answers for
|                                       │ you. They are locked with a key of your own. Nobody else here can read
|                                       │ them.
|                                       │ (Only you see this.)
|                                       [Yes, that's okay] [No, thanks]
Ana presses Yes, that's okay
| Tue 3 Mar 22:50   only Ana sees       Daymark (changed): │ May I write to you directly?
|                                       │ Only when it is for you alone, such as a private note after something
|                                       │ heavy. If you say no, I only answer where you ask me.
|                                       │ (Only you see this.)
|                                       [Yes, that's okay] [No, thanks]
Ana presses Yes, that's okay
| Tue 3 Mar 22:50   only Ana sees       Daymark (changed): │ May I notice certain words?
|                                       │ In the group's channel, a simple word check can notice when somebody may
|                                       │ need a person. Then I offer a private note with helplines. I keep none of
|                                       │ your words and tell nobody. It can be wrong.
|                                       │ (Only you see this.)
|                                       [Yes, that's okay] [No, thanks]
Ana presses Yes, that's okay
| Tue 3 Mar 22:50   only Ana sees       Daymark (changed): │ You're in Evening group
|                                       │ ✅ I keep your check-ins, locked.
|                                       │ ✅ I may write to you directly.
|                                       │ ✅ I notice certain words and offer a private note.
|                                       │ Good to know
|                                       │   `/checkin` says how you are, `/sessions next` shows what comes next,
|                                       │ `/helplines` finds somebody to talk to, `/privacy` changes your choices,
|                                       │ `/leave` takes you out again.
|                                       │ (Only you see this.)
Ben /join
| Tue 3 Mar 22:50   only Ben sees       Daymark: │ Welcome to Evening group
|                                       │ Three small questions, each your choice. Any answer is fine, and you can
|                                       │ change it later with `/privacy`.
|                                       │ May I keep your check-ins?
|                                       │ Once a day I can ask how you are. If you say yes, I keep your answers for
|                                       │ you. They are locked with a key of your own. Nobody else here can read
|                                       │ them.
|                                       │ (Only you see this.)
|                                       [Yes, that's okay] [No, thanks]
Ben presses Yes, that's okay
| Tue 3 Mar 22:50   only Ben sees       Daymark (changed): │ May I write to you directly?
|                                       │ Only when it is for you alone, such as a private note after something
|                                       │ heavy. If you say no, I only answer where you ask me.
|                                       │ (Only you see this.)
|                                       [Yes, that's okay] [No, thanks]
Ben presses No, thanks
| Tue 3 Mar 22:50   only Ben sees       Daymark (changed): │ May I notice certain words?
|                                       │ In the group's channel, a simple word check can notice when somebody may
|                                       │ need a person. Then I offer a private note with helplines. I keep none of
|                                       │ your words and tell nobody. It can be wrong.
|                                       │ (Only you see this.)
|                                       [Yes, that's okay] [No, thanks]
Ben presses Yes, that's okay
| Tue 3 Mar 22:50   only Ben sees       Daymark (changed): │ You're in Evening group
|                                       │ ✅ I keep your check-ins, locked.
|                                       │ ➖ I never write to you directly.
|                                       │ ✅ I notice certain words and offer a private note.
|                                       │ Good to know
|                                       │   `/checkin` says how you are, `/sessions next` shows what comes next,
|                                       │ `/helplines` finds somebody to talk to, `/privacy` changes your choices,
|                                       │ `/leave` takes you out again.
|                                       │ (Only you see this.)

== Ana agreed to direct messages
at tue 23:10
Ana: i want to die
| Tue 3 Mar 23:10   DM with Ana         Daymark: │ You don't have to be alone with this
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
|                                       [This was wrong] [Don't notice my words]
Ana dm: are you there?
| Tue 3 Mar 23:10   DM with Ana         Daymark: Hi. I'm a bot, so I can't talk with you, and nobody reads what you
|                                       write here.
|                                       Here: `/helplines` finds somebody to talk to, any time, and `/now` asks for
|                                       a person from your group.
|                                       In your server: `/checkin` says how you are, `/sessions next` shows what
|                                       comes next, `/me` sets your hours, `/privacy` shows what I keep.
|                                       [Talk to somebody]
Ana: i want to die

== Ben did not
at tue 23:20
Ben: i want to die
| Tue 3 Mar 23:20   #evening-group      Daymark: There is a private note here for someone. It opens only for the
|                                       person it is for.
|                                       [Open the note]
Chidi presses Open the note
| Tue 3 Mar 23:20   only Chidi sees     Daymark: │ Somebody to talk to in United States
|                                       │ This note is for somebody else. If you would like somebody to talk to
|                                       │ yourself:
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
|                                       │ ANAD Eating Disorder Helpline
|                                       │   Peer support around eating disorders, for you or someone close.
|                                       │   Call 1-888-375-7767
|                                       │   Opens tomorrow.
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
Ben presses Open the note
| Tue 3 Mar 23:20   only Ben sees       Daymark: │ You don't have to be alone with this
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
|                                       [This was wrong] [Don't notice my words]
| Tue 3 Mar 23:20   #evening-group      Daymark (changed): This note has been opened.
Ben presses Ask for a person here
| Tue 3 Mar 23:20   only Ben sees       Daymark: │ Ask for a person
|                                       │ I would post this in #staff. Everybody who can read that channel will see
|                                       │ it:
|                                       │ > @Facilitators @Ben would like someone to reach out. A short "I'm here"
|                                       │ > is enough.
|                                       │ Nothing you wrote is passed on, unless you add words now.
|                                       │ (Only you see this.)
|                                       [Post it] [Add words] [Not now]
Ben presses Not now
| Tue 3 Mar 23:20   only Ben sees       Daymark (changed): Okay. Nothing was posted. `/helplines` is always there.
Ben presses Ask for a person here
| Tue 3 Mar 23:20   only Ben sees       Daymark: │ Ask for a person
|                                       │ I would post this in #staff. Everybody who can read that channel will see
|                                       │ it:
|                                       │ > @Facilitators @Ben would like someone to reach out. A short "I'm here"
|                                       │ > is enough.
|                                       │ Nothing you wrote is passed on, unless you add words now.
|                                       │ (Only you see this.)
|                                       [Post it] [Add words] [Not now]
Ben presses Post it
| Tue 3 Mar 23:20   #staff              Daymark: @Facilitators @Ben would like someone to reach out. A short "I'm
|                                       here" is enough.
|                                       [I'm here] [Close]
| Tue 3 Mar 23:20   only Ben sees       Daymark (changed): It's posted in #staff. If nobody answers within 10
|                                       minutes, I call others, and if nobody comes, I tell you. Please don't wait
|                                       for it: the helplines are there now. `/helplines`
|                                       [Take it back]
Sam in #staff: I'm here, Ben. Writing to you now.

== Words that are not a cry for help
Chidi: that exam was murder
Dee: i don't want to die of boredom in here
