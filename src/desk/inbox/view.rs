//! One tip in full: what the source asks for first, then what they tell.

use super::signs::{content, words};
use super::thread::{self, Told};
use super::{Entry, Inbox, Viewer};
use crate::crypto::letter::{About, Answers, Basis, Contact, ContactMode, Letter, Share, Urgency, YesNo};
use crate::desk::cache::KnownTip;
use crate::desk::case::{Referral, ReferralState};
use crate::desk::clocks::{DONE_LABEL, Running, starting_words};
use crate::desk::events::rekey::holders;
use crate::desk::export::{Audience, handling};
use crate::desk::fields;
use crate::desk::moment;
use crate::desk::names::AgencyNames;
use crate::desk::output::{Line, Style};
use crate::desk::priority::Level;
use crate::desk::wishes::excluded;
use crate::model::agency::AgencyNumber;
use page::Page;

mod later;
mod page;

pub use later::{asked, preview, wishes};
pub use page::Layout;

const NOT_PICKED: &str = "NOT YOUR AGENCY: it was sealed to you although the source, as the letter says, did not pick you. Speak with an \
    admin before you do anything";

const WITHHELD: &str = "a reader of theirs has withheld some parts; what they are is not said here";

/// Colleagues of other agencies whom the source may have named as who must not see it, and who can. Nobody is told this of
/// themselves, nor of a colleague of their own agency: USERS.md E4.
pub(super) fn named_elsewhere<'a>(
    entry: &Entry,
    now: &Letter,
    viewer: &Viewer,
    names: &'a AgencyNames,
) -> Vec<(&'a str, AgencyNumber)> {
    if now.answers.exclude_text.is_none() {
        return Vec::new();
    }
    let others = holders(&entry.case, &entry.tip.letter).into_iter().filter(|agency| *agency != viewer.agency);
    let people = others.flat_map(|agency| names.people(agency).map(move |person| (person, agency)));
    let is_meant = |person: &str| excluded::names(now, person) && person != viewer.person;
    people.filter(|(person, agency)| is_meant(person) && !entry.case.has_left(person, *agency)).collect()
}

/// Lines for whoever looks, or listens: the tip, then what was written on it.
pub fn view(entry: &Entry, inbox: &Inbox, names: &AgencyNames, layout: Layout) -> Vec<Line> {
    let mut lines = source(entry, inbox, names, layout);
    lines.extend(thread(entry, names, layout));
    lines
}

/// All that one source asks for and tells, in this letter and in those that follow it, and how far the work is.
pub fn source(entry: &Entry, inbox: &Inbox, names: &AgencyNames, layout: Layout) -> Vec<Line> {
    let (first, follow_ups, wishes) = inbox.asked_by_now(entry);
    let is_later = first.tip.letter.id != entry.tip.letter.id;
    // Of a later letter, what counts: whoever has the code may have written it.
    let asks = if is_later { &wishes.letter.answers } else { &entry.tip.letter.answers };
    let mut lines = tip(entry, (&wishes.letter, asks), &inbox.viewer, names, layout);
    let title = lines.drain(..1).collect();
    let tips: Vec<&KnownTip> = follow_ups.iter().map(|entry| &entry.tip).collect();
    let asked = asked(&first.tip, &tips, &first.case, &|id| inbox.short(id), layout);
    let unseen = later::unseen(first, &follow_ups, &wishes.asked, (inbox.viewer.agency, names), layout);
    if is_later {
        return [title, later::belongs_to(&first.short_id, layout), asked, unseen, lines].concat();
    }
    [title, asked, unseen, lines, later::later(&follow_ups, layout)].concat()
}

