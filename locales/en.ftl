# Every word of the form in English. A term in { } is set per site:
# $hotline_phone, $hotline_text, $state, $urgent_time, $normal_time.
# Short words and short sentences on purpose: each screen must stay at reading grade 4 or below.

title = Contact form
title-error = Error: Contact form

leave = Leave now
cover = Loading.
away = We hid the page since you were away. Tap to go on.
back = Back
next = Next
sentence-end = .

## Start

start-heading = Tell us what is going on
start-what = You can send a message here to people whose job is to help. You do not have to give your name. You can stop at any time.
start-danger = If someone may get hurt right now, call 911.
start-danger-text = If you cannot talk, try a text to 911. It does not work in all places.
start-talk = Want to talk to a person? Call the help line at { $hotline_phone }. Or text { $hotline_text }. It is free, day and night. On the phone you can ask for your own language.
start-button = Start
start-fast-button = I only have a minute

## When no message can be taken

no-script = This page needs JavaScript to lock your words. It is off, so we will not take a message here. Call or text the help line.
old-browser = This browser is too old to lock your words. Try a new one, or call or text the help line.
old-page = This page is out of date, so it can not lock your words. Load it again. If you still see this, call or text the help line.
help-line = The help line:
help-line-call = call { $hotline_phone }
help-line-text = or text { $hotline_text }.
waiting = Loading.
waiting-long = Still not there? Load the page again, or call or text the help line. If that does not help, this browser may be too old to lock your words.

## When this site can take no message at all

closed-heading = We can not take a message here now
closed-what = This page is not set up yet, or it is out of date. You did nothing wrong. Please try again later.

## Fast lane

fast-heading = I only have a minute
fast-what = Write what we need to know. Where? Who? Is someone in danger now?
fast-readers = Only the help line can open this.
fast-law = The law may make them share some.
fast-send = Send it now
typing-keys = Your phone’s own back key shuts this page and wipes your words.

## What is going on

story-count = Screen 2 of 4
story-heading = What is going on?
story-free = Write as much or as little as you want. Start where you like. A few words are fine. Spelling does not matter. Use any language.
story-gentle = You do not need to tell us each thing that was done to you. This is not a police statement. What was done to you is not your fault.

## Who may read this

readers-count = Screen 3 of 4
readers-heading = Who may read this?
readers-what = You pick. Only the groups you tick can open it. This page locks it so that no one else can.
readers-or = or
readers-unsure = I do not know. Send it to the help line first.
readers-law = A group that reads it may have to share some of it if the law says so. One case is when a child is being hurt.

## Check

check-count = Screen 4 of 4
check-heading = Check what you wrote
check-not-sent = It has not been sent yet.
check-words = Your words
check-readers = Only the groups you picked can open it:
check-change-now = You can change it now. Once it is sent, you cannot take it back.
check-send = Send
check-change = Change
check-leave = Leave now and wipe it

## While sending, on two screens

send-again = Send again
sending = Sending. Please stay on this page.
maybe-sent = As far as we know, it was not sent. But a try may have gone through. Send it to be sure. If you change it first, they may get both.
sending-again = It did not go through yet. We are trying again. Please stay on this page.

## Sent

sent-heading = It was sent
sent-next = What comes next.
sent-next-text = A person will read this. If someone is in danger now, we try to read it in { $urgent_time }. If not, it may take { $normal_time }.
sent-free = You do not have to talk to anyone just because you sent this.
sent-leave = Leave this page

## There is a problem

problem-heading = There is a problem
problem-empty = Write a few words, so there is something to send.
problem-no-readers = Pick at least one group to read this.
problem-too-long = This is too long to send. Your words are still here. Make it shorter. You can send the rest as a new message.
problem-lost = We could not send it. Your words are still here. Check your signal. Then tap Send again.
problem-busy = We could not send it. Your words are still here. Too much came in at once. Wait a bit. Then tap Send again.
problem-stale = This page is too old, so we could not send it. Your words are still here. Read or copy them now. Then load the page again and put them back in. A copy may stay on this phone for a while.

## After a file was sent by a plain form, without JavaScript

sealed-file = You can wipe the file from this phone now. It is locked. But it may show that you wrote to us.
sealed-again = It was not sent. Too much came in at once, or the line was slow. You still have your file. Wait a bit. Then go back and send it again.
sealed-remake = It was not sent. We can not take this file. It may be too old, or it is not the file that our page made. Go back, make a new one, and send that.
