//! `desk keys reseal` and `desk keys report`: capsules sealed again to the agency's newest key, and which keys are still
//! needed.

use super::{Bench, note_faults, note_unusable, rekey};
use crate::desk::context::{Context, block_on};
use crate::desk::failure::{Exit, Failure};
use crate::desk::output::{Line, Output, Style};
use crate::desk::reseal::{self, Checked, Fault, Sealed, Sealer};
use crate::model::day::Day;
use crate::model::tip::TipId;
use crate::wire::{EpochUse, Epochs, RESEAL_GRACE_DAYS};
use serde::Serialize;
use tokio::time::Instant;

const BAR_LEN: u64 = 24;
/// Characters of a tip's id: a desk may not know the tip, so that nothing shorter is sure to be unique.
const SHOWN: usize = 12;

/// A tip, as it is called where this desk may not know it.
pub(super) fn long_id(tip: TipId) -> String {
    format!("T-{}", &tip.to_string()[..SHOWN])
}

/// Checks what colleagues have sealed again, then seals what is left; and what seems to be right already, where `all` is asked for.
pub fn run(all: bool, context: &mut Context) -> Result<(), Failure> {
    let bench = Bench::open(context)?;
    let today = context.clock.today();
    let (sealer, epochs) = block_on(async {
        let keys = bench.own_keys().await?;
        note_faults(&keys.faults, &mut context.output);
        let epochs = bench.client.epochs().await?;
        Ok((Sealer::new(bench.genesis, &bench.version, &bench.member, keys)?.of_all(all), epochs))
    })?;
    let mut bar = Bar::new("checking", epochs.unchecked);
    let checked = block_on(async {
        let show = |done| bar.show(done, &mut context.output);
        Ok(reseal::check(&bench.client, &bench.version, &bench.member, &sealer, today, show).await?)
    });
    bar.end(&mut context.output);
    let checked = checked?;
    for fault in &checked.faults {
        note_wrong(fault, &mut context.output);
    }
    let old = epochs.epochs.iter().filter(|of| all || of.epoch < sealer.epoch()).map(|of| of.tips).sum();
    let mut bar = Bar::new("sealing again", old);
    let done = block_on(async {
        let show = |done| bar.show(done, &mut context.output);
        Ok(reseal::seal(&bench.client, &sealer, &bench.identity.signing, show).await?)
    });
    bar.end(&mut context.output);
    context.output.print(&say(&checked, done?, sealer.epoch(), today))?;
    if checked.faults.is_empty() {
        return Ok(());
    }
    Err(Failure::new(Exit::Integrity, "not everything that was sealed again is right: nothing of it was taken")
        .hint("the old capsules stay, and nothing is lost; tell your admins whom this names"))
}

fn say(checked: &Checked, sealed: Sealed, epoch: u32, today: Day) -> Vec<Line> {
    let mut lines = Vec::new();
    if checked.replaced > 0 {
        let replaced = checked.replaced;
        lines.push(Line::from(format!(
            "{replaced} capsules that a colleague sealed to key {epoch} took the place of the old ones"
        )));
    }
    if sealed.spoilt > 0 {
        let spoilt = sealed.spoilt;
        lines.push(Line::from(format!("{spoilt} of the old ones had never held a key: decoys stand for them")));
    }
    if sealed.capsules > 0 {
        lines.push(Line::from(format!("sealed {} capsules again to key {epoch}", sealed.capsules)));
    }
    let waiting = checked.own + sealed.capsules;
    if waiting > 0 {
        let of_today = (checked.is_alone && sealed.capsules > 0).then(|| today.plus(RESEAL_GRACE_DAYS));
        let next = match of_today.or(checked.own_from) {
            Some(day) => format!("nobody else reads for your agency: run `desk keys reseal` again from {day} on"),
            None => {
                "next, another member runs `desk keys reseal`, whose desk checks them; until then the old ones stay"
                    .to_owned()
            }
        };
        lines.push(Line::from(format!("{waiting} of yours wait")));
        lines.push(Line::from(next));
    }
    if lines.is_empty() {
        lines.push(Line::from(format!("nothing to seal again: no capsule needs a key older than key {epoch}")));
    }
    lines
}

