# Every word of the form in English. DRAFT: a second person and a lawyer have not yet reviewed this file. A term in { } is set per site:
# $hotline_phone, $hotline_text, $state, $urgent_time, $normal_time, $exit_host. $screen and $screens are numbers.
# What the law of a place decides is not here: it comes from the keyring, with the name of the lawyer who signed it.
# Short words and short sentences on purpose: each screen must stay at reading grade 4 or below.

title = Contact form
title-error = Error: Contact form

leave = Leave now
cover = Loading.
away = We hid the page since you were away. Tap to go on.
back = Back
next = Next
count = Screen { $screen } of { $screens }
skip = You can skip this.
not-sure = I am not sure
no-say = I do not want to say
yes = Yes
no = No
sentence-end = .

## Start

languages = Languages
start-heading = Tell us what is going on
start-what = You can send a message here to people whose job is to help. You do not have to give your name. You can stop at any time.
start-danger = If someone may get hurt right now, call 911.
start-danger-text = If you cannot talk, try a text to 911. It does not work in all places.
start-talk = Want to talk to a person? Call the help line at { $hotline_phone }. Or text { $hotline_text }. It is free, day and night. On the phone you can ask for your own language.
start-button = Start
start-fast-button = I only have a minute
start-code-button = I have a code
start-safe-button = How to stay safe while you do this
start-scared-button = I am scared of what may happen to me

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
closed-busy = Too much came in at once. You did nothing wrong. Wait a bit. Then load this page again.
paused-what = We take no messages here just now. You did nothing wrong. Please try again later.
paused-until = We hope to take them again on { $date }.

## Fast lane

fast-heading = I only have a minute
fast-what = Write what we need to know. Where? Who? Is someone in danger now?
fast-readers = Only the help line can open this.
fast-send = Send it now
typing-keys = Your phone’s own back key shuts this page and wipes your words.

## I am scared of what may happen to me: only the heading is ours, the rest is for a lawyer of the place

scared-heading = I am scared of what may happen to me

## Before you start

before-heading = Before you start
before-phone = Does someone check your phone? Are they near you now? If so, it is best to wait. Use a phone or computer they never touch. A library, school, or clinic may have one.
before-leave = You will see a button called { leave }. It is at the top of each page. Tap it to close this page fast. It opens { $exit_host }. All you typed is wiped.
before-shift = You can also press Shift three times.
before-history = { leave } cannot erase your history. This phone may still show that you came to this site. If someone put a spy app on your phone, they may see what you type.
before-private = A private window helps. Then your phone and its keyboard keep less. Open one first if you can.
before-clear = Take care if you clear your history. Clear just this site. A blank history can look odd.
before-name = We do not ask for your name. We do not keep your phone’s web address. We lock your words before they leave your phone. Still, nothing is safe in every case. You choose what to write.

## If a person under 18 is being hurt: only the heading is ours, the rest is for a lawyer of the place

minors-heading = If a person under 18 is being hurt

## Is someone in danger?

danger-heading = Is someone in danger?
danger-now = Yes, right now
danger-soon = Yes, in the next day or so
danger-not-now = Not right now
danger-hint = If it is right now, call 911 if you can. We may not read this for some hours.

## Who is this about?

about-heading = Who is this about?
about-self = Me
about-other = Someone I know
about-seen = Someone I saw or heard about
about-group = A group of people
minor-heading = Is anyone under 18?
minor-hint = We ask so we can act faster.

## What is going on

story-heading = What is going on?
story-free = Write as much or as little as you want. Start where you like. A few words are fine. Spelling does not matter. Use any language.
story-gentle = You do not need to tell us each thing that was done to you. This is not a police statement. What was done to you is not your fault.

## Signs. Each line has two forms: about them, and (-me) when the person writes about themself.

