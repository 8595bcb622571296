//! The inbox for those who listen: one tip after another, in sentences, with where one is. No table, nothing by colour alone.

use super::view::{about_words, share, yes_no_words};
use super::{Asks, Entry, Inbox, Viewer};
use crate::crypto::letter::{ContactMode, Urgency};
use crate::desk::output::{Line, Shown, Style};

/// As much of a story as one listens to before the next tip.
const STORY: usize = 160;

/// All tips. Closed ones are counted only, unless all are asked for.
pub fn list(inbox: &Inbox, is_all: bool) -> Vec<Line> {
    let viewer = &inbox.viewer;
    let shown: Vec<&Entry> = inbox.tips.iter().filter(|entry| is_all || !entry.is_done(viewer)).collect();
    let mut lines = vec![Line::from(format!("{}.", count(shown.len())))];
    for (at, entry) in (1..).zip(&shown) {
        lines.push(Line::new());
        lines.push(first(at, shown.len(), entry));
        lines.extend(rest(entry, viewer));
    }
    for entry in &inbox.unreadable {
        lines.push(Line::new());
        let start = format!("{} cannot be read as the server gave it: ", entry.short_id);
        lines.push(Line::new().with(Style::Alarm, &start).with(Style::Plain, &entry.tip.reason));
    }
    let closed = inbox.tips.len() - shown.len();
    if closed > 0 {
        lines.push(Line::new());
        lines.push(Line::from(format!("{closed} closed or passed on: `desk inbox --all` tells them too.")));
    }
    lines
}

/// `Tip 3 of 12: T-7K3M. Priority P1 danger now, minor.`
pub fn first(at: usize, of: usize, entry: &Entry) -> Line {
    let line = Line::new().with(Style::Bold, &format!("Tip {at} of {of}: {}.", entry.short_id));
    let urgent = entry.priority.as_ref().map(|priority| format!(" Priority {priority}."));
    line.with(Style::Plain, &urgent.unwrap_or_default())
}

fn rest(entry: &Entry, viewer: &Viewer) -> Vec<Line> {
    let letter = &entry.tip.letter;
    let answers = &letter.answers;
    let mut lines = vec![Line::from(format!("Status: {}. Came on {}.", entry.standing(viewer), entry.tip.day))];
    if entry.case.is_disordered() {
        let words = "What was written on it is NOT IN ORDER: `desk show` says what.";
        lines.push(Line::new().with(Style::Alarm, words));
    }
    for clock in entry.clocks.iter().filter(|clock| clock.done.is_none()) {
        let words = format!("Clock of the law: {}.", clock.words(viewer.now));
        lines.push(Line::new().with(clock.style(viewer.now), &words));
    }
    if answers.urgency == Some(Urgency::Now) {
        lines.push(Line::new().with(Style::Alarm, "The source says: danger right now."));
    }
    let minor = answers.minor.as_ref().map(|minor| format!("Under 18: {}.", yes_no_words(minor)));
    let about = answers.about.as_ref().map(|about| format!("About: {}. ", about_words(about)));
    if about.is_some() || minor.is_some() {
        lines.push(Line::from(about.unwrap_or_default() + &minor.unwrap_or_default()));
    }
    let asks = Asks::of(entry);
    if asks.is_waiting {
        lines.push(
            Line::new()
                .with(Style::Alarm, "Less was asked for since, and no member has decided: nothing is passed on."),
        );
    }
    if asks.exclude_text.is_some() {
        lines.push(Line::new().with(Style::Alarm, "Someone must NOT see it: `desk show` says who."));
    }
    let contact = match asks.contact.map(|contact| &contact.mode) {
        None | Some(ContactMode::Never) => "do not contact",
        Some(ContactMode::Code) => "reply only, for their secret code",
        Some(ContactMode::OtherWay | ContactMode::Other(_)) => "only in the way they name",
    };
    lines.push(Line::from(format!("May be shared: {}. Contact: {contact}.", share(asks.share))));
    let story = entry.beginning();
    let story = if story.is_empty() { "nothing" } else { &story };
    lines.push(Line::from("Story: ").with_shown(Style::Plain, Shown::beginning(story, STORY)));
    lines
}

fn count(tips: usize) -> String {
    match tips {
        0 => "No tips".into(),
        1 => "1 tip".into(),
        tips => format!("{tips} tips"),
    }
}
