# A member agreed to direct messages, but Discord does not let the bot write to them.
start 2026-03-02 20:10 America/New_York

Priya /group setup zone:America/New_York channel:#evening-group country:GB facilitators:@Facilitators facilitator_channel:#staff name:Evening group
| Mon 2 Mar 20:10   only Priya sees     Daymark: │ Evening group is ready
|                                       │ Next: `/schedule add` for your first session. Members come in with
|                                       │ `/join`.
|                                       │ Channel
|                                       │   #evening-group
|                                       │ Time zone
|                                       │   America/New_York
|                                       │ Country for helplines
|                                       │   GB
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
| Mon 2 Mar 20:10   only Ana sees       Daymark: │ Welcome to Evening group
|                                       │ Three small questions, each your choice. Any answer is fine, and you can
|                                       │ change it later with `/privacy`.
|                                       │ May I keep your check-ins?
|                                       │ Once a day I can ask how you are. If you say yes, I keep your answers for
|                                       │ you. They are locked with a key of your own. Nobody else here can read
|                                       │ them.
|                                       │ (Only you see this.)
|                                       [Yes, that's okay] [No, thanks]
Ana presses Yes, that's okay
| Mon 2 Mar 20:10   only Ana sees       Daymark (changed): │ May I write to you directly?
|                                       │ Only when it is for you alone, such as a private note after something
|                                       │ heavy. If you say no, I only answer where you ask me.
|                                       │ (Only you see this.)
|                                       [Yes, that's okay] [No, thanks]
Ana presses Yes, that's okay
| Mon 2 Mar 20:10   only Ana sees       Daymark (changed): │ May I notice certain words?
|                                       │ In the group's channel, a simple word check can notice when somebody may
|                                       │ need a person. Then I offer a private note with helplines. I keep none of
|                                       │ your words and tell nobody. It can be wrong.
|                                       │ (Only you see this.)
|                                       [Yes, that's okay] [No, thanks]
Ana presses Yes, that's okay
| Mon 2 Mar 20:10   only Ana sees       Daymark (changed): │ You're in Evening group
|                                       │ ✅ I keep your check-ins, locked.
|                                       │ ✅ I may write to you directly.
|                                       │ ✅ I notice certain words and offer a private note.
|                                       │ Good to know
|                                       │   `/checkin` says how you are, `/sessions next` shows what comes next,
|                                       │ `/helplines` finds somebody to talk to, `/privacy` changes your choices,
|                                       │ `/leave` takes you out again.
|                                       │ (Only you see this.)
Ana takes no direct messages
Ana: i want to die
| Mon 2 Mar 20:10   #evening-group      Daymark: There is a private note here for someone. It opens only for the
|                                       person it is for.
|                                       [Open the note]
Ben presses Open the note
| Mon 2 Mar 20:10   only Ben sees       Daymark: │ Somebody to talk to in United Kingdom
|                                       │ This note is for somebody else. If you would like somebody to talk to
|                                       │ yourself:
|                                       │ These are run by other people, not by us. You don't need a big reason to
|                                       │ call.
|                                       │ Samaritans
|                                       │   Listens to anyone, about anything that is getting to you.
|                                       │   Call 116 123
|                                       │   Open day and night.
|                                       │ Shout
|                                       │   Text with someone when things feel too much.
|                                       │   Text 85258 (send: SHOUT)
|                                       │   Open day and night.
|                                       │ Alcoholics Anonymous Helpline
|                                       │   Talk with people who have been there, if drinking worries you.
|                                       │   Call 0800 9177 650
|                                       │   Chat: https://www.alcoholics-anonymous.org.uk/Home
|                                       │   Open day and night.
|                                       │ National Domestic Abuse Helpline
|                                       │   Support if someone close hurts or controls you.
|                                       │   Call 0808 2000 247
|                                       │   Open day and night.
|                                       │ Beat
|                                       │   Support for anyone affected by an eating disorder.
|                                       │   Call 0808 801 0677 (0677 England, 0432 Scotland, 0433 Wales, 0434
|                                       │ Northern Ireland)
|                                       │   Opens tomorrow.
|                                       │ The Silver Line
|                                       │   Friendship and a chat for older people, day or night.
|                                       │   Call 0800 470 8090
|                                       │   Open day and night.
|                                       │ Find A Helpline
|                                       │   Lines in many countries, by topic and by way to reach them.
|                                       │   https://findahelpline.com/
|                                       │ Emergency
|                                       │   Call 999
|                                       │ (Only you see this. Numbers change: each line's own site has the last
|                                       │ word.)
Ana presses Open the note
| Mon 2 Mar 20:10   only Ana sees       Daymark: │ You don't have to be alone with this
|                                       │ It sounds like it hurts a lot right now. I'm glad you wrote it down. There
|                                       │ are people who would like to listen, and you can just say "I'm having a
|                                       │ hard time".
|                                       │ Shout
|                                       │   Text 85258 (send: SHOUT)
|                                       │   Open day and night.
|                                       │ Samaritans
|                                       │   Call 116 123
|                                       │   Open day and night.
|                                       │ (An automatic word check wrote this. It can be wrong, it keeps nothing,
|                                       │ and only you see this.)
|                                       [Ask for a person here] [Why I might not call] [More helplines]
|                                       [This was wrong] [Don't notice my words]
| Mon 2 Mar 20:10   #evening-group      Daymark (changed): This note has been opened.
Ana presses More helplines
| Mon 2 Mar 20:10   only Ana sees       Daymark: │ Somebody to talk to in United Kingdom
|                                       │ These are run by other people, not by us. You don't need a big reason to
|                                       │ call.
|                                       │ Samaritans
|                                       │   Listens to anyone, about anything that is getting to you.
|                                       │   Call 116 123
|                                       │   Open day and night.
|                                       │ Shout
|                                       │   Text with someone when things feel too much.
|                                       │   Text 85258 (send: SHOUT)
|                                       │   Open day and night.
|                                       │ Alcoholics Anonymous Helpline
|                                       │   Talk with people who have been there, if drinking worries you.
|                                       │   Call 0800 9177 650
|                                       │   Chat: https://www.alcoholics-anonymous.org.uk/Home
|                                       │   Open day and night.
|                                       │ National Domestic Abuse Helpline
|                                       │   Support if someone close hurts or controls you.
|                                       │   Call 0808 2000 247
|                                       │   Open day and night.
|                                       │ Beat
|                                       │   Support for anyone affected by an eating disorder.
|                                       │   Call 0808 801 0677 (0677 England, 0432 Scotland, 0433 Wales, 0434
|                                       │ Northern Ireland)
|                                       │   Opens tomorrow.
|                                       │ The Silver Line
|                                       │   Friendship and a chat for older people, day or night.
|                                       │   Call 0800 470 8090
|                                       │   Open day and night.
|                                       │ Find A Helpline
|                                       │   Lines in many countries, by topic and by way to reach them.
|                                       │   https://findahelpline.com/
|                                       │ Emergency
|                                       │   Call 999
|                                       │ (Only you see this. Numbers change: each line's own site has the last
|                                       │ word.)

== An hour and a bit later she takes direct messages again
Ana takes direct messages
at mon 21:20
Ana: i want to die
| Mon 2 Mar 21:20   DM with Ana         Daymark: │ You don't have to be alone with this
|                                       │ It sounds like it hurts a lot right now. I'm glad you wrote it down. There
|                                       │ are people who would like to listen, and you can just say "I'm having a
|                                       │ hard time".
|                                       │ Shout
|                                       │   Text 85258 (send: SHOUT)
|                                       │   Open day and night.
|                                       │ Samaritans
|                                       │   Call 116 123
|                                       │   Open day and night.
|                                       │ (An automatic word check wrote this. It can be wrong, it keeps nothing,
|                                       │ and only you see this.)
|                                       [Ask for a person here] [Why I might not call] [More helplines]
|                                       [This was wrong] [Don't notice my words]