signs-heading = Is any of this true?
signs-what = Tick what fits. Skip the rest.
sign-takes-money = Someone takes the money they earn.
sign-takes-money-me = Someone takes the money I earn.
sign-debt = They owe money that they can never pay off.
sign-debt-me = I owe money that I can never pay off.
sign-keeps-id = Someone keeps their ID or passport.
sign-keeps-id-me = Someone keeps my ID or passport.
sign-cannot-leave = They cannot come and go as they like.
sign-cannot-leave-me = I cannot come and go as I like.
sign-watched = Someone stays with them or checks their phone.
sign-watched-me = Someone stays with me or checks my phone.
sign-hurt = Someone hurts them, or says they will.
sign-hurt-me = Someone hurts me, or says they will.
sign-hurt-family = Someone says they will hurt their family.
sign-hurt-family-me = Someone says they will hurt my family.
sign-call-police = Someone says they will call the police or immigration on them.
sign-call-police-me = Someone says they will call the police or immigration on me.
sign-sex-for-needs = They must have sex to get money, food, drugs, or a place to stay.
sign-sex-for-needs-me = I must have sex to get money, food, drugs, or a place to stay.
sign-sex-photos = Someone shares or sells sex photos of them.
sign-sex-photos-me = Someone shares or sells sex photos of me.
sign-long-hours = They work long hours for little or no pay.
sign-long-hours-me = I work long hours for little or no pay.
sign-job-not-as-told = The job is not what they were told.
sign-job-not-as-told-me = The job is not what I was told.
sign-drugs = Someone uses drugs or drink to control them.
sign-drugs-me = Someone uses drugs or drink to control me.
sign-dont-know = I do not know.
signs-photos = Do not send nude or sex photos of anyone under 18. Just tell us about them. A free site called Take It Down can help get them off the web.

## Where is this? Again in two forms.

place-heading = Where is this?
place-what = A street, a store, a hotel, a room number, a website, or an app. If you do not know the place, tell us what you can see or hear.
when-heading = When are they there?
when-heading-me = When are you there?
when-what = Days and times help. Tell us if they may be moved soon.
when-what-me = Days and times help. Tell us if you may be moved soon.

## Who is doing this?

suspects-heading = Who is doing this?
suspects-what = Names or nicknames. What they look like. Tattoos. Phone numbers. User names. Cars and plates. Tell us what you know. A little is fine.

## How do you know?

basis-heading = How do you know about this?
basis-self = It is happening to me
basis-saw = I saw it
basis-person-told = The person told me
basis-other-told = Someone else told me
basis-online = I saw it online
checkable-heading = Can you tell us one thing we could check?
checkable-what = For example, a car that comes each Friday.

## Who may read this

readers-heading = Who may read this?
readers-what = You pick. Only the groups you tick can open it. This page locks it so that no one else can.
readers-seen = Most people who saw something pick the help line and the police.
readers-alone = Only one person reads there.
readers-or = or
readers-unsure = I do not know. Send it to the help line first.
exclude-heading = Is anyone in these groups part of the problem?
exclude-what = Tell us which group or person. We will not give that group the key. We will warn the others not to show them.
exclude-text = Is it one person? Tell us who.
exclude-police = Is it someone in the police? Then it may be best to pick these groups:

## May they share it?

share-heading = May they share it to get help?
share-facts = Only the facts, not a word about me
share-all = All of it, with people who can help
share-none = None of it, ask me first
share-dont-know = I do not know

## Can we write back?

contact-heading = Can we write back?
contact-code = Yes, here. I will come back with a secret code.
contact-other = Yes, some other way.
contact-none = No. Do not write back.
contact-how = What is a safe way to reach you?
contact-when = What days and times are safe?
contact-ask-for = What name should we ask for?
contact-message = Is it safe to leave a message?
contact-cover = What should we say if someone else picks up?
contact-hint = We will not call or text you unless you say it is safe.

## Check

check-heading = Check what you wrote
check-not-sent = It has not been sent yet.
check-readers = Only the groups you picked can open it:
check-left-out = These groups cannot open it:
check-change-now = You can change it now. Once it is sent, you cannot take it back.
check-add = You can add more later with your code.
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
sent-leave = Leave this page

## There is a problem

