//! `desk disseminations`: who was given what of a tip, by whom, why and when, as members wrote it down. 28 CFR 23.20(g). Asks
//! no server.

use super::inbox::{known_inbox, names};
use super::show::one;
use crate::crypto::event::{Kind, NamedEvent, Shared};
use crate::desk::cli::DisseminationsArgs;
use crate::desk::context::Context;
use crate::desk::failure::Failure;
use crate::desk::inbox::Entry;
use crate::desk::moment;
use crate::desk::names::AgencyNames;
use crate::desk::output::{Line, Style};
use serde::Serialize;

#[derive(Serialize)]
struct Record {
    tip: String,
    at: u64,
    time: String,
    by: String,
    agency: String,
    to: String,
    what: String,
    why: String,
    form: String,
    event: String,
}

/// Prints the record of a tip, a month, or all.
pub fn run(args: &DisseminationsArgs, context: &mut Context) -> Result<(), Failure> {
    let (inbox, profile) = known_inbox(context)?;
    let entries: Vec<&Entry> = match &args.id {
        Some(id) => vec![one(&inbox, id)?],
        None => inbox.tips.iter().collect(),
    };
    let ids: Vec<_> = entries.iter().map(|entry| entry.tip.letter.id).collect();
    context.acting.mention_list(&ids);
    let names = names(&profile)?;
    let mut records: Vec<Record> = entries.into_iter().flat_map(|entry| of(entry, &names)).collect();
    if let Some(month) = &args.month {
        records.retain(|record| record.time.starts_with(&format!("{month}-")));
    }
    records.sort_by_key(|record| record.at);
    if args.json {
        context.output.print_json(&records)?;
        return Ok(());
    }
    let lines: Vec<Line> = if args.plain {
        records.iter().map(plain).collect()
    } else {
        records.iter().flat_map(lines).chain([counted(records.len())]).collect()
    };
    context.output.print(&lines)?;
    Ok(())
}

/// What of a tip was given away. What was made of it and passed on is told on the first tip, not on the second.
fn of(entry: &Entry, names: &AgencyNames) -> Vec<Record> {
    let case = &entry.case;
    let counts = |named: &&NamedEvent| !case.void.contains_key(&named.hash);
    let record = |named: &NamedEvent| {
        let author = &named.event.author;
        let (to, what, why, form) = match &named.event.what {
            Kind::Disclose { to, what, why, form } => (to.clone(), what.clone(), why.clone(), form.clone()),
            Kind::Refer { to, share, purpose, reason, new_tip, .. }
                if *new_tip != Some(case.tip) || !entry.is_own_copy =>
            {
                let what = if *share == Shared::All { "all" } else { "facts" };
                (names.name(*to), what.to_owned(), format!("{purpose}; {reason}"), "referral".to_owned())
            }
            _ => return None,
        };
        Some(Record {
            tip: entry.short_id.clone(),
            at: named.event.at,
            time: moment::shown(named.event.at),
            by: author.person.clone(),
            agency: names.name(author.agency),
            to,
            what,
            why,
            form,
            event: named.hash.to_string(),
        })
    };
    case.events.iter().filter(counts).filter_map(record).collect()
}

fn plain(record: &Record) -> Line {
    let Record { tip, time, by, agency, to, what, why, form, event, .. } = record;
    Line::of_fields([tip, time, by, agency, to, what, why, form, event].map(String::as_str))
}

fn lines(record: &Record) -> [Line; 2] {
    let Record { tip, time, by, agency, to, what, why, form, .. } = record;
    [
        Line::new()
            .with(Style::Faint, &format!("{time}  "))
            .with(Style::Bold, tip)
            .with(Style::Plain, &format!("  {what} to {to} ({form})")),
        Line::from("    ").with(Style::Plain, &format!("by {by}, {agency}: {why}")),
    ]
}

fn counted(count: usize) -> Line {
    let text = match count {
        0 => "nothing was given to anyone".to_owned(),
        1 => "1 dissemination".to_owned(),
        more => format!("{more} disseminations"),
    };
    Line::new().with(Style::Faint, &text)
}
