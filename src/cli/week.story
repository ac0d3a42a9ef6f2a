# A week of the evening group.
start 2026-03-02 08:40 America/New_York

== Monday: the group is set up
Priya /group setup zone:America/New_York channel:#evening-group country:US facilitators:@Facilitators facilitator_channel:#staff checkin:09:00 name:Evening group
Sam /schedule add title:Evening group when:mon,wed,fri 18:00 leads:1d 15m length:90m
Sam presses Save
Ana /join
Ana presses Yes, that's okay
Ana presses Yes, that's okay
Ana presses Yes, that's okay
Ben /join
Ben presses Yes, that's okay
Ben presses No, thanks
Ben presses Yes, that's okay
Chidi: Morning everyone. First week for me.

== Monday: the first check-in, and the first session
at mon 09:05
Ana presses Okay
Ben presses Really hard
Ben presses Write a line
Ben writes Slept three hours. Still here.
Chidi presses So-so
Chidi presses Join
Chidi presses Yes, that's okay
Chidi presses No, thanks
Chidi presses No, thanks
at mon 17:50
Chidi /sessions next

== Tuesday: somebody has a hard night
at tue 09:10
Ana presses Low
at tue 23:10
Ben: i don't think i can do this anymore. i want to die
Chidi presses Open the note
Ben presses Open the note
Ben presses Ask for a person here
Ben presses Post it
Sam in #staff: I'm with Ben now.
Ana dm: i keep thinking about killing myself

== Wednesday: Discord is out just when a reminder is due
at wed 09:30
Ben presses Low
Sam: Traffic was killing me this morning, good to be here.
at wed 17:43
Discord goes down
at wed 17:50
Discord comes back
at wed 17:56

== Thursday: looking after one's own data
at thu 10:00
Chidi /privacy
Chidi presses Forget me
Chidi presses Forget me
Dee /helplines country:GB

== Friday: the last session of the week
at fri 09:02
Ana presses Good
Ana presses Write a line
Ana writes Five sessions done. Proud of that.
at fri 18:00
Ben: See you all Monday.

== Sunday: the clocks change; six o'clock stays six o'clock
at sun 18:05
Ana /sessions next
