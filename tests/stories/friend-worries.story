# A friend worries about a message: she is guided in private, and its author hears nothing of it.
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
Dee /join
| Thu 5 Mar 21:10   only Dee sees       Daymark: │ Welcome to Evening group
|                                       │ Three small questions, each your choice. Any answer is fine, and you can
|                                       │ change it later with `/privacy`.
|                                       │ May I keep your check-ins?
|                                       │ Once a day I can ask how you are. If you say yes, I keep your answers for
|                                       │ you. They are locked with a key of your own. Nobody else here can read
|                                       │ them.
|                                       │ (Only you see this.)
|                                       [Yes, that's okay] [No, thanks]
Dee presses No, thanks
| Thu 5 Mar 21:10   only Dee sees       Daymark (changed): │ May I write to you directly?
|                                       │ Only when it is for you alone, such as a private note after something
|                                       │ heavy. If you say no, I only answer where you ask me.
|                                       │ (Only you see this.)
|                                       [Yes, that's okay] [No, thanks]
Dee presses No, thanks
| Thu 5 Mar 21:10   only Dee sees       Daymark (changed): │ May I notice certain words?
|                                       │ In the group's channel, a simple word check can notice when somebody may
|                                       │ need a person. Then I offer a private note with helplines. I keep none of
|                                       │ your words and tell nobody. It can be wrong.
|                                       │ (Only you see this.)
|                                       [Yes, that's okay] [No, thanks]
Dee presses No, thanks
| Thu 5 Mar 21:10   only Dee sees       Daymark (changed): │ You're in Evening group
|                                       │ ➖ I keep no check-ins of yours.
|                                       │ ➖ I never write to you directly.
|                                       │ ➖ I do not check your words.
|                                       │ Good to know
|                                       │   `/checkin` says how you are, `/sessions next` shows what comes next,
|                                       │ `/helplines` finds somebody to talk to, `/privacy` changes your choices,
|                                       │ `/leave` takes you out again.
|                                       │ (Only you see this.)
Dee: nobody would miss me if i was gone
Chidi picks "I'm worried about this" on: nobody would miss me
| Thu 5 Mar 21:10   only Chidi sees     Daymark: │ If you are worried about someone
|                                       │ You can ask them plainly, in private: "Are you thinking about suicide?"
|                                       │ Asking does not put the idea there. Then listen. You don't have to fix it.
|                                       │ If they may be in danger right now, stay with them if you can.
|                                       │ Helplines also talk with people who worry about somebody.
|                                       │ In danger right now
|                                       │   Call 911.
|                                       │ Words that may help
|                                       │   "I read what you wrote, and I'm glad you did. I'm here. Would you like
|                                       │ to talk, or just not be alone?"
|                                       │ Better left out
|                                       │   Promises to keep it secret. "Others have it worse." How, with what, or
|                                       │ where. Arguing about reasons. You can say: "I care about you too much to
|                                       │ be the only one who knows."
|                                       │ Telling Discord
|                                       │   Press and hold the message, or right-click it: *Report Message*, then
|                                       │ self-harm. Their safety team reads it.
|                                       │ And you
|                                       │   You don't have to carry this by yourself, and what happens does not hang
|                                       │ on you. The button below calls somebody for you, in your own name.
|                                       │ (Only you see this. The author is told nothing, and nothing is kept.)
|                                       [I'd like a person, too] [More helplines]
Chidi presses I'd like a person, too
| Thu 5 Mar 21:10   only Chidi sees     Daymark: │ Ask for a person
|                                       │ I would post this in #staff. Everybody who can read that channel will see
|                                       │ it:
|                                       │ > @Facilitators @Chidi would like someone to reach out. A short "I'm here"
|                                       │ > is enough.
|                                       │ Nothing you wrote is passed on, unless you add words now.
|                                       │ (Only you see this.)
|                                       [Post it] [Add words] [Not now]
Chidi presses Post it
| Thu 5 Mar 21:10   #staff              Daymark: @Facilitators @Chidi would like someone to reach out. A short "I'm
|                                       here" is enough.
|                                       [I'm here] [Close]
| Thu 5 Mar 21:10   only Chidi sees     Daymark (changed): It's posted in #staff. If nobody answers within 10
|                                       minutes, I call others, and if nobody comes, I tell you. Please don't wait
|                                       for it: the helplines are there now. `/helplines`
|                                       [Take it back]
Sam presses I'm here
| Thu 5 Mar 21:10   #staff              Daymark (changed): @Chidi would like someone to reach out.
|                                       @Sam is here for them.
|                                       [Need backup] [Hand on] [Close]
| Thu 5 Mar 21:10   only Sam sees       Daymark: Thank you. Write to @Chidi yourself, something short: "Hi, I saw
|                                       you'd like somebody. I'm here, take your time."
|                                       You need not fix anything. If a life is in danger, call the emergency
|                                       number; helplines take calls from you, too.