fn note_wrong(fault: &Fault, output: &mut Output) {
    let Fault { author, tip, wrong, count } = fault;
    let more = if *count > 1 { format!(", and {} more", count - 1) } else { String::new() };
    let text = format!("{author:?} sealed the capsule of {} wrongly{more}: {wrong}", long_id(*tip));
    output.note(&Line::new().with(Style::Alarm, "note: ").with(Style::Plain, &text));
}

/// Says which keys are still needed, and by how much.
pub fn report(is_json: bool, context: &mut Context) -> Result<(), Failure> {
    let bench = Bench::open(context)?;
    note_unusable(&bench.unusable, &mut context.output);
    let epochs = block_on(async { Ok(bench.client.epochs().await?) })?;
    let today = context.clock.today();
    let (to_rekey, waiting) = rekey::line(context)?;
    if is_json {
        return Ok(context.output.print_json(&Report::new(&epochs, to_rekey))?);
    }
    let newest = epochs.epochs.last().map_or(0, |of| of.epoch);
    let retired = |epoch| bench.is_retired(epoch);
    let mut lines: Vec<Line> = epochs
        .epochs
        .iter()
        .map(|EpochUse { epoch, tips, sealed_until }| {
            let tips = count(*tips);
            Line::from(match sealed_until {
                _ if *epoch == newest => format!("key {epoch} is in use; {tips} need it"),
                _ if retired(*epoch) => format!("{tips} still need key {epoch}; it is retired"),
                Some(until) if *until >= today => {
                    format!("{tips} still need key {epoch}; pages may seal to it until {until}")
                }
                _ => format!("{tips} still need key {epoch}"),
            })
        })
        .collect();
    if epochs.epochs.is_empty() {
        lines.push(Line::from(format!("agency {} has no key yet", epochs.agency)));
    }
    if epochs.unchecked > 0 {
        lines.push(Line::from(format!("{} capsules wait for a second member's `desk keys reseal`", epochs.unchecked)));
    }
    if to_rekey > 0 {
        lines.push(waiting);
    }
    Ok(context.output.print(&lines)?)
}

/// What `report --json` prints.
#[derive(Serialize)]
struct Report<'a> {
    agency: u16,
    keys: &'a [EpochUse],
    unchecked: u64,
    /// Open tips that wait for a new thread key, as far as this machine knows.
    to_rekey: usize,
}

impl<'a> Report<'a> {
    fn new(epochs: &'a Epochs, to_rekey: usize) -> Self {
        Self { agency: epochs.agency.0, keys: &epochs.epochs, unchecked: epochs.unchecked, to_rekey }
    }
}

fn count(tips: u64) -> String {
    if tips == 1 { "1 tip".to_owned() } else { format!("{tips} tips") }
}

/// How far it is, and how fast it goes. Still where it would only fill a file.
pub(super) struct Bar {
    what: &'static str,
    total: u64,
    start: Instant,
    was_shown: bool,
}

impl Bar {
    pub(super) fn new(what: &'static str, total: u64) -> Self {
        Self { what, total, start: Instant::now(), was_shown: false }
    }

    pub(super) fn show(&mut self, done: u64, output: &mut Output) {
        if done > 0 && output.can_replace() {
            self.was_shown = output.replace(&Line::from(self.text(done)), false).is_ok();
        }
    }

    fn text(&self, done: u64) -> String {
        let total = self.total.max(done);
        let full = done * BAR_LEN / total.max(1);
        let bar: String = (0..BAR_LEN).map(|at| if at < full { '█' } else { '░' }).collect();
        let millis = u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX).max(1);
        format!("{} {bar} {done} of {total}, {} a second", self.what, done.saturating_mul(1_000) / millis)
    }

    pub(super) fn end(&self, output: &mut Output) {
        if self.was_shown {
            let _gone = output.replace(&Line::from(""), false); // what cannot be wiped is in nobody's way
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bar_says_how_far_it_is_and_how_fast_it_goes() {
        let bar = Bar::new("sealing again", 96);
        let text = bar.text(24);
        assert!(text.starts_with("sealing again ██████░░░░░░░░░░░░░░░░░░ 24 of 96, "), "{text}");
        assert!(text.ends_with(" a second"), "{text}");
        assert!(bar.text(100).contains(&format!("{} 100 of 100, ", "█".repeat(24))), "more came meanwhile");
    }
}
