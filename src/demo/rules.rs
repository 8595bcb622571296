//! Priorities and clocks of the demo: the proposals of the user research, for agencies to agree on.

use crate::crypto::keyring::{Condition, LegalClock, PriorityRule};
use crate::model::agency::AgencyKind;
use std::collections::BTreeMap;

/// Kinds by number.
pub(super) const KINDS: [AgencyKind; 4] =
    [AgencyKind::HelpLine, AgencyKind::ChildWelfare, AgencyKind::Police, AgencyKind::Prosecutor];

/// The most urgent rule that holds decides.
pub(super) fn priority() -> Vec<PriorityRule> {
    let rule = |level, when: &[(&str, &str)], reason: &str| PriorityRule {
        level,
        when: conditions(when),
        reason: reason.to_owned(),
    };
    vec![
        rule(1, &[("urgency", "now")], "danger right now"),
        rule(1, &[("minor", "yes"), ("urgency", "soon"), ("where", "*")], "minor, danger in a day, place known"),
        rule(2, &[("urgency", "soon")], "danger in a day"),
        rule(2, &[("minor", "yes")], "minor"),
        rule(2, &[("minor", "unsure"), ("signs", "sex_for_needs")], "perhaps a minor, must have sex to get by"),
        rule(2, &[("signs", "cannot_leave"), ("where", "*")], "held, place known"),
        rule(2, &[("signs", "hurt"), ("where", "*")], "hurt or threatened, place known"),
        // One box and no other question: whoever had a minute could tick nothing.
        rule(2, &[("route", "fast")], "written in a hurry"),
        rule(3, &[("checkable", "*")], "a detail that can be checked"),
        rule(3, &[("where", "*")], "place known"),
        rule(3, &[("suspects", "*")], "person described"),
        rule(4, &[], "no place, person or detail yet"),
    ]
}

/// Connecticut's clocks for mandated reporters; a lawyer confirms them before a site uses them.
pub(super) fn clocks() -> Vec<LegalClock> {
    let clock = |name: &str, hours| LegalClock {
        name: name.to_owned(),
        agency_kinds: KINDS.to_vec(),
        when: conditions(&[("minor", "yes")]),
        hours,
    };
    vec![clock("report by phone", 12), clock("report in writing", 48)]
}

/// In days.
pub(super) fn retention() -> BTreeMap<String, u32> {
    [("tip", 730), ("review", 90), ("mailbox", 90), ("audit", 365), ("canary", 7)]
        .into_iter()
        .map(|(name, days)| (name.to_owned(), days))
        .collect()
}

fn conditions(when: &[(&str, &str)]) -> Vec<Condition> {
    when.iter()
        .map(|(field, value)| Condition { field: (*field).to_owned(), any_of: vec![(*value).to_owned()] })
        .collect()
}
