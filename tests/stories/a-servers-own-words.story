# A facilitator hears of a note that was not needed, tries the sentence, changes the words, and counts before and after.
start 2026-03-05 18:20 America/New_York

Priya /group setup zone:America/New_York channel:#evening-group country:US facilitators:@Facilitators facilitator_channel:#staff name:Evening group
| Thu 5 Mar 18:20   only Priya sees     Daymark: │ Evening group is ready
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

== A note that was not needed
Ben: the i want to die band plays tonight, anybody in?
| Thu 5 Mar 18:20   #evening-group      Daymark: There is a private note here for someone. It opens only for the
|                                       person it is for.
|                                       [Open the note]
Ben presses Open the note
| Thu 5 Mar 18:20   only Ben sees       Daymark: │ You don't have to be alone with this
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
| Thu 5 Mar 18:20   #evening-group      Daymark (changed): This note has been opened.
Ben presses This was wrong
| Thu 5 Mar 18:20   only Ben sees       Daymark: Thank you for telling me. I would count one more false alarm for
|                                       the phrase `en.suicide.wish`, for the people who look after this group's
|                                       words. Not your name, not your words, not when. Shall I?
|                                       [Count it] [No, leave it]
Ben presses Count it
| Thu 5 Mar 18:20   only Ben sees       Daymark (changed): Counted. Thank you, that helps the next person.
Sam /concerns list
| Thu 5 Mar 18:20   only Sam sees       Daymark: │ Concerns of the last 30 days
|                                       │ None.
|                                       │ Phrases that members said were wrong
|                                       │   `en.suicide.wish` ×1
|                                       │ (Only you see this. No words are kept here.)
Sam /words test text:the i want to die band plays tonight
| Thu 5 Mar 18:20   only Sam sees       Daymark: │ This would be answered as high
|                                       │ `en.suicide.wish` decided: the words stand as they are.
|                                       │ About: suicide.
|                                       │ Read as
|                                       │   the i want to die band plays tonight
|                                       │ 1. en.suicide.wish
|                                       │   high by itself → high here: the words stand as they are
|                                       │ (Sensitivity here: balanced. Only you see this; the sentence is kept
|                                       │ nowhere.)
Sam /words dry-run channel:#evening-group
| Thu 5 Mar 18:20   only Sam sees       Daymark: │ Dry run
|                                       │ I read 1 message of #evening-group. 1 would have been answered, by these
|                                       │ phrases.
|                                       │ If one keeps being wrong here, switch it off with `/words remove` or allow
|                                       │ the words with `/words allow`.
|                                       │ By phrase
|                                       │   1 × `en.suicide.wish` (high)
|                                       │ (Only you see this. Nobody was answered and nothing was kept.)

== The words are changed, at once
Sam /words allow pattern:want to die band
| Thu 5 Mar 18:20   only Sam sees       Daymark: Done. Words that fit “want to die band” never count in this server.
|                                       It is called `guild.1`.
|                                       Try it with `/words test`.
Sam /words test text:the i want to die band plays tonight
| Thu 5 Mar 18:20   only Sam sees       Daymark: │ Nothing would be shown
|                                       │ `en.suicide.wish` decided: this server allowed these words.
|                                       │ Read as
|                                       │   the i want to die band plays tonight
|                                       │ 1. en.suicide.wish
|                                       │   high by itself → none here: this server allowed these words
|                                       │ (Sensitivity here: balanced. Only you see this; the sentence is kept
|                                       │ nowhere.)
Sam /words test text:i want to die
| Thu 5 Mar 18:20   only Sam sees       Daymark: │ This would be answered as high
|                                       │ `en.suicide.wish` decided: the words stand as they are.
|                                       │ About: suicide.
|                                       │ Read as
|                                       │   i want to die
|                                       │ 1. en.suicide.wish
|                                       │   high by itself → high here: the words stand as they are
|                                       │ (Sensitivity here: balanced. Only you see this; the sentence is kept
|                                       │ nowhere.)
wait 2h
Ben: the i want to die band was great

== Words of their own
Sam /words add pattern:(walking|walked) to the blue door level:high topic:suicide
| Thu 5 Mar 20:20   only Sam sees       Daymark: Done. From now on “(walking|walked) to the blue door” counts as
|                                       high (suicide). It is called `guild.2`.
|                                       Try it with `/words test`.
Ben: i keep walking to the blue door
| Thu 5 Mar 20:20   #evening-group      Daymark: There is a private note here for someone. It opens only for the
|                                       person it is for.
|                                       [Open the note]
Ben presses Open the note
| Thu 5 Mar 20:20   only Ben sees       Daymark: │ You don't have to be alone with this
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
| Thu 5 Mar 20:20   #evening-group      Daymark (changed): This note has been opened.
Sam /words add pattern:walk(ing|ed) to it level:low topic:suicide
| Thu 5 Mar 20:20   only Sam sees       Daymark: Brackets hold whole words.
|                                       An ending beside a bracket would be looked for as a word of its own, and
|                                       never be found.
|                                       For example: `pattern:(walking|walked) to the blue door`
Sam /words add pattern:the level:low topic:suicide
| Thu 5 Mar 20:20   only Sam sees       Daymark: “the” cannot be used. The words in force stay as they are.
|                                       the pattern would match nearly everything: it is one common word
|                                       For example: `pattern:(going|want) to the blue door level:low topic:suicide`
Ana /words list
| Thu 5 Mar 20:20   only Ana sees       Daymark: This is for the group's facilitators.
|                                       Ask one of them; they can do it in a moment.
Sam /words remove phrase:guild.2
| Thu 5 Mar 20:20   only Sam sees       Daymark: Done. “(walking|walked) to the blue door” is off the list.
Sam /words dry-run channel:#evening-group
| Thu 5 Mar 20:20   only Sam sees       Daymark: │ Dry run
|                                       │ I read 3 messages of #evening-group. None would have been answered.
|                                       │ (Only you see this. Nobody was answered and nothing was kept.)
