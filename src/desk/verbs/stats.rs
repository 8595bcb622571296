//! `desk stats`: figures of what this machine knows. Asks no server.

use super::export::may_stand;
use super::inbox::known_inbox;
use crate::desk::cli::StatsArgs;
use crate::desk::context::Context;
use crate::desk::failure::{Exit, Failure};
use crate::desk::files::asked;
use crate::desk::inbox::Entry;
use crate::desk::output::Line;
use crate::desk::stats::{Period, Tip, html, report, text};

/// Prints the figures, or writes the page.
pub fn run(args: &StatsArgs, context: &mut Context) -> Result<(), Failure> {
    let is_backwards = matches!((&args.from, &args.to), (Some(from), Some(to)) if to < from);
    if is_backwards {
        return Err(Failure::new(Exit::Usage, "the last month lies before the first"));
    }
    if let Some(path) = &args.page.output {
        may_stand(path, args.page.force)?;
    }
    let (inbox, _) = known_inbox(context)?;
    // What we passed on as a new tip is the same tip twice.
    let is_first = |entry: &&Entry| !entry.is_own_copy;
    let tips: Vec<Tip<'_>> = inbox.tips.iter().filter(is_first).map(|entry| Tip::new(entry, &entry.case)).collect();
    let period = Period { from: args.from.clone(), to: args.to.clone() };
    let report = report(&tips, period, args.k, context.clock.unix_seconds(), context.clock.today());
    if args.json {
        context.output.print_json(&report)?;
    } else if args.plain {
        context.output.print(&text::records(&report))?;
    } else if let Some(path) = &args.page.output {
        context.acting.settle()?;
        asked::write(path, html::page(&report).as_bytes(), args.page.force)?;
        context.output.print(&[Line::from(format!("wrote {}: {}", path.display(), text::heading(&report)))])?;
        context.output.note(&Line::from(text::before_publishing(&report)));
    } else {
        let is_read_out = context.output.is_read_out();
        context.output.print(&text::lines(&report, context.output.width(), is_read_out))?;
    }
    Ok(())
}
