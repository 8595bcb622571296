//! `desk similar`: tips that may tell of the same thing, and why. Asks no server. Links nothing by itself.

use super::inbox::known_inbox;
use super::show::one;
use crate::desk::cli::SimilarArgs;
use crate::desk::context::Context;
use crate::desk::failure::{Exit, Failure};
use crate::desk::inbox::{Entry, Inbox};
use crate::desk::output::{Line, Shown, Style};
use crate::desk::similar::{Corpus, Guess, Match};
use crate::model::tip::TipId;
use serde::Serialize;

/// Rows that a person looks through.
const MAX_ROWS: usize = 20;

#[derive(Serialize)]
struct Similar<'a> {
    id: &'a str,
    tip: TipId,
    #[serde(rename = "similar")]
    found: Vec<SimilarTip<'a>>,
}

#[derive(Serialize)]
struct SimilarTip<'a> {
    id: &'a str,
    tip: TipId,
    guess: &'static str,
    /// In hundredths.
    likeness: u8,
    shared: Vec<String>,
}

/// Shows what is similar to one tip.
pub fn run(args: &SimilarArgs, context: &mut Context) -> Result<(), Failure> {
    let (inbox, _) = known_inbox(context)?;
    let entry = one(&inbox, &args.id)?;
    let id = entry.tip.letter.id;
    let at = inbox.tips.iter().position(|other| other.tip.letter.id == id);
    let at = at.ok_or_else(|| Failure::new(Exit::NotFound, "this tip cannot be read"))?;
    let matches = Corpus::of_entries(&inbox.tips).similar_to(at);
    let alike = matches.iter().map(|found| inbox.tips[found.at].tip.letter.id);
    context.acting.mention_list(&std::iter::once(id).chain(alike).collect::<Vec<_>>());
    if args.json {
        let found = matches.iter().map(|found| as_json(found, &inbox)).collect();
        context.output.print_json(&Similar { id: &entry.short_id, tip: id, found })?;
        return Ok(());
    }
    if args.plain {
        let records: Vec<Line> = matches.iter().map(|found| record(&as_json(found, &inbox))).collect();
        context.output.print(&records)?;
        return Ok(());
    }
    let width = context.output.width();
    let mut lines: Vec<Line> =
        matches.iter().take(MAX_ROWS).flat_map(|found| rows(found, &inbox.tips[found.at], width)).collect();
    if matches.len() > MAX_ROWS {
        let more = format!("and {} that are less alike; `--json` has all", matches.len() - MAX_ROWS);
        lines.push(Line::new().with(Style::Faint, &more));
    }
    if matches.is_empty() {
        lines.push(Line::from(format!("nothing that this machine knows is like {}", entry.short_id)));
    }
    context.output.print_private(&lines, !args.no_pager)?;
    Ok(())
}

fn as_json<'a>(found: &Match, inbox: &'a Inbox) -> SimilarTip<'a> {
    SimilarTip {
        id: &inbox.tips[found.at].short_id,
        tip: inbox.tips[found.at].tip.letter.id,
        guess: found.guess.as_str(),
        likeness: percent(found.likeness),
        shared: found.shared.iter().map(ToString::to_string).collect(),
    }
}

/// Id, what it may be, how like it is in hundredths, what both have.
fn record(found: &SimilarTip<'_>) -> Line {
    let SimilarTip { id, guess, likeness, shared, .. } = found;
    Line::of_fields([*id, *guess, &likeness.to_string(), &shared.join("; ")])
}

fn rows(found: &Match, entry: &Entry, width: usize) -> [Line; 2] {
    let style = if found.guess == Guess::Duplicate { Style::Bold } else { Style::Plain };
    let mut why: Vec<String> = found.shared.iter().map(|thing| format!("same {thing}")).collect();
    why.push(format!("words {} % alike", percent(found.likeness)));
    let first = Line::new()
        .with(Style::Bold, &entry.short_id)
        .with(style, &format!("  {}: ", found.guess.as_str()))
        .with(Style::Plain, &why.join(", "));
    let story = entry.story();
    let second = Line::from("    ").with_shown(Style::Faint, Shown::beginning(&story, width.saturating_sub(4)));
    [first, second]
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a likeness lies between 0 and 1")]
fn percent(likeness: f32) -> u8 {
    (likeness.clamp(0.0, 1.0) * 100.0).round() as u8
}
