# Somebody asks for a person: one circle after another is called, and then the truth is told; a false alarm.
start 2026-03-05 21:10 America/New_York

Priya /group setup zone:America/New_York channel:#evening-group country:US facilitators:@Facilitators facilitator_channel:#staff name:Evening group
| Thu 5 Mar 21:10   only Priya sees     Daymark: │ Evening group is ready
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
Priya /concerns on channel:#staff role:@Facilitators minutes:10 from:high
| Thu 5 Mar 21:10   only Priya sees     Daymark: │ Concerns in Evening group
|                                       │ The members are told in the group's channel now.
|                                       │ Responders
|                                       │   @Facilitators
|                                       │ They look in
|                                       │   #staff
|                                       │ On call first
|                                       │   who put themselves on the rota with `/oncall add`
|                                       │ If nobody answers
|                                       │   after 10 minutes: @Facilitators
|                                       │ Words raise one
|                                       │   from level high on, for members who were told and did not say no
|                                       │ (A concern shows a link, level and topic, never words. Its log holds ids
|                                       │ only, for 30 days.)
| Thu 5 Mar 21:10   #evening-group      Daymark: New here: when a word check finds that somebody may need a
|                                       person, this group's responders can be told that, without any words. It's
|                                       your choice.
|                                       [What it means for me]
Ben /join
| Thu 5 Mar 21:10   only Ben sees       Daymark: │ Welcome to Evening group
|                                       │ Three small questions, each your choice. Any answer is fine, and you can
|                                       │ change it later with `/privacy`.
|                                       │ May I keep your check-ins?
|                                       │ Once a day I can ask how you are. If you say yes, I keep your answers for
|                                       │ you. They are locked with a key of your own. Nobody else here can read
|                                       │ them.
|                                       │ (Only you see this.)
|                                       [Yes, that's okay] [No, thanks]
Ben presses No, thanks
| Thu 5 Mar 21:10   only Ben sees       Daymark (changed): │ May I write to you directly?
|                                       │ Only when it is for you alone, such as a private note after something
|                                       │ heavy. If you say no, I only answer where you ask me.
|                                       │ (Only you see this.)
|                                       [Yes, that's okay] [No, thanks]
Ben presses No, thanks
| Thu 5 Mar 21:10   only Ben sees       Daymark (changed): │ May I notice certain words?
|                                       │ In the group's channel, a simple word check can notice when somebody may
|                                       │ need a person. Then I offer a private note with helplines. I keep none of
|                                       │ your words. This group also lets its responders know that you may need a
|                                       │ person: how serious, what about, and a link, never your words. `/privacy`
|                                       │ turns that off for you, and the note stays. It can be wrong.
|                                       │ (Only you see this.)
|                                       [Yes, that's okay] [No, thanks]
Ben presses Yes, that's okay
| Thu 5 Mar 21:10   only Ben sees       Daymark (changed): │ You're in Evening group
|                                       │ ➖ I keep no check-ins of yours.
|                                       │ ➖ I never write to you directly.
|                                       │ ✅ I notice certain words and offer a private note.
|                                       │ Here, responders may be told
|                                       │   When strong words of yours are noticed, this group's responders may be
|                                       │ told that you may need a person, without your words. `/privacy` turns that
|                                       │ off.
|                                       │ Good to know
|                                       │   `/checkin` says how you are, `/sessions next` shows what comes next,
|                                       │ `/helplines` finds somebody to talk to, `/privacy` changes your choices,
|                                       │ `/leave` takes you out again.
|                                       │ (Only you see this.)
Sam /oncall add days:thu from:20:00 until:23:00
| Thu 5 Mar 21:10   only Sam sees       Daymark: You're on call in Evening group: Thursday, 20:00 to 23:00. You are
|                                       called first then. `/oncall remove` takes you off, no reason needed.

== Ben asks, and nobody is quick
Ben /now
| Thu 5 Mar 21:10   only Ben sees       Daymark: │ I'm glad you asked
|                                       │ If your life is in danger right now, call 911. Otherwise, whatever is
|                                       │ easiest:
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
|                                       │ (Only you see this.)
|                                       [Ask for a person here] [Why I might not call] [More helplines]
Ben presses Ask for a person here
| Thu 5 Mar 21:10   only Ben sees       Daymark: │ Ask for a person
|                                       │ I would post this in #staff. Everybody who can read that channel will see
|                                       │ it:
|                                       │ > @Facilitators @Ben would like someone to reach out. A short "I'm here"
|                                       │ > is enough.
|                                       │ Nothing you wrote is passed on, unless you add words now. If somebody is
|                                       │ on call, they are named instead of the whole role.
|                                       │ (Only you see this.)
|                                       [Post it] [Add words] [Not now]
Ben presses Post it
| Thu 5 Mar 21:10   #staff              Daymark: @Sam @Ben would like someone to reach out. A short "I'm here" is
|                                       enough.
|                                       [I'm here] [Close]
| Thu 5 Mar 21:10   only Ben sees       Daymark (changed): It's posted in #staff. If nobody answers within 10
|                                       minutes, I call others, and if nobody comes, I tell you. Please don't wait
|                                       for it: the helplines are there now. `/helplines`
|                                       [Take it back]
wait 10m
| Thu 5 Mar 21:20   #staff              Daymark: @Facilitators Nobody has answered @Ben for 10 minutes. Could one of
|                                       you say "I'm here"?
|                                       [I'm here] [Close]
wait 10m
| Thu 5 Mar 21:30   #evening-group      Daymark: There is a private note here for someone. It opens only for the
|                                       person it is for.
|                                       [Open the note]
Ben presses Open the note
| Thu 5 Mar 21:30   only Ben sees       Daymark: │ Nobody has answered so far
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
| Thu 5 Mar 21:30   #evening-group      Daymark (changed): This note has been opened.

== Somebody comes after all
Sam presses I'm here
| Thu 5 Mar 21:30   #staff              Daymark (changed): @Ben would like someone to reach out.
|                                       @Sam is here for them.
|                                       [Need backup] [Hand on] [Close]
| Thu 5 Mar 21:30   only Sam sees       Daymark: Thank you. Write to @Ben yourself, something short: "Hi, I saw
|                                       you'd like somebody. I'm here, take your time."
|                                       You need not fix anything. If a life is in danger, call the emergency
|                                       number; helplines take calls from you, too.
Sam presses Close
| Thu 5 Mar 21:30   #staff              Daymark (changed): @Ben would like someone to reach out.
|                                       Closed. Thank you.
| Thu 5 Mar 21:30   only Sam sees       Daymark: │ That was somebody's hard moment, and you were there
|                                       │ You did not have to fix it. If you like, before you go on:
|                                       │ • Put both feet on the floor and breathe out slowly, a few times.
|                                       │ • What is yours to carry from this, and what is theirs?
|                                       │ • Whom could you tell that it was a hard talk, without telling the story?
|                                       │ If it stays with you, `/helplines` is for you as well, and `/oncall
|                                       │ remove` takes you off the rota, no reason needed.
|                                       │ (Only you see this, and nothing of it is kept.)
Sam /concerns list
| Thu 5 Mar 21:30   only Sam sees       Daymark: │ Concerns of the last 30 days
|                                       │ closed · they asked for a person
|                                       │   @Ben
|                                       │   21:10 raised
|                                       │   21:10 called (on call)
|                                       │   21:20 called (responders)
|                                       │   21:30 nobody answered
|                                       │   21:30 the member was told so
|                                       │   21:30 I'm here @Sam
|                                       │   21:30 closed @Sam
|                                       │ (Only you see this. No words are kept here.)

== A false alarm
Ben: i want to die
| Thu 5 Mar 21:30   #evening-group      Daymark: There is a private note here for someone. It opens only for the
|                                       person it is for.
|                                       [Open the note]
| Thu 5 Mar 21:30   #staff              Daymark: @Sam Some words of @Ben may mean that they need a person (high:
|                                       thoughts of suicide).
|                                       https://discord.com/channels/1479299982950400003/1479299982950400006/1479305016115200010
|                                       An automatic word check says so, and can be wrong. They were shown
|                                       helplines. They know that this group tells its responders, but did not ask
|                                       for it.
|                                       [I'm here] [Close]
Ben presses Open the note
| Thu 5 Mar 21:30   only Ben sees       Daymark: │ You don't have to be alone with this
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
|                                       │ and only you see this. As you know, your group's responders may be told
|                                       │ that you may need a person, without your words. /privacy changes that.)
|                                       [Ask for a person here] [Why I might not call] [More helplines]
|                                       [This was wrong] [Don't notice my words]
| Thu 5 Mar 21:30   #evening-group      Daymark (changed): This note has been opened.
Ben presses Why I might not call
| Thu 5 Mar 21:30   only Ben sees       Daymark: │ Why I might not call
|                                       │ I'm afraid they send the police
|                                       │   988 Suicide & Crisis Lifeline: In fewer than 2 of 100 contacts do they
|                                       │ send somebody, when a life is in danger, and mostly the caller agrees. You
|                                       │ can also ask them first.
|                                       │ It's not bad enough
|                                       │   There is no "enough". They would rather talk on a middling evening than
|                                       │ on the worst one.
|                                       │ I don't want to talk
|                                       │   You don't have to. You can text or chat, write "I don't know what to
|                                       │ say", and stop whenever you like.
|                                       │ I tried before, and it didn't help
|                                       │   That happens, and I'm sorry. Another person, or another line, can be
|                                       │ quite different. You may hang up and try again.
|                                       │ (Only you see this.)
|                                       [Ask for a person here] [More helplines]
Ben presses This was wrong
| Thu 5 Mar 21:30   only Ben sees       Daymark: Thank you for telling me. I would count one more false alarm for
|                                       the phrase `en.suicide.wish`, for the people who look after this group's
|                                       words. Not your name, not your words, not when. Shall I?
|                                       [Count it] [No, leave it]
Ben presses Count it
| Thu 5 Mar 21:30   only Ben sees       Daymark (changed): Counted. Thank you, that helps the next person.
Sam presses Close
| Thu 5 Mar 21:30   #staff              Daymark (changed): Words of @Ben (high: thoughts of suicide).
|                                       Closed. Thank you.
| Thu 5 Mar 21:30   only Sam sees       Daymark: │ That was somebody's hard moment, and you were there
|                                       │ You did not have to fix it. If you like, before you go on:
|                                       │ • Put both feet on the floor and breathe out slowly, a few times.
|                                       │ • What is yours to carry from this, and what is theirs?
|                                       │ • Whom could you tell that it was a hard talk, without telling the story?
|                                       │ If it stays with you, `/helplines` is for you as well, and `/oncall
|                                       │ remove` takes you off the rota, no reason needed.
|                                       │ (Only you see this, and nothing of it is kept.)
Sam /concerns list
| Thu 5 Mar 21:30   only Sam sees       Daymark: │ Concerns of the last 30 days
|                                       │ Phrases that members said were wrong
|                                       │   `en.suicide.wish` ×1
|                                       │ closed · high: thoughts of suicide
|                                       │   @Ben
|                                       │   21:30 raised
|                                       │   21:30 called (on call)
|                                       │   21:30 closed @Sam
|                                       │ closed · they asked for a person
|                                       │   @Ben
|                                       │   21:10 raised
|                                       │   21:10 called (on call)
|                                       │   21:20 called (responders)
|                                       │   21:30 nobody answered
|                                       │   21:30 the member was told so
|                                       │   21:30 I'm here @Sam
|                                       │   21:30 closed @Sam
|                                       │ (Only you see this. No words are kept here.)
