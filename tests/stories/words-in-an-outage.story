# Hard words are written while Discord cannot reach the bot, and in a forum while the bot itself is away: the note comes
# late, says so, comes once, and opens for nobody but who wrote them.
start 2026-03-04 21:40 America/New_York

Priya /group setup zone:America/New_York channel:#evening-group country:US facilitators:@Facilitators facilitator_channel:#staff name:Evening group
| Wed 4 Mar 21:40   only Priya sees     Daymark: │ Evening group is ready
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

== Discord is away
Discord goes down
Ben: i want to die
wait 12m
Discord comes back
| Wed 4 Mar 21:52   #evening-group      Daymark: There is a private note here for someone. It opens only for the
|                                       person it is for. It comes late, because I was away.
|                                       [Open the note]
wait 2m
Ana presses Open the note
| Wed 4 Mar 21:54   only Ana sees       Daymark: │ Somebody to talk to in United States
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
|                                       │   Open now.
|                                       │ NAMI HelpLine
|                                       │   Information and peer support around mental health, for you or your
|                                       │ family.
|                                       │   Text 62640 (send: NAMI)
|                                       │   Call 1-800-950-6264
|                                       │   Open now.
|                                       │ Find A Helpline
|                                       │   Lines in many countries, by topic and by way to reach them.
|                                       │   https://findahelpline.com/
|                                       │ Emergency
|                                       │   Call 911
|                                       │ (Only you see this. Numbers change: each line's own site has the last
|                                       │ word.)
Ben presses Open the note
| Wed 4 Mar 21:54   only Ben sees       Daymark: │ You don't have to be alone with this
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
|                                       │ (I was away when you wrote, so this comes late. An automatic word check
|                                       │ wrote this. It can be wrong, it keeps nothing, and only you see this.)
|                                       [Ask for a person here] [Why I might not call] [More helplines]
|                                       [This was wrong] [My plan] [Don't notice my words]
| Wed 4 Mar 21:54   #evening-group      Daymark (changed): This note has been opened.

== The bot is away
wait 2h
the bot is killed
Chidi: i don't want to be here anymore, i want to die
Chidi: sorry, good night
wait 9m
the bot starts
| Thu 5 Mar 00:03   #evening-group      Daymark: There is a private note here for someone. It opens only for the
|                                       person it is for. It comes late, because I was away.
|                                       [Open the note]
Chidi presses Open the note
| Thu 5 Mar 00:03   only Chidi sees     Daymark: │ You don't have to be alone with this
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
|                                       │ (I was away when you wrote, so this comes late. An automatic word check
|                                       │ wrote this. It can be wrong, it keeps nothing, and only you see this.)
|                                       [Ask for a person here] [Why I might not call] [More helplines]
|                                       [This was wrong] [My plan] [Don't notice my words]
| Thu 5 Mar 00:03   #evening-group      Daymark (changed): This note has been opened.
the bot is killed
the bot starts
wait 1m
