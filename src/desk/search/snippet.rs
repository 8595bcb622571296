//! The few words around what was found. What a colleague has marked to be withheld is blacked out in them.

use super::fold::fold_with_places;
use super::query::Query;
use super::subject::place;
use crate::desk::case::Case;
use crate::desk::fields;
use crate::desk::inbox::Entry;
use std::ops::Range;

const BEFORE_CHARS: usize = 30;
const AFTER_CHARS: usize = 70;
const WITHHELD: char = '█';

/// Where something was found, and the words around it. Hostile text like any.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snippet {
    /// The field of the letter.
    pub field: &'static str,
    /// Its words, on one line.
    pub text: String,
}

/// The first place that the query asks for; the beginning of the story where what was found stands in no text.
pub fn snippet(entry: &Entry, query: &Query) -> Option<Snippet> {
    let texts = fields::texts(&entry.tip.letter);
    let wanted = query.wanted();
    let found = wanted.iter().find_map(|term| {
        let fields = texts.iter().filter(|(field, _)| term.field.as_deref().is_none_or(|name| name == *field));
        fields.into_iter().find_map(|(field, text)| {
            let (folded, places) = fold_with_places(text);
            let (from, _) = place(&term.pattern, &folded)?;
            Some((*field, *text, places[from]))
        })
    });
    let (field, text, at) = match found {
        Some(found) => found,
        None => texts.first().map(|(field, text)| (*field, *text, 0))?,
    };
    Some(Snippet { field, text: around(text, at, &withheld(&entry.case, field)) })
}

/// Characters of a field that a member has marked: from the first one up to the one after the last.
fn withheld(case: &Case, field: &str) -> Vec<Range<usize>> {
    let (fields, spans) = case.redacted();
    if fields.contains(field) {
        return std::iter::once(0..usize::MAX).collect();
    }
    spans.iter().filter(|span| span.field == field).map(|span| span.start as usize..span.end as usize).collect()
}

fn around(text: &str, at: usize, withheld: &[Range<usize>]) -> String {
    let start = text[..at].char_indices().rev().take(BEFORE_CHARS).last().map_or(at, |(start, _)| start);
    let end = text[at..].char_indices().nth(AFTER_CHARS).map_or(text.len(), |(offset, _)| at + offset);
    let is_hidden = |place: usize| withheld.iter().any(|range| range.contains(&place));
    let first = if withheld.is_empty() { 0 } else { text[..start].chars().count() };
    let shown = text[start..end].chars().enumerate().map(|(offset, c)| match c {
        _ if is_hidden(first + offset) => WITHHELD,
        c if c.is_whitespace() => ' ',
        c => c,
    });
    let (before, after) = (if start > 0 { "…" } else { "" }, if end < text.len() { "…" } else { "" });
    format!("{before}{}{after}", shown.collect::<String>())
}
