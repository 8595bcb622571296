//! Many tips at one command: which they are, and one event on each. All of it goes to disk together and is sent together, so that a
//! flood of tips takes as much longer as there are more of them.

use super::{Session, writer};
use crate::crypto::event::{EventHash, Kind};
use crate::desk::cache::KnownTip;
use crate::desk::cli::Targets;
use crate::desk::events::write::{Writer, compose, put_out};
use crate::desk::failure::{Exit, Failure};
use crate::desk::inbox::Entry;
use crate::desk::search::{Subject, parse};
use crate::desk::verbs::search::pointed;
use crate::desk::verbs::show;
use crate::model::tip::TipId;
use std::collections::HashSet;

impl Session<'_> {
    /// Writes on several tips, each of which is named once; on none where one cannot be written on. It is on this machine's disk when
    /// this returns, and at the server unless that cannot be reached. Gives the tips on which it stands: of those that the
    /// server will never take, the first is the last word of the command.
    pub fn write_each(&mut self, what: Vec<(KnownTip, Kind)>) -> Result<HashSet<TipId>, Failure> {
        let (mut names, mut all): (Vec<(TipId, EventHash)>, Vec<_>) = Default::default();
        for (tip, what) in what {
            let log = self.context.acting.record(tip.letter.id, None)?;
            let writer = Writer { log, ..writer(&self.me, &self.identity, (&self.version, &self.gone), self.now) };
            let (name, written) = compose(&writer, &self.known, &tip, what)?;
            names.push((tip.letter.id, name));
            all.extend(written);
        }
        put_out(all, &mut self.cache, &mut self.known)?;
        if self.is_online
            && let Err(refused) = self.deliver()
        {
            self.failed = Some(refused);
        }
        let stands = |(tip, name): &(TipId, EventHash)| self.known.events_of(*tip).any(|event| event.hash() == *name);
        Ok(names.into_iter().filter(stands).map(|(tip, _)| tip).collect())
    }
}

/// The tips that a command names, each once, in the order in which they were named.
pub(in crate::desk::verbs) fn targets(
    session: &mut Session<'_>,
    targets: &Targets,
) -> Result<Vec<(String, KnownTip)>, Failure> {
    let inbox = session.inbox()?;
    let mut found: Vec<&Entry> = Vec::new();
    if let Some(query) = &targets.matching {
        let query = parse(query).map_err(|error| pointed(query, &error, &mut session.context.output))?;
        let is_meant = |entry: &&Entry| !entry.is_done(&inbox.viewer) && Subject::new(entry, session.now).fits(&query);
        found.extend(inbox.tips.iter().filter(is_meant));
    }
    for typed in &targets.ids {
        let entry = show::one(&inbox, typed)?;
        if !found.iter().any(|other| other.tip.letter.id == entry.tip.letter.id) {
            found.push(entry);
        }
    }
    let found: Vec<(String, KnownTip)> =
        found.into_iter().map(|entry| (entry.short_id.clone(), entry.tip.clone())).collect();
    if found.is_empty() {
        return Err(Failure::new(Exit::NotFound, "no open tip is found by this search"));
    }
    session.context.acting.mention_list(&found.iter().map(|(_, tip)| tip.letter.id).collect::<Vec<_>>());
    Ok(found)
}
