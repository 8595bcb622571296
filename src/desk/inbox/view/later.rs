//! What a source wrote after the first letter, what they ask for by now, and what is about to be written to them.

use super::page::{Layout, Page};
use super::{contact, share, told};
use crate::crypto::letter::Letter;
use crate::desk::cache::KnownTip;
use crate::desk::case::Case;
use crate::desk::follow_ups::{Asked, CONFIRMED, DECIDED, name, wishes as by_now};
use crate::desk::inbox::Entry;
use crate::desk::output::{Line, Style};
use crate::model::tip::TipId;

/// What a letter asks for, as it stands above whatever may cross it.
pub fn wishes(letter: &Letter, layout: Layout) -> Vec<Line> {
    let answers = &letter.answers;
    let mut page = Page::new(layout);
    page.heading("What the source asks for");
    if let Some(text) = &answers.exclude_text {
        page.field("must NOT see it", Style::Alarm, text);
    }
    page.field("may be shared", Style::Bold, share(answers.share.as_ref()));
    contact(&mut page, answers.contact.as_ref());
    page.maybe("ask them this", answers.check_question.as_deref());
    page.lines
}

/// What letters that came later ask for, and what has become of that; no line where they ask for nothing.
pub fn asked(
    first: &KnownTip,
    later: &[&KnownTip],
    case: &Case,
    short: &dyn Fn(TipId) -> String,
    layout: Layout,
) -> Vec<Line> {
    let mut page = Page::new(layout);
    let asked = by_now(&first.letter, later, case).asked;
    let id = short(first.letter.id);
    for (tip, asked) in later.iter().zip(asked).filter(|(_, asked)| *asked != Asked::Nothing) {
        if page.lines.is_empty() {
            page.heading("What was asked by whoever has the code");
        }
        let answers = &tip.letter.answers;
        page.field("asked in", Style::Bold, &format!("{}, which came {}", short(tip.letter.id), tip.day));
        if let Some(text) = &answers.exclude_text {
            page.field("must NOT see it", Style::Alarm, text);
        }
        if answers.share.is_some() {
            page.field("may be shared", Style::Bold, share(answers.share.as_ref()));
        }
        if answers.contact.is_some() {
            contact(&mut page, answers.contact.as_ref());
        }
        let (style, words) = become_of(asked);
        page.field("", style, words);
        if matches!(asked, Asked::Less | Asked::More) {
            let name = name(tip);
            page.field("  if it counts", Style::Faint, &format!("desk label {id} --add '{CONFIRMED}{name}'"));
            page.field("  if it does not", Style::Faint, &format!("desk label {id} --add '{DECIDED}{name}'"));
        }
    }
    page.lines
}

const fn become_of(asked: Asked) -> (Style, &'static str) {
    match asked {
        Asked::Less => (Style::Alarm, "this asks for less: nothing is passed on until a member has decided"),
        Asked::More => {
            (Style::Alarm, "this counts for nothing until it was confirmed in the safe way of the first letter")
        }
        Asked::Confirmed => (Style::Bold, "confirmed: this counts"),
        Asked::Decided | Asked::Nothing => (Style::Plain, "decided: what counted before stands"),
    }
}

/// What letters that follow a first one tell; no line where there is none.
pub fn later(later: &[&Entry], layout: Layout) -> Vec<Line> {
    let mut page = Page::new(layout);
    if later.is_empty() {
        return page.lines;
    }
    page.heading("What came later, from whoever has the code");
    for entry in later {
        page.field(&entry.short_id, Style::Bold, &format!("came {}", entry.tip.day));
        if entry.starting.is_empty() {
            told(&mut page, &entry.tip.letter.answers);
        }
        match &*entry.story() {
            "" => page.lines.push(Line::new().with(Style::Faint, "  (no words)")),
            story => page.text(story),
        }
    }
    page.lines
}

/// That a letter follows another.
pub fn belongs_to(first: &str, layout: Layout) -> Vec<Line> {
    let mut page = Page::new(layout);
    page.heading("From whoever has the code of an earlier tip");
    page.field("belongs to", Style::Bold, first);
    page.lines
}

/// What is about to be sent.
pub fn preview(text: &str, layout: Layout) -> Vec<Line> {
    let mut page = Page::new(layout);
    page.heading("What they will read");
    page.text(text);
    page.lines
}
