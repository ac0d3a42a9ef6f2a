# A month of a group that meets on Mondays and Thursdays: clocks change, a holiday, snow, a session that moves, a member far
# away, and Discord gone for two hours just when somebody should have been reminded.
start 2026-10-26 09:00 America/New_York

Priya /group setup zone:America/New_York channel:#evening-group country:US facilitators:@Facilitators facilitator_channel:#staff name:Evening group
Sam /schedule add title:Evening group when:mon,thu 18:00 leads:1h length:90m address:Room 4
Sam presses Save

== Chidi lives in Berlin
Chidi /join
Chidi presses Yes, that's okay
Chidi presses No, thanks
Chidi presses No, thanks
Chidi /me zone:Europe/Berlin
Chidi /sessions next

== The clocks go back on Sunday: six o'clock stays six o'clock
at thu 18:00
at mon 18:00

== A day off is proposed, and taken because somebody says so
Sam /schedule holidays
Sam chooses 2026-11-26 in Choose the days

== Snow
at thu 17:05
Sam /schedule cancel on:today

== Monday's session moves to Tuesday
at sun 12:00
Sam /schedule move title:Evening group on:2026-11-09 to:2026-11-10 18:30
at tue 19:00

== Discord is away for two hours, across a reminder
at thu 15:30
Discord goes down
at thu 17:30
Discord comes back
at thu 18:00

== The rest of the month, and the day off
at thu 19:00
at mon 19:00
at fri 12:00
Sam /deliveries
