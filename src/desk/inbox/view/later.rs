//! What a source wrote after the first letter, what they ask for by now, and what is about to be written to them.

use super::page::{Layout, Page};
use super::{contact, share, told};
use crate::crypto::letter::Letter;
use crate::desk::cache::KnownTip;
use crate::desk::case::{Case, Referral, ReferralState};
use crate::desk::events::rekey::holders;
use crate::desk::follow_ups::{Asked, CODE_LOST, CONFIRMED, DECIDED, LESS, name, wishes as by_now};
use crate::desk::inbox::Entry;
use crate::desk::names::AgencyNames;
use crate::desk::output::{Line, Style};
use crate::model::agency::AgencyNumber;
use crate::model::tip::TipId;
use std::collections::BTreeSet;

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
    let mut is_open = false;
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
        let (style, words) = become_of(asked, answers.exclude_text.is_some());
        page.field("", style, words);
        let name = name(tip);
        let commands = match asked {
            Asked::Less => vec![("if it counts", LESS), ("if it does not", DECIDED)],
            Asked::More => vec![("once confirmed", CONFIRMED), ("if it does not count", DECIDED)],
            Asked::Both => {
                vec![("the less counts", LESS), ("once all of it is confirmed", CONFIRMED), ("if none counts", DECIDED)]
            }
            Asked::Narrowed => vec![("once all of it is confirmed", CONFIRMED)],
            Asked::Unheard => vec![("two of you: the less counts", LESS), ("two of you: all was confirmed", CONFIRMED)],
            Asked::Decided if answers.exclude_text.is_some() => vec![("a second member, for that", DECIDED)],
            Asked::Nothing | Asked::Confirmed | Asked::Decided | Asked::Lifted => Vec::new(),
        };
        for (when, label) in commands {
            page.field(&format!("  {when}"), Style::Faint, &format!("desk label {id} --add '{label}{name}'"));
        }
        if matches!(asked, Asked::Less | Asked::More | Asked::Both) {
            is_open = true;
        }
    }
    if is_open {
        let words = format!("two members say so, for all that comes with it: desk label {id} --add {CODE_LOST}");
        page.field("  if it was found", Style::Faint, &words);
    }
    page.lines
}

/// Who has the first letter, or parts of it, and cannot open one in which the source asks for something else, or cannot see that it
/// belongs to what they have: a copy that was made for them is linked with nothing.
pub fn unseen(
    first: &Entry,
    later: &[&Entry],
    asked: &[Asked],
    (viewer, names): (AgencyNumber, &AgencyNames),
    layout: Layout,
) -> Vec<Line> {
    let mut page = Page::new(layout);
    let is_open = |offer: &&Referral| matches!(offer.state, ReferralState::Offered | ReferralState::Accepted { .. });
    let given: BTreeSet<_> = first.case.referrals.iter().filter(is_open).map(|offer| offer.to).collect();
    let whole: BTreeSet<_> = holders(&first.case, &first.tip.letter).into_iter().collect();
    let (copies, with_first) = (&given - &whole, &given | &whole);
    let counts = |entry: &Entry, asked: Asked| match asked {
        Asked::Nothing | Asked::Lifted | Asked::Unheard => false,
        Asked::Decided => entry.tip.letter.answers.exclude_text.is_some(),
        Asked::Less | Asked::More | Asked::Both | Asked::Narrowed | Asked::Confirmed => true,
    };
    for (entry, _) in later.iter().zip(asked).filter(|(entry, asked)| counts(entry, **asked)) {
        let readers: BTreeSet<_> = holders(&entry.case, &entry.tip.letter).into_iter().collect();
        let mut tell = |agencies: BTreeSet<AgencyNumber>, why: &str| {
            let called = agencies.into_iter().filter(|agency| *agency != viewer).map(|agency| names.name(agency));
            let called: Vec<_> = called.collect();
            if !called.is_empty() {
                let words = format!("{}, {why}: tell them what it asks for", called.join("; "));
                page.field("NOT SEEN BY", Style::Alarm, &words);
            }
        };
        let id = &entry.short_id;
        tell(&with_first - &readers, &format!("who have the first letter, or parts of it, and cannot open {id}"));
        tell(
            &copies & &readers,
            &format!(
                "who have parts or a copy of the first letter, and cannot see that {id}, which they can open, belongs to it"
            ),
        );
    }
    page.lines
}

const fn become_of(asked: Asked, is_excluding: bool) -> (Style, &'static str) {
    match asked {
        Asked::Less => (
            Style::Alarm,
            "this asks for less: nothing is passed on until a member has decided, and a way to them that they take back is not used; it may be in other hands",
        ),
        Asked::Both => (
            Style::Alarm,
            "this asks for less: nothing is passed on until a member has decided, and a way to them that they take back is not used; what it asks for more, or another way to them, counts for \
             nothing until it was confirmed in the safe way of the first letter",
        ),
        Asked::Narrowed => (
            Style::Bold,
            "what it asks for less counts; what it asks for more, or another way to them, counts for nothing until it was confirmed in the safe way of the first letter",
        ),
        Asked::More => {
            (Style::Alarm, "this counts for nothing until it was confirmed in the safe way of the first letter")
        }
        Asked::Confirmed => (Style::Bold, "confirmed: this counts"),
        Asked::Decided if is_excluding => (
            Style::Plain,
            "decided: what counted before stands; who must not see it by this letter stays named until a second member says the same",
        ),
        Asked::Decided | Asked::Nothing => (Style::Plain, "decided: what counted before stands"),
        Asked::Lifted => (Style::Plain, "decided by two members: nothing of this counts"),
        Asked::Unheard => (
            Style::Alarm,
            "NOT HEARD: two members say that the code is in other hands, so that nothing of this counts, and nothing is written back to it; \
             if it is the source all the same, two members say so",
        ),
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