/// What the source asks for and tells, and how far the work is. How it is to be handled follows from what they ask for by now.
fn tip(
    entry: &Entry,
    (now, asks): (&Letter, &Answers),
    viewer: &Viewer,
    names: &AgencyNames,
    layout: Layout,
) -> Vec<Line> {
    let letter = &entry.tip.letter;
    let answers = &letter.answers;
    let mut page = Page::new(layout);
    page.lines.push(Line::new().with(Style::Bold, &entry.short_id).with(Style::Faint, &format!("  {}", letter.id)));

    page.heading("What the source asks for");
    let readers: Vec<_> = letter.readers.iter().map(|number| names.reader(*number)).collect();
    page.field("may read it", Style::Bold, &readers.join("; "));
    let was_offered = entry.case.referrals.iter().any(|referral| referral.to == viewer.agency);
    if !letter.readers.contains(&viewer.agency) && !was_offered {
        page.field("", Style::Alarm, NOT_PICKED);
    }
    if let Some(offer) = entry.passed_on() {
        let words = format!(
            "by {}, {}, from another tip: these are the parts they chose, not the source's whole letter",
            offer.stamp.by.person,
            names.name(offer.stamp.by.agency)
        );
        page.field("passed on", Style::Bold, &words);
        if offer.withheld {
            page.field("", Style::Bold, WITHHELD);
        }
    }
    if let Some(text) = &asks.exclude_text {
        page.field("must NOT see it", Style::Alarm, text);
    }
    for (person, agency) in named_elsewhere(entry, now, viewer, names) {
        let words = format!(
            "{person} of {} can read this, and the source may mean them: speak with somebody else there, so that {person} leaves \
             it (`desk recuse`) before more is written",
            names.name(agency)
        );
        page.field("NAMED BY THEM", Style::Alarm, &words);
    }
    page.field("may be shared", Style::Bold, share(asks.share.as_ref()));
    let (tlp, _) = handling(now, letter, now.answers.exclude_text.as_deref(), Audience::Own);
    page.field("handling", Style::Bold, tlp.as_str());
    contact(&mut page, asks.contact.as_ref());
    page.maybe("ask them this", asks.check_question.as_deref());

    page.heading("What they tell");
    page.maybe("CONTENT", content(answers).as_deref());
    if let Some(priority) = &entry.priority {
        let style = if priority.level == Level::FIRST { Style::Alarm } else { Style::Bold };
        page.field("priority", style, &priority.to_string());
    }
    let (answered, of) = fields::completeness(letter);
    page.field("filled in", Style::Plain, &format!("{answered} of {of} questions"));
    told(&mut page, answers);
    page.field(
        "written",
        Style::Plain,
        &format!("{} (form: {}, {})", letter.created, letter.lang, letter.route.as_str()),
    );
    page.field("came", Style::Plain, &entry.tip.day.to_string());

    done(&mut page, entry, viewer, names);

    page.heading("In their own words");
    match &answers.story {
        Some(story) => page.text(story),
        None => page.lines.push(Line::new().with(Style::Faint, "  (nothing)")),
    }
    page.lines
}

/// A tip that nobody of the viewer's agency has opened, where the law counts from the moment at which somebody does: for
/// where a tip would be shown before anyone asked for it.
pub fn unopened(entry: &Entry, layout: Layout) -> Vec<Line> {
    let mut page = Page::new(layout);
    page.lines.push(Line::new().with(Style::Bold, &entry.short_id).with(Style::Faint, "  not opened yet"));
    page.heading("Before you open it");
    page.field("opening it starts", Style::Alarm, &starting_words(&entry.starting));
    if let Some(priority) = &entry.priority {
        page.field("priority", Style::Bold, &priority.to_string());
    }
    page.field("to open it", Style::Bold, "press Enter");
    page.lines
}

/// What was written on it; no line where nothing was.
pub fn thread(entry: &Entry, names: &AgencyNames, layout: Layout) -> Vec<Line> {
    let mut page = Page::new(layout);
    let told = thread::tell(&entry.case, names);
    if !told.is_empty() {
        page.heading("What was written on it");
    }
    for Told { at, by, what, event } in told {
        page.event(&format!("{at}  {event}"), &by, &what);
    }
    page.lines
}

