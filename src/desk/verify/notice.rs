//! What the public door says of recovery admins: it must show everyone what the staff door shows, and nothing that is not signed.

use super::{Difference, Errand, Sight, status};
use crate::desk::cover::visit::Answer;
use crate::wire::{RECOVERY_PATH, RecoveryNotice, ShownProposal};
use http::StatusCode;

/// Holds an answer to what the staff door shows, where that was asked, and to what recovery admins of the newest version signed.
pub fn compare(got: &Answer, body: &[u8], errand: &Errand<'_>) -> Sight {
    let otherwise = |what: String| Sight::differing(vec![Difference::new(RECOVERY_PATH, what)]);
    if got.status != StatusCode::OK {
        return otherwise(status(got));
    }
    let Ok(RecoveryNotice { proposed }) = serde_json::from_slice(body) else {
        return otherwise("what it says of recovery admins makes no sense".to_owned());
    };
    if !proposed.iter().all(|shown| shown.is_true(&errand.version.public)) {
        return otherwise("it names new admins, and no recovery admin signed that".to_owned());
    }
    let known: Option<Vec<&ShownProposal>> = errand.proposed.map(|known| known.iter().map(|one| &one.shown).collect());
    let differences = known.iter().flat_map(|known| {
        let hidden = known.iter().filter(|one| !proposed.contains(one));
        let hidden = hidden.map(|one| format!("it does not say that {one}"));
        let alone = proposed.iter().filter(|one| !errand.is_watch && !known.contains(one));
        hidden.chain(alone.map(|one| format!("it says that {one}, and the staff door did not")))
    });
    let differences = differences.map(|what| Difference::new(RECOVERY_PATH, what)).collect();
    Sight { differences, proposed: proposed.iter().map(ShownProposal::to_string).collect(), missed: Vec::new() }
}
