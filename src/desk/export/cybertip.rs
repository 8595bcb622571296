//! Draft of a report to NCMEC's `CyberTipline`: elements named as its reporting API names them. Never sent by this program.

use super::{DRAFT, Head, Subject};
use crate::crypto::letter::{Urgency, YesNo};
use crate::desk::output::{Shown, escaped_markup};
use crate::desk::similar::identifiers::{self, Kind};
use std::fmt::Write as _;

pub fn render(tips: &[Subject<'_>], head: &Head<'_>) -> Vec<u8> {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let _ = write!(out, "<!-- {DRAFT} -->\n<reports>\n");
    for tip in tips {
        report(tip, head, &mut out);
    }
    out.push_str("</reports>\n");
    out.into_bytes()
}

fn report(tip: &Subject<'_>, head: &Head<'_>, out: &mut String) {
    let answers = &tip.letter.answers;
    out.push_str("  <report>\n");
    element(out, 2, "handling", &format!("{}. {}", tip.tlp.as_str(), tip.conditions.join(" ")));
    if let Some(withheld) = tip.withheld {
        element(out, 2, "withheld", withheld);
    }
    if answers.minor != Some(YesNo::Yes) {
        out.push_str("    <!-- The source did not say that anyone is under 18. -->\n");
    }
    out.push_str("    <incidentSummary>\n");
    let is_sex = answers.signs.iter().any(|sign| matches!(sign.as_str(), "sex_for_needs" | "sex_photos"));
    let is_child = answers.minor == Some(YesNo::Yes);
    element(out, 3, "incidentType", if is_sex && is_child { "Child Sex Trafficking" } else { "________" });
    if answers.urgency == Some(Urgency::Now) {
        element(out, 3, "escalateToHighPriority", "The source says that someone is in danger right now.");
    }
    element(out, 3, "incidentDateTime", &tip.letter.created);
    out.push_str("    </incidentSummary>\n");
    let found = identifiers::of_letter(&tip.letter);
    let of = |kind: Kind| found.iter().filter(move |found| found.kind == kind);
    let links: Vec<_> = of(Kind::Link).collect();
    if !links.is_empty() {
        out.push_str("    <internetDetails>\n      <webPageIncident>\n");
        for link in links {
            element(out, 4, "url", &link.written);
        }
        out.push_str("      </webPageIncident>\n    </internetDetails>\n");
    }
    out.push_str("    <reporter>\n      <reportingPerson>\n");
    element(out, 4, "name", head.by);
    out.push_str("      </reportingPerson>\n    </reporter>\n    <personOrUserReported>\n");
    for (kind, name) in [
        (Kind::Handle, "screenName"),
        (Kind::Email, "email"),
        (Kind::Phone, "phone"),
        (Kind::Plate, "vehicleDescription"),
    ] {
        for found in of(kind) {
            element(out, 3, name, &found.written);
        }
    }
    for (name, text) in [("estimatedLocation", &answers.place), ("additionalInfo", &answers.suspects)] {
        if let Some(text) = text {
            element(out, 3, name, text);
        }
    }
    out.push_str("    </personOrUserReported>\n");
    if let Some(story) = &answers.story {
        element(out, 2, "additionalInfo", story);
    }
    out.push_str("  </report>\n");
}

fn element(out: &mut String, depth: usize, name: &str, text: &str) {
    let lines: Vec<String> = Shown::lines(text).iter().map(|line| escaped_markup(line.as_str())).collect();
    let _ = writeln!(out, "{}<{name}>{}</{name}>", "  ".repeat(depth), lines.join("\n"));
}