problem-heading = There is a problem
problem-empty = Write a few words, so there is something to send.
problem-no-readers = Pick at least one group to read this.
problem-too-long = This is too long to send. Your words are still here. Make it shorter. You can send the rest as a new message.
problem-lost = We could not send it. Your words are still here. Check your signal. Then tap Send again.
problem-busy = We could not send it. Your words are still here. Too much came in at once. Wait a bit. Then tap Send again.
problem-paused = We could not send it. We take no messages here just now. Your words are still here. Call or text the help line, or try again later.
problem-no-code = There can be no secret code just now. Check your signal and try again. Or go on with no code.
problem-stale = This page is too old, so we could not send it. Your words are still here. Read or copy them now. Then load the page again and put them back in. A copy may stay on this phone for a while.

## When a person has a secret code, or wants one. Keys that start with code- come to the page once it is past the first screen.

code-heading = Your code
code-text = Learn it, or write it down where no one will look. Do not take a screen shot if someone checks your phone. We cannot get the code back for you.
code-back = Come back here and type your code to see if we wrote to you. You can tell us more then, too.
code-fast = You can come back to tell us more, and to see if we wrote to you. For that you need a secret code.
code-show = Show my code
code-try = Type my code once, to learn it
code-try-heading = Type your code once
code-try-what = This helps you learn it. It stays on this page.
code-try-check = Check my words
code-try-right = That is right.
code-again = Show me my code again
code-question = Is there a thing that only you know? Write a question about it. We can ask you that, to be sure it is you.

## Coming back with a code

code-enter-heading = Type your code
code-enter-what = Type all eight words, with a space after each. The first four letters of each word are enough.
code-enter = See if you wrote to me
code-asking = We are looking. Please stay on this page.
code-count = We need eight words. You typed { $count }.
code-unknown = Word { $number } is not in our list: { $word }.
code-nearest = Did you mean one of these? { $words }.
code-mismatch = That code does not match. Check each word and try again.
code-lost = We could not look. Your words are still here. Check your signal. Then try again.
code-busy = We could not look. Your words are still here. Too much came in at once. Wait a bit. Then try again.

code-box-heading = What we wrote to you
code-empty = There is nothing here for this code right now. We may not have read your message yet. Please look again in a day or two.
code-unread = One more is here, but it does not open.
code-older = Show older answers
code-older-lost = We could not look. Check your signal. Then try again.
code-older-busy = We could not look. Too much came in at once. Wait a bit. Then try again.
code-from = We wrote this on { $date }:
code-stay = You can come back and read it again. It is wiped { $days } days after you last came to look.
code-no-echo = We do not show what you sent us. That way, no one who finds your code can read it.
code-more = Tell us more, or change what you want
code-stop = Please stop
code-wipe = Wipe what you wrote to me
code-wipe-heading = Wipe what we wrote to you?
code-wipe-what = Then it is gone for good. We are not told that you did it. What you sent to us stays with us. If we wrote to you just now, that can still come.
code-wipe-yes = Yes, wipe it
code-wipe-lost = We do not know if it was wiped. Check your signal. Then try again.
code-wipe-busy = We do not know if it was wiped. Too much came in at once. Wait a bit. Then try again.
code-wiped = It is gone.
code-leave = Leave this page

## Adding to what was sent

code-more-heading = What do you want to add?
code-more-what = Write as much or as little as you want. You can skip this, and change just who may share it or if we can write back. We cannot show what you sent before.
code-readers = Please pick again. We lock your words so well that this page can not know who you picked last time.

## Adding photos or files to what was sent

