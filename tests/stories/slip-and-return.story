# Somebody counts their days, has a slip, and comes back. Nothing is taken away.
start 2026-03-02 08:40 America/New_York

Priya /group setup zone:America/New_York channel:#evening-group country:US facilitators:@Facilitators name:Evening group
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
Chidi /milestone
| Mon 2 Mar 08:40   only Chidi sees     Daymark: │ Milestones
|                                       │ Count the days since something that matters to you: sober, in the program,
|                                       │ anything. Only you see it, unless you choose to have a mark announced.
|                                       │ (Locked with your own key. Only you see this.)
|                                       [Count something]
Chidi presses Count something
| Mon 2 Mar 08:40   only Chidi sees     ┌ a form opens: Count the days since
|                                       │ What is it: [ Sober, in the program, smoke-free ]
|                                       │ Since when; empty means today: [ 2026-01-05, or 5 march 2025 ]
Chidi writes Sober
| Mon 2 Mar 08:40   only Chidi sees     Daymark (changed): │ Sober
|                                       │ 0 days, since Monday 2 March 2026.
|                                       │ Announced
|                                       │   to nobody
|                                       │ (Locked with your own key. Only you see this.)
|                                       [I had a slip] [Announcements] [Each year] [Remove it]
at sat 21:00
== Saturday night
Chidi /cope
| Sat 7 Mar 21:00   only Chidi sees     Daymark: │ Three things that may help
|                                       │ Paced breathing · about 2 min
|                                       │ When your body runs ahead of you: a racing heart, before a hard call, in
|                                       │ bed.
|                                       │ Grounding, 5-4-3-2-1 · about 3 min
|                                       │ When your head is somewhere else: worry that circles, a memory that pulls,
|                                       │ feeling unreal.
|                                       │ TIPP · about 10 min
|                                       │ When a feeling is so big that nothing else gets through.
|                                       │ (Only you see this.)
|                                       [Paced breathing] [Grounding, 5-4-3-2-1] [TIPP]
|                                       [▾ What is it?: A hard day, fear, or all of it at once / An urge or a
|                                       craving / I haven't eaten / Anger / Feeling alone / Worn out]
|                                       [All of them] [My plan] [Talk to somebody]
Chidi chooses An urge or a craving in What is it
| Sat 7 Mar 21:00   only Chidi sees     Daymark (changed): │ Three things that may help
|                                       │ Ten minutes · about 10 min
|                                       │ When an urge says "now".
|                                       │ Urge surfing · about 15 min
|                                       │ When an urge or a craving is here and you would rather not follow it.
|                                       │ One message · about 2 min
|                                       │ When you are alone with it.
|                                       │ (Only you see this.)
|                                       [Ten minutes] [Urge surfing] [One message]
|                                       [▾ What is it?: A hard day, fear, or all of it at once / An urge or a
|                                       craving / I haven't eaten / Anger / Feeling alone / Worn out]
|                                       [All of them] [My plan] [Talk to somebody]
at sun 09:30
== The morning after
Chidi /milestone
| Sun 8 Mar 09:30   only Chidi sees     Daymark: │ Milestones
|                                       │ Sober: 6 days
|                                       │ (Locked with your own key. Only you see this.)
|                                       [▾ Open one: Sober]
|                                       [Count something else]
Chidi chooses Sober in Open one
| Sun 8 Mar 09:30   only Chidi sees     Daymark (changed): │ Sober
|                                       │ 6 days, since Monday 2 March 2026.
|                                       │ Announced
|                                       │   to nobody
|                                       │ (Locked with your own key. Only you see this.)
|                                       [I had a slip] [Announcements] [Each year] [Remove it]
Chidi presses I had a slip
| Sun 8 Mar 09:30   only Chidi sees     ┌ a form opens: A slip takes nothing away
|                                       │ When was it; empty means today: [ yesterday, or 2026-03-01 ]
|                                       │ Counting again from; empty means today: [ today ]
Chidi writes yesterday
| Sun 8 Mar 09:30   only Chidi sees     Daymark (changed): │ You came back
|                                       │ It's written down, and nothing is taken away: 5 days in all, and your
|                                       │ longest stretch is 5 days. A slip says nothing about who you are. Coming
|                                       │ back is the part that counts.
|                                       │ Counting goes on from Sunday 8 March 2026.
|                                       │ (Locked with your own key. Only you see this.)
|                                       [Talk to somebody] [Something that helps] [My plan]
| Sun 8 Mar 09:30   only Chidi sees     Daymark: │ One thing that keeps people alive
|                                       │ After some time without, the body is used to less. What was all right
|                                       │ before can be too much now, even a few days later. That is true for
|                                       │ opioids above all, and for alcohol and pills, and for mixing them.
|                                       │ If you might use again: not alone, much less than before, and naloxone
|                                       │ within reach. If somebody can't be woken or breathes slowly, call the
|                                       │ emergency number at once.
|                                       │ If you drank or used every day and stop now, shaking, sweating or
|                                       │ confusion needs a doctor today.
|                                       │ (Said to everybody who comes back, whatever it was. Only you see this.)
|                                       [Helplines]
Chidi presses Something that helps
| Sun 8 Mar 09:30   only Chidi sees     Daymark (changed): │ Three things that may help
|                                       │ Paced breathing · about 2 min
|                                       │ When your body runs ahead of you: a racing heart, before a hard call, in
|                                       │ bed.
|                                       │ Grounding, 5-4-3-2-1 · about 3 min
|                                       │ When your head is somewhere else: worry that circles, a memory that pulls,
|                                       │ feeling unreal.
|                                       │ TIPP · about 10 min
|                                       │ When a feeling is so big that nothing else gets through.
|                                       │ (Only you see this.)
|                                       [Paced breathing] [Grounding, 5-4-3-2-1] [TIPP]
|                                       [▾ What is it?: A hard day, fear, or all of it at once / An urge or a
|                                       craving / I haven't eaten / Anger / Feeling alone / Worn out]
|                                       [All of them] [My plan] [Talk to somebody]
at 2026-03-14 10:00
Chidi /milestone
| Sat 14 Mar 10:00  only Chidi sees     Daymark: │ Milestones
|                                       │ Sober: 6 days · 11 days in all
|                                       │ (Locked with your own key. Only you see this.)
|                                       [▾ Open one: Sober]
|                                       [Count something else]
Chidi chooses Sober in Open one
| Sat 14 Mar 10:00  only Chidi sees     Daymark (changed): │ Sober
|                                       │ 6 days, since Sunday 8 March 2026.
|                                       │ In all
|                                       │   11 days
|                                       │ Longest stretch
|                                       │   6 days
|                                       │ You came back
|                                       │   once
|                                       │ Announced
|                                       │   to nobody
|                                       │ (Locked with your own key. Only you see this.)
|                                       [I had a slip] [Announcements] [Each year] [Remove it]
Chidi presses Announcements
| Sat 14 Mar 10:00  only Chidi sees     ┌ a form opens: Announcements
|                                       │ At how many days; empty means never: [ 1, 7, 30, 60, 90, 180, 365 ]
Chidi writes 14
| Sat 14 Mar 10:00  only Chidi sees     Daymark (changed): │ Announce it?
|                                       │ At 14 days, I would post this in #evening-group, where everybody in the
|                                       │ group reads it:
|                                       │ > @Chidi marks 14 days: Sober. They wanted you to know.
|                                       │ After a slip it waits until a mark is reached again. You can stop it at
|                                       │ any time.
|                                       │ (Locked with your own key. Only you see this.)
|                                       [Yes, announce it] [No]
Chidi presses Yes, announce it
| Sat 14 Mar 10:00  only Chidi sees     Daymark (changed): │ Sober
|                                       │ 6 days, since Sunday 8 March 2026.
|                                       │ In all
|                                       │   11 days
|                                       │ Longest stretch
|                                       │   6 days
|                                       │ You came back
|                                       │   once
|                                       │ Announced
|                                       │   in #evening-group, at 14 days
|                                       │ (Locked with your own key. Only you see this.)
|                                       [I had a slip] [Announcements] [Each year] [Remove it]
at 2026-03-23 10:01
| Sun 22 Mar 10:00  #evening-group      Daymark: @Chidi marks 14 days: Sober. They wanted you to know.
Chidi /remind me when:every day 21:00 what:call my sponsor
| Mon 23 Mar 10:01  only Chidi sees     Daymark: │ I'll remind you
|                                       │ every day at 21:00
|                                       │ Next: Monday 23 March 2026, 21:00 (today), your time (America/New_York).
|                                       │ About
|                                       │   call my sponsor
|                                       │ On your screen
|                                       │   The message says only "A reminder you set", until you open it.
|                                       │ (Locked with your own key. Only you see this.)
|                                       [Change it] [Show the words] [Take it back]
at mon 21:00
| Mon 23 Mar 21:00  DM with Chidi       Daymark: A reminder you set.
|                                       [Show it] [Done]
|                                       [In 10 minutes] [In an hour] [Tomorrow] [Stop]
Chidi presses Show it
| Mon 23 Mar 21:00  only Chidi sees     Daymark: call my sponsor
Chidi presses Done
| Mon 23 Mar 21:00  DM with Chidi       Daymark (changed): Done. The next one: Tuesday 24 March 2026, 21:00
|                                       (tomorrow).
|                                       [Stop]
