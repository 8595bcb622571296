//! What `desk deconflict` says: lines for people, records for programs.

use super::exchange::{Found, Standing};
use super::{Partner, is_ours};
use crate::desk::cli::DeconflictArgs;
use crate::desk::context::Context;
use crate::desk::failure::Failure;
use crate::desk::inbox::Inbox;
use crate::desk::output::{Line, Style};
use crate::desk::pointers::Turn;
use crate::model::day::Day;
use crate::model::tip::TipId;
use serde::Serialize;
use std::iter;

#[derive(Serialize)]
struct Results<'a> {
    matches: Vec<Match<'a>>,
    agencies: Vec<Agency<'a>>,
}

#[derive(Serialize)]
struct Match<'a> {
    id: &'a str,
    tip: TipId,
    kind: &'static str,
    written: &'a str,
    with: &'a str,
    ask: &'a str,
    day: Day,
}

#[derive(Serialize)]
struct Agency<'a> {
    name: &'a str,
    state: &'static str,
    day: Option<Day>,
}

#[derive(Serialize)]
struct Planned<'a> {
    with: &'a str,
    next: &'static str,
    values: usize,
    tips: usize,
    kept_back: usize,
    no_consent: usize,
    too_many: usize,
}

/// What both hold, and how it stands with each.
pub fn results(
    found: &[Found],
    states: &[Standing],
    (inbox, args): (&Inbox, &DeconflictArgs),
    context: &mut Context,
) -> Result<(), Failure> {
    let id = |tip: TipId| {
        inbox.tips.iter().find(|entry| entry.tip.letter.id == tip).map_or("", |entry| entry.short_id.as_str())
    };
    let matches: Vec<Match<'_>> = found
        .iter()
        .map(|found| Match {
            id: id(found.tip),
            tip: found.tip,
            kind: found.kind.as_str(),
            written: &found.written,
            with: &found.with,
            ask: &found.ask,
            day: found.day,
        })
        .collect();
    if args.json {
        let agencies = states.iter().map(|one| Agency { name: &one.with, state: one.state, day: one.day }).collect();
        return Ok(context.output.print_json(&Results { matches, agencies })?);
    }
    if args.plain {
        let line =
            |one: &Match<'_>| Line::of_fields([one.id, one.kind, one.written, one.with, one.ask, &one.day.to_string()]);
        return Ok(context.output.print(&matches.iter().map(line).collect::<Vec<_>>())?);
    }
    let mut lines: Vec<Line> = matches.iter().map(told).collect();
    if lines.is_empty() {
        lines.push(Line::from("nothing is known to be held by another agency, too"));
    }
    lines.extend(states.iter().map(|one| {
        let day = one.day.map(|day| format!(" {day}")).unwrap_or_default();
        Line::new().with(Style::Faint, &format!("{}: {}{day}", one.with, one.state))
    }));
    Ok(context.output.print_private(&lines, !args.no_pager)?)
}

/// `plate AB 123 of T-7K3M: State police (2) holds it, too; ask dana`.
fn told(one: &Match<'_>) -> Line {
    Line::from(format!("{} ", one.kind))
        .with(Style::Bold, one.written)
        .with(Style::Plain, " of ")
        .with(Style::Bold, one.id)
        .with(Style::Plain, &format!(": {} holds it, too; ask {}", one.with, one.ask))
}

/// What would be done.
pub fn plan(
    partners: &[Partner],
    turns: &[Turn<'_>],
    args: &DeconflictArgs,
    context: &mut Context,
) -> Result<(), Failure> {
    let planned: Vec<Planned<'_>> = partners.iter().zip(turns).map(|(partner, turn)| planned(partner, turn)).collect();
    if args.json {
        return Ok(context.output.print_json(&planned)?);
    }
    if args.plain {
        let line = |one: &Planned<'_>| {
            Line::of_fields([
                one.with,
                one.next,
                &one.values.to_string(),
                &one.tips.to_string(),
                &one.kept_back.to_string(),
            ])
        };
        return Ok(context.output.print(&planned.iter().map(line).collect::<Vec<_>>())?);
    }
    let line = |one: &Planned<'_>| {
        let held = format!("{}: {}: {} values of {}", one.with, one.next, one.values, counted(one.tips));
        let why = [
            (one.too_many > 0).then(|| format!("{} of older tips find no room", one.too_many)),
            (one.kept_back > 0).then(|| format!("sources keep back {}", counted(one.kept_back))),
            (one.no_consent > 0).then(|| format!("{} without written consent", counted(one.no_consent))),
        ];
        let parts: Vec<String> = iter::once(held).chain(why.into_iter().flatten()).collect();
        Line::from(parts.join("; "))
    };
    let mut lines: Vec<Line> = planned.iter().map(line).collect();
    lines.push(Line::from("nothing was sent"));
    Ok(context.output.print(&lines)?)
}

fn planned<'a>(partner: &'a Partner, turn: &Turn<'_>) -> Planned<'a> {
    let next = match turn {
        _ if !is_ours(turn, partner) && matches!(turn, Turn::Begin) => "has nothing to compare",
        Turn::Begin => "would be asked",
        Turn::Answer(_) => "would be answered",
        Turn::Finish(_) => "would be told the rest",
        Turn::Wait => "waits until it answers or the week is over",
        Turn::TooSoon(_) => "asks too often, and waits until the week is over",
    };
    let taking = &partner.taking;
    Planned {
        with: &partner.party.name,
        next,
        values: taking.held.len(),
        tips: taking.tips,
        kept_back: taking.stopped,
        no_consent: taking.no_consent,
        too_many: taking.too_many,
    }
}

fn counted(tips: usize) -> String {
    if tips == 1 { "1 tip".to_owned() } else { format!("{tips} tips") }
}