code-file-add = Add photos or files
code-file-heading = Add photos or files
code-file-what = We have your words. You can send photos or files with them now. Just those who can read your words can open them. You can skip this.
code-file-note = Photos can hide a note of where and when they were taken. We take that note out first. We cannot hide what the photo shows. Look for faces, rooms, and signs.
code-file-pick = Pick photos or files
code-file-photo = Photo { $number }
code-file-other = File { $number }
code-file-size = { $all } MB
code-file-clean = The hidden note is out.
code-file-keep = Leave the hidden note in. It may help to find someone.
code-file-unclean = We cannot take a hidden note out of this. It may tell where and when it was made, and on whose phone.
code-file-shot = Try a screen shot of it.
code-file-as-is = Send it as it is
code-file-remove = Take it off the list
code-file-send = Send
code-file-hold = Stop for now
code-file-go-on = Go on
code-file-none = Pick a photo or a file first.
code-file-decide = Say if we should send this one as it is. Or take it off the list.
code-file-big = That file is too big. Try one that is less than { $max } MB.
code-file-unread = We cannot read that file. Try to pick it again.
code-file-changed = We can no longer read this one: { $name }. Take it off the list. Then tap Go on.
code-file-sending = We are sending. Keep this page open and the screen on.
code-file-again = The signal is bad. We are trying again.
code-file-far = { $done } of { $all } MB are sent.
code-file-left = About { $minutes } min left.
code-file-held = It is on hold. Tap Go on when you want to.
code-file-lost = We could not send it all. We keep what we have for a while. Check your signal. Then tap Go on.
code-file-busy = We could not send it all. Too much came in at once. Wait a bit. Then tap Go on.
code-file-too-much = That is too much for us. Take some off the list. Then tap Go on.
code-file-refused = We could not take them. We have your words.
code-file-done = We have it all. You can add more, or leave this page.

## Speaking instead of writing

code-voice-add = Record your voice
code-voice-heading = Record your voice
code-voice-what = You can talk, and send that. We change how your voice sounds. Still, people who know you may know the voice, and the words you use.
code-voice-trace = Your phone may keep a note that this page used the mic. Make sure no one near can hear you.
code-voice-start = Start
code-voice-stop = Stop
code-voice-ask = Your phone may ask if we can use the mic.
code-voice-going = It is on. You can talk for { $minutes } min. Tap Stop when you are done.
code-voice-wait = We are changing your voice.
code-voice-none = We could not use the mic. We have your words. You can try again, or go back.
code-voice-item = Voice { $number }
code-voice-changed = This is how you sound now. Listen to it first. Play it low if someone is near.
code-voice-play = Listen

## No signal, no JavaScript, or a locked file to send: on the first screen and wherever no message can be taken

file-more = No signal? Or a file to send?
file-save-what = You can save this page on your phone. It works with no signal. It locks your words in a file, and you send that later. But the page and the file can be seen on your phone till you wipe them.
file-save = Save this page
file-save-script = The page you save needs JavaScript too. Open it where JavaScript is on.
file-send-what = Do you have a locked file from our page? Send it here. Pick that file and no other. Do not change its name.
file-send = Send the file
file-wrong = This is not a locked file from our page. It was not sent. Pick the right one.

## The page as one saved file, which locks words into another file. $file is that file’s name, $date the last day on which it is sure to be taken.

offline-what = You saved this page. It cannot send. It locks your words in a file. You send the file from our site, or give it to someone you trust.
offline-lock = Lock it in a file
offline-locking = Locking your words. Please stay on this page.
offline-heading = Your file is ready
offline-file = Look where your phone keeps what you save. Its name is { $file }. Only the groups you picked can open it. It has not been sent yet.
offline-next = To send it, go to the site where you got this page. Tap “{ file-more }” and pick the file there. Or ask someone you trust to do that for you. Do it before { $date }.
offline-keep = Your words are still on this page. Do you have the file? Then leave this page. That wipes the words here. It does not wipe the file.
offline-again = Save the file again

## After a file was sent by a plain form, without JavaScript

sealed-file = You can wipe the file from this phone now. It is locked. But it may show that you wrote to us.
sealed-again = It was not sent. Too much came in at once, or the line was slow. You still have your file. Wait a bit. Then go back and send it again.
sealed-paused = It was not sent. We take no messages here just now. You still have your file. Please send it later.
sealed-wrong = It was not sent. This is not a locked file from our page, or a part of it is gone. Pick the right one. If you did, make a new one, and send that.
sealed-stale = It was not sent. This file is too old. Save our page again. Make a new file with it, and send that.
sealed-other-site = It was not sent. This file was made for another site, and no one here could open it. Send it there. Or save our page, make a new file with it, and send that.
sealed-remake = It was not sent. We can not take this file. It may be too old, or it is not the file that our page made. Go back, make a new one, and send that.