/// How far the work is.
fn done(page: &mut Page, entry: &Entry, viewer: &Viewer, names: &AgencyNames) {
    let case = &entry.case;
    page.heading("What is being done");
    for fault in &case.faults {
        page.field("NOT IN ORDER", Style::Alarm, &fault.to_string());
    }
    clocks(page, entry, viewer);
    page.field("status", Style::Bold, case.status(viewer.now).as_str());
    if let Some(claim) = case.claimed_by(viewer.now) {
        let who = format!(
            "{}, {}, until {}",
            claim.stamp.by.person,
            names.name(claim.stamp.by.agency),
            moment::shown(claim.until)
        );
        page.field("claimed by", Style::Bold, &who);
    }
    if let Some(closed) = case.set.as_ref().and_then(|set| set.reason) {
        page.field("closed because", Style::Plain, thread::close_reason(closed));
    }
    for referral in &case.referrals {
        let due = referral.deadline.map(|at| format!(", due {}", moment::shown(at))).unwrap_or_default();
        let there = match &referral.state {
            ReferralState::Accepted { contact, .. } => contact.as_deref(),
            _ => None,
        };
        let contacts: Vec<&str> = referral.contact.as_deref().into_iter().chain(there).collect();
        let contacts =
            if contacts.is_empty() { String::new() } else { format!("; speak with {}", contacts.join(", ")) };
        let words = format!("to {}: {}{due}{contacts}", names.name(referral.to), referral.state.as_str());
        page.field("offered", Style::Bold, &words);
        consent(page, referral, viewer.now);
    }
    if let Some(offer) = entry.offer_to(viewer.agency) {
        let words = format!("take it with `desk accept {0}`, or `desk decline {0} --reason …`", entry.short_id);
        let due = offer.deadline.map(|at| format!(", by {}", moment::shown(at))).unwrap_or_default();
        page.field("YOUR ANSWER", Style::Alarm, &format!("{words}{due}"));
    }
    let (fields, spans) = case.redacted();
    if !fields.is_empty() || !spans.is_empty() {
        let parts = (!spans.is_empty()).then(|| format!("{} part(s) of the text", spans.len()));
        let all: Vec<String> = fields.into_iter().map(str::to_owned).chain(parts).collect();
        page.field("goes to no other", Style::Bold, &all.join(", "));
    }
    for asked in case.overrides.iter().filter(|asked| asked.is_open()) {
        let signed = if asked.is_signed_by_two_agencies() { "two agencies say" } else { "one agency says" };
        let words = format!("{signed} that {} may go on: {}", asked.what.verb, asked.what.reason);
        page.field("against a wish", Style::Alarm, &words);
    }
    for hold in case.holds.values() {
        page.field("held", Style::Alarm, &format!("by {}: {}", names.name(hold.stamp.by.agency), hold.reason));
    }
    for deletion in case.deletions.iter().filter(|deletion| deletion.is_open()) {
        let words = if case.is_agreed(deletion) { "two have agreed" } else { "asked for by one" };
        page.field("to be deleted", Style::Alarm, &format!("{words}: {}", deletion.what));
    }
    if !case.labels.is_empty() {
        page.field("labels", Style::Plain, &case.labels.keys().map(String::as_str).collect::<Vec<_>>().join(", "));
    }
    for (tip, how) in case.links.keys() {
        page.field("linked", Style::Plain, &format!("{} to T-{}", thread::link_as(*how), tip.prefix(8)));
    }
}

/// Under whose consent, and until when.
fn consent(page: &mut Page, referral: &Referral, now: u64) {
    let by = referral.consent_by.as_ref().map(|by| format!("by {by}"));
    let until = referral.consent_until.map(|until| {
        let is_over = until <= now;
        let end = if is_over { "ENDED, was good" } else { "good" };
        (is_over, format!("{end} until {}", moment::shown(until)))
    });
    let is_over = until.as_ref().is_some_and(|(is_over, _)| *is_over);
    let words: Vec<String> = by.into_iter().chain(until.map(|(_, words)| words)).collect();
    if !words.is_empty() {
        page.field("  consent", if is_over { Style::Alarm } else { Style::Bold }, &words.join(", "));
    }
}

