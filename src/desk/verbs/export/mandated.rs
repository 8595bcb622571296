//! The report that a law asks for: who takes it, how much of a tip it may hold against what the source asked, and what is
//! written down of that. It is the one act that no wish about sharing stops, so that it goes no further than it must.

use crate::crypto::keyring::Version;
use crate::crypto::letter::Letter;
use crate::desk::wishes::{Act, Party, Scope, Standing, Stop, Target, Who, check, excluded};
use crate::model::agency::AgencyKind;

/// Who takes it, whom one asks first first: the child welfare agency or a law enforcement agency, Connecticut General Statutes
/// 17a-101b.
const LAWFUL: [(AgencyKind, &str); 2] =
    [(AgencyKind::ChildWelfare, "child welfare"), (AgencyKind::Police, "the police")];

/// Whom the report of these letters goes to: the first who takes such reports and whom no source named as who must not see it;
/// where each was named, the first, and then the source's wish stops it. None for a reader who takes such reports themselves.
pub fn recipient(me: &Who, version: &Version, letters: &[&Letter]) -> Option<Party> {
    if me.kind == LAWFUL[0].0 {
        return None;
    }
    let mut all = LAWFUL.iter().flat_map(|(kind, name)| parties(*kind, name, me, version)).collect::<Vec<_>>();
    let is_free = |party: &Party| !letters.iter().any(|letter| excluded::fits(letter, party));
    let at = all.iter().position(is_free).unwrap_or(0);
    Some(all.swap_remove(at))
}

/// Whether such a report may go to agencies of this kind whatever the source asked.
pub fn takes(kind: AgencyKind) -> bool {
    LAWFUL.iter().any(|(lawful, _)| *lawful == kind)
}

/// Others of this kind that the site knows, else one by this name.
fn parties(kind: AgencyKind, name: &str, me: &Who, version: &Version) -> Vec<Party> {
    let of_kind: Vec<_> = version.public.agencies.iter().filter(|agency| agency.kind == kind).collect();
    if of_kind.is_empty() {
        return vec![Party::outside(name, kind)];
    }
    let others = of_kind.into_iter().filter(|agency| agency.number != me.agency);
    others.filter_map(|agency| Party::agency(version, agency.number)).collect()
}

/// How much of a tip goes along: as much as was asked for where the source allows it, else the facts, which are what the
/// statute needs. And the wish that even those cross.
pub fn scope(wished: Scope, letter: &Letter, standing: &Standing, to: &Party) -> (Scope, Option<Stop>) {
    let stop = |scope| check(Act::Export(scope), letter, standing, Target::Party(to)).allowed().err();
    let scope = if stop(wished).is_none() { wished } else { Scope::Facts };
    (scope, stop(scope))
}

/// What is written down of it.
pub fn why(crossed: Option<&Stop>) -> String {
    let although = crossed.map(|stop| format!(", although {stop}")).unwrap_or_default();
    format!("a draft of the report that the law asks for{although}")
}
