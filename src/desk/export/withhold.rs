//! A letter without what does not leave: what members have marked, and beyond the facts where only facts go.

use crate::crypto::event::Span;
use crate::crypto::letter::{Answers, Letter};
use crate::desk::case::Case;
use crate::desk::fields;
use crate::desk::wishes::Scope;

/// Stands for a part that is withheld. As long for one letter as for a page.
pub const BLACK: &str = "█████";

/// What tells nothing of anyone, and is never withheld.
const STAYS: [&str; 3] = ["share", "lang", "route"];

/// Fields that can be withheld.
pub fn fields() -> impl Iterator<Item = &'static str> {
    fields::NAMES.into_iter().filter(|field| !STAYS.contains(field))
}

/// What of a letter without its marked parts goes to others, and what to say of what is missing.
pub fn letter_for(scope: Scope, unmarked: &Letter, is_marked: bool) -> (Letter, Option<&'static str>) {
    match scope {
        Scope::Facts => {
            (facts_of(unmarked), Some("Only the facts are here: a reader of this tip has withheld the rest."))
        }
        Scope::All => (
            unmarked.clone(),
            is_marked.then_some("A reader of this tip has withheld some parts; what they are is not said here."),
        ),
    }
}

/// The letter without whole fields and with parts blacked out, and whether anything is missing.
pub fn without_marked(letter: &Letter, case: &Case) -> (Letter, bool) {
    let (fields, spans) = case.redacted();
    let mut letter = letter.clone();
    for field in fields::FREE {
        if let Some(text) = text(&mut letter.answers, field) {
            *text = blacked(text, spans.iter().copied().filter(|span| span.field == field));
        }
    }
    for field in &fields {
        take(&mut letter.answers, field);
    }
    (letter, !fields.is_empty() || !spans.is_empty())
}

/// Places, people who do it, times, what can be checked: DESIGN's `facts`. Nothing of the source and the person harmed.
fn facts_of(letter: &Letter) -> Letter {
    let from = &letter.answers;
    let mut facts =
        Letter::new(letter.id, letter.created.clone(), letter.lang.clone(), letter.route.clone(), Vec::new());
    facts.answers = Answers {
        urgency: from.urgency.clone(),
        minor: from.minor.clone(),
        signs: from.signs.clone(),
        place: from.place.clone(),
        when: from.when.clone(),
        suspects: from.suspects.clone(),
        checkable: from.checkable.clone(),
        share: from.share.clone(),
        ..Answers::default()
    };
    facts
}

/// A text in which each of these parts is one mark, wherever they overlap.
fn blacked<'a>(text: &str, spans: impl Iterator<Item = &'a Span>) -> String {
    let mut hidden: Vec<(usize, usize)> =
        spans.map(|span| (span.start as usize, span.end as usize)).filter(|(start, end)| start < end).collect();
    hidden.sort_unstable();
    let mut out = String::new();
    let mut is_hidden_before = false;
    for (at, c) in text.chars().enumerate() {
        let is_hidden = hidden.iter().any(|(start, end)| (*start..*end).contains(&at));
        match (is_hidden, is_hidden_before) {
            (false, _) => out.push(c),
            (true, false) => out.push_str(BLACK),
            (true, true) => {}
        }
        is_hidden_before = is_hidden;
    }
    out
}

fn take(answers: &mut Answers, field: &str) {
    match field {
        "urgency" => answers.urgency = None,
        "about" => answers.about = None,
        "minor" => answers.minor = None,
        "signs" => answers.signs.clear(),
        "basis" => answers.basis = None,
        "contact" => answers.contact = None,
        "story" => answers.story = None,
        "where" => answers.place = None,
        "when" => answers.when = None,
        "suspects" => answers.suspects = None,
        "checkable" => answers.checkable = None,
        "exclude_text" => answers.exclude_text = None,
        _ => {}
    }
}

fn text<'a>(answers: &'a mut Answers, field: &str) -> Option<&'a mut String> {
    match field {
        "story" => answers.story.as_mut(),
        "where" => answers.place.as_mut(),
        "when" => answers.when.as_mut(),
        "suspects" => answers.suspects.as_mut(),
        "checkable" => answers.checkable.as_mut(),
        "exclude_text" => answers.exclude_text.as_mut(),
        _ => None,
    }
}