/// What the law gives how long for.
fn clocks(page: &mut Page, entry: &Entry, viewer: &Viewer) {
    for clock in &entry.clocks {
        let words = format!("{} (until {})", clock.words(viewer.now), moment::shown(clock.due));
        page.field("clock of the law", clock.style(viewer.now), &words);
    }
    let mine = |clock: &&Running| clock.done.is_none() && clock.agencies.contains(&viewer.agency);
    if let Some(clock) = entry.clocks.iter().find(mine) {
        let words = format!("desk label {} --add '{DONE_LABEL}{}'", entry.short_id, clock.name);
        page.field("  when it is done", Style::Faint, &words);
    }
}

fn told(page: &mut Page, answers: &Answers) {
    if let Some(urgency) = &answers.urgency {
        let style = if *urgency == Urgency::Now { Style::Alarm } else { Style::Plain };
        page.field("danger", style, urgency_words(urgency));
    }
    page.maybe("about", answers.about.as_ref().map(about_words));
    page.maybe("under 18", answers.minor.as_ref().map(yes_no_words));
    for sign in &answers.signs {
        page.field("sign", Style::Plain, words(sign));
    }
    page.maybe("where", answers.place.as_deref());
    page.maybe("when", answers.when.as_deref());
    page.maybe("who does it", answers.suspects.as_deref());
    page.maybe("how they know", answers.basis.as_ref().map(basis_words));
    page.maybe("can be checked", answers.checkable.as_deref());
}

fn contact(page: &mut Page, contact: Option<&Contact>) {
    let Some(contact) = contact else {
        page.field("contact", Style::Bold, "not answered: do not contact");
        return;
    };
    page.field("contact", Style::Bold, contact_words(&contact.mode));
    page.maybe("  safe way", contact.how.as_deref());
    page.maybe("  safe times", contact.when.as_deref());
    page.maybe("  ask for", contact.ask_for.as_deref());
    page.maybe("  leave a message", contact.message_ok.as_ref().map(yes_no_words));
    page.maybe("  if others answer", contact.cover_story.as_deref());
}

/// How the source may be reached, in words.
pub fn contact_words(mode: &ContactMode) -> &str {
    match mode {
        ContactMode::Never => "do not contact",
        ContactMode::Code => "reply here only, for their secret code",
        ContactMode::OtherWay => "only in the way they name",
        ContactMode::Other(text) => text,
    }
}

/// What may be shared, in words.
pub fn share(share: Option<&Share>) -> &str {
    match share {
        Some(Share::Nothing) => "nothing: ask them first",
        Some(Share::Facts) => "only the facts, not a word about them",
        Some(Share::All) => "all of it, with people who can help",
        Some(Share::Other(text)) => text,
        None => "not answered: ask them first",
    }
}

/// How near danger is, in words.
pub fn urgency_words(urgency: &Urgency) -> &str {
    match urgency {
        Urgency::Now => "RIGHT NOW",
        Urgency::Soon => "soon: in the next day or so",
        Urgency::NotNow => "not right now",
        Urgency::Unsure => "they are not sure",
        Urgency::Other(text) => text,
    }
}

/// Whom it is about, in words.
pub fn about_words(about: &About) -> &str {
    match about {
        About::Themself => "the source",
        About::Known => "someone they know",
        About::Seen => "someone they saw or heard about",
        About::Group => "a group of people",
        About::Other(text) => text,
    }
}

/// How they know, in words.
pub fn basis_words(basis: &Basis) -> &str {
    match basis {
        Basis::Themself => "it is happening to them",
        Basis::Saw => "they saw it",
        Basis::PersonTold => "the person told them",
        Basis::OtherTold => "someone else told them",
        Basis::Online => "they saw it online",
        Basis::Other(text) => text,
    }
}

/// Yes, no, or not sure.
pub fn yes_no_words(answer: &YesNo) -> &str {
    match answer {
        YesNo::Unsure => "not sure",
        other => other.as_str(),
    }
}
