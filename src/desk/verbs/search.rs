//! `desk search`: finds tips among those that this machine knows. Asks no server, so that nobody learns that one searches.

use super::inbox::known_inbox;
use crate::desk::cli::SearchArgs;
use crate::desk::context::Context;
use crate::desk::failure::{Exit, Failure};
use crate::desk::inbox::{Entry, Inbox, json, spoken};
use crate::desk::output::{Line, Output, Shown, Style};
use crate::desk::search::{Query, QueryError, Snippet, Subject, parse, snippet};
use rayon::prelude::*;
use serde::Serialize;
use std::borrow::Cow;

#[derive(Serialize)]
struct Found<'a> {
    query: &'a str,
    of: usize,
    tips: Vec<Hit<'a>>,
}

#[derive(Serialize)]
struct Hit<'a> {
    #[serde(flatten)]
    tip: json::TipJson<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    found: Option<FoundIn>,
}

#[derive(Serialize)]
struct FoundIn {
    field: &'static str,
    words: String,
}

/// Finds tips.
pub fn run(args: &SearchArgs, context: &mut Context) -> Result<(), Failure> {
    let typed = args.query.join(" ");
    let query = parsed(&typed, &mut context.output)?;
    let (inbox, _) = known_inbox(context)?;
    let hits = hits(&inbox, &query);
    context.acting.mention_list(&hits.iter().map(|(entry, _)| entry.tip.letter.id).collect::<Vec<_>>());
    if args.json {
        let tips = hits.iter().map(|(entry, found)| Hit {
            tip: json::listed(entry, &inbox.viewer),
            found: found
                .as_ref()
                .filter(|_| entry.starting.is_empty())
                .map(|found| FoundIn { field: found.field, words: found.text.clone() }),
        });
        let found = Found { query: &typed, of: inbox.tips.len(), tips: tips.collect() };
        context.output.print_json(&found)?;
        return Ok(());
    }
    if args.plain {
        context.output.print_each(hits.iter().map(|(entry, found)| record(entry, found.as_ref())))?;
        return Ok(());
    }
    let width = context.output.width();
    let tips = |count: usize| if count == 1 { "1 tip".to_owned() } else { format!("{count} tips") };
    let mut lines: Vec<Line> = if context.output.is_read_out() {
        let all = (1..).zip(&hits).flat_map(|(at, (entry, found))| spoken(at, hits.len(), entry, found.as_ref()));
        all.collect()
    } else {
        hits.iter().flat_map(|(entry, found)| rows(entry, found.as_ref(), width)).collect()
    };
    lines.push(Line::new().with(Style::Faint, &format!("{} of {}", tips(hits.len()), inbox.tips.len())));
    context.output.print_private(&lines, !args.no_pager)?;
    Ok(())
}

/// Reads a search, or shows where it goes wrong.
pub(super) fn parsed(typed: &str, output: &mut Output) -> Result<Query, Failure> {
    parse(typed).map_err(|error| pointed(typed, &error, output))
}

/// Every tip that fits, in the order of the inbox.
pub(super) fn tips_that_fit<'a>(inbox: &'a Inbox, query: &Query) -> Vec<&'a Entry> {
    inbox.tips.par_iter().filter(|entry| Subject::new(entry, inbox.viewer.now).fits(query)).collect()
}

/// Every tip that fits, with the words that were found.
fn hits<'a>(inbox: &'a Inbox, query: &Query) -> Vec<(&'a Entry, Option<Snippet>)> {
    tips_that_fit(inbox, query).into_par_iter().map(|entry| (entry, snippet(entry, query))).collect()
}

/// Shows where the search goes wrong, under what was typed.
pub(super) fn pointed(typed: &str, error: &QueryError, output: &mut Output) -> Failure {
    let column = Shown::new(&typed[..error.at]).width();
    output.note(&Line::from("  ").with(Style::Plain, typed));
    output.note(&Line::from(" ".repeat(column + 2)).with(Style::Alarm, "^"));
    Failure::new(Exit::Usage, error).hint("`desk help search` shows what a search may hold")
}

fn rows(entry: &Entry, found: Option<&Snippet>, width: usize) -> Vec<Line> {
    let priority = entry.priority.as_ref().map(ToString::to_string).unwrap_or_default();
    let first = Line::new()
        .with(Style::Bold, &entry.short_id)
        .with(Style::Faint, &format!("  {}  ", entry.tip.day))
        .with(Style::Plain, &priority);
    let kept_back = (!entry.starting.is_empty()).then(|| {
        Line::from("    ").with_shown(Style::Faint, Shown::beginning(&entry.story(), width.saturating_sub(4)))
    });
    let second = found.map(|found| {
        let label = format!("    {}: ", found.field);
        let left = width.saturating_sub(label.len());
        Line::new().with(Style::Faint, &label).with_shown(Style::Plain, Shown::beginning(&found.text, left))
    });
    std::iter::once(first).chain(kept_back.or(second)).collect()
}

/// The same in sentences.
fn spoken(at: usize, of: usize, entry: &Entry, found: Option<&Snippet>) -> Vec<Line> {
    let found = found.map(|found| {
        if entry.starting.is_empty() {
            Line::from(format!("{}: ", found.field)).with(Style::Plain, &found.text)
        } else {
            Line::new().with(Style::Plain, &entry.story())
        }
    });
    std::iter::once(spoken::first(at, of, entry)).chain(found).collect()
}

fn record(entry: &Entry, found: Option<&Snippet>) -> Line {
    let priority = entry.level().map(|level| level.to_string()).unwrap_or_default();
    let day = entry.tip.day.to_string();
    let (field, words) = match found {
        Some(found) if entry.starting.is_empty() => (found.field, Cow::Borrowed(found.text.as_str())),
        Some(found) => (found.field, entry.story()),
        None => ("", Cow::default()),
    };
    Line::of_fields([entry.short_id.as_str(), &priority, &day, field, &words])
}
