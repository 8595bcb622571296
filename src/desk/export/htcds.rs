//! Rows of the Human Trafficking Case Data Standard, version 2.0 of 24 December 2021 (IOM, CC BY 4.0): names and values of
//! fields as its sheet "HTCDS Field Standards 2.0.ods" has them, several values in one cell with `;` between them as in its
//! spreadsheets. No field that it deprecates.
//!
//! Four columns in front are ours: the handling label, the version of the standard, the tip and the conditions. What neither
//! a tip nor the work on it can say stays empty, consent above all: `con_Consent` is consent to an interview and to what is
//! done with it, and an anonymous tip is neither. `hte_Date` is a date; what the source says of times stands in
//! `hte_Description`.

use super::csv::row;
use super::{Head, Subject};
use crate::crypto::event::{CloseReason, SetStatus};
use crate::crypto::letter::Letter;
use crate::desk::case::{Case, Referral, ReferralState, Status};
use crate::desk::inbox::thread::close_reason;

const VERSION: &str = "2.0";

const COLUMNS: [&str; 20] = [
    "handling",
    "htcds_version",
    "tip",
    "conditions",
    "con_Consent",
    "vic_TraffickingStatus",
    "vic_MethodsOfControl",
    "vic_TypeOfExploitation",
    "vic_TypeOfSexExploitation",
    "per_RoleDetails",
    "cas_Status",
    "cas_ReasonForCaseClosure",
    "cas_CaseOwner",
    "cas_ReferredOrganisation",
    "cas_OutgoingReferralDate",
    "cas_OutgoingReferralDetails",
    "hte_Street",
    "hte_Date",
    "hte_Type",
    "hte_Description",
];

/// One row a tip.
pub fn render(tips: &[Subject<'_>], head: &Head<'_>) -> Vec<u8> {
    let mut out = String::new();
    row(&mut out, COLUMNS);
    for tip in tips {
        row(&mut out, cells(tip, head));
    }
    out.into_bytes()
}

fn cells(tip: &Subject<'_>, head: &Head<'_>) -> [String; COLUMNS.len()] {
    let answers = &tip.letter.answers;
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let owner = tip.case.and_then(|case| case.claimed_by(head.now)).map(|claim| claim.stamp.by.person.clone());
    let accepted = tip.case.map(accepted).unwrap_or_default();
    let referred =
        |part: &dyn Fn(&Referral) -> String| accepted.iter().map(|offer| part(offer)).collect::<Vec<_>>().join(";");
    [
        tip.tlp.as_str().to_owned(),
        VERSION.to_owned(),
        tip.entry.short_id.clone(),
        tip.conditions.iter().map(String::as_str).chain(tip.withheld).collect::<Vec<_>>().join(" "),
        String::new(),
        trafficking_status(tip.case).to_owned(),
        values(&answers.signs, control),
        values(&answers.signs, exploitation),
        values(&answers.signs, sex),
        text(&answers.suspects),
        tip.case.map_or("", |case| status(case, head.now)).to_owned(),
        tip.case.map(closed_because).unwrap_or_default(),
        owner.unwrap_or_default(),
        referred(&|offer| head.names.name(offer.to)),
        referred(&|offer| super::time(offer.stamp.at)[..10].to_owned()),
        referred(&|offer| offer.purpose.clone()),
        text(&answers.place),
        String::new(),
        "Exploitation".to_owned(),
        description(&tip.letter),
    ]
}

/// A tip claims no more than that someone may be a victim, until a member has closed it as something else.
fn trafficking_status(case: Option<&Case>) -> &'static str {
    let reason = case.and_then(|case| case.set.as_ref()).filter(|set| set.status == SetStatus::Closed);
    match reason.and_then(|set| set.reason) {
        Some(CloseReason::NotTrafficking) => "NotAVictimOfTrafficking",
        _ => "PossibleVictimOfTrafficking",
    }
}

/// Values of `vic_MethodsOfControl` for a sign. The standard has none for one who cannot come and go.
fn control(sign: &str) -> &'static [&'static str] {
    match sign {
        "takes_money" => &["TakesEarnings"],
        "debt" => &["DebtBondage"],
        "keeps_id" => &["WithholdsDocuments"],
        "cannot_leave" => &["Other"],
        "watched" => &["PsychologicalAbuse"],
        "hurt" => &["PhysicalAbuse", "PhysicalThreats"],
        "hurt_family" => &["ThreatensChildrenFamily"],
        "call_police" => &["ThreatsLawEnforcement"],
        "long_hours" => &["ExcessiveWorkingHours"],
        "job_not_as_told" => &["FalsePromises"],
        "drugs" => &["PsychoactiveSubstance"],
        _ => &[],
    }
}

/// Values of `vic_TypeOfExploitation` for a sign.
fn exploitation(sign: &str) -> &'static [&'static str] {
    match sign {
        "long_hours" => &["ForcedLabour"],
        "sex_for_needs" | "sex_photos" => &["SexualExploitation"],
        _ => &[],
    }
}

/// Values of `vic_TypeOfSexExploitation` for a sign.
fn sex(sign: &str) -> &'static [&'static str] {
    match sign {
        "sex_for_needs" => &["Prostitution"],
        "sex_photos" => &["Pornography"],
        _ => &[],
    }
}

/// All values for these signs, each once.
fn values(signs: &[String], of: fn(&str) -> &'static [&'static str]) -> String {
    let mut values: Vec<&str> = signs.iter().flat_map(|sign| of(sign)).copied().collect();
    values.sort_unstable();
    values.dedup();
    values.join(";")
}

fn status(case: &Case, now: u64) -> &'static str {
    let is_referred = case.set.as_ref().is_some_and(|set| set.reason == Some(CloseReason::Referred));
    match case.status(now) {
        Status::Closed if is_referred => "ClosedReferred",
        Status::Closed => "Closed",
        Status::Referred => "FollowUp",
        _ => "Active",
    }
}

fn closed_because(case: &Case) -> String {
    let Some(set) = case.set.as_ref().filter(|set| set.status == SetStatus::Closed) else { return String::new() };
    let reason = set.reason.map_or("", close_reason);
    [reason, set.text.as_deref().unwrap_or_default()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(": ")
}

fn accepted(case: &Case) -> Vec<&Referral> {
    case.referrals.iter().filter(|offer| matches!(offer.state, ReferralState::Accepted { .. })).collect()
}

/// The story, and when it is.
fn description(letter: &Letter) -> String {
    let answers = &letter.answers;
    let when = answers.when.as_ref().map(|when| format!("When: {when}"));
    answers.story.clone().into_iter().chain(when).collect::<Vec<_>>().join(" ")
}
