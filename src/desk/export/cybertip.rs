//! Draft of a report to NCMEC's `CyberTipline`: elements in the names and the order of the public schema of its Reporting API
//! (`report`, as `report.cybertip.org/ispws/xsd` gives it), so that a person can check it against that, or copy field by field
//! into the web form. Never sent by this program, and of one tip: the schema has no element for several.
//!
//! What the schema has no place for stands in `additionalInfo`, the handling label first. `________` stands where a person
//! must decide or fill in; such a draft is not valid before they have. Who is suspected is not taken apart by a guess: their
//! words go into `additionalInfo`, and numbers and names that stand in the tip into the elements for them.

use super::{DRAFT, Head, Subject};
use crate::crypto::letter::{Urgency, YesNo};
use crate::desk::inbox::sign_words;
use crate::desk::output::{Shown, escaped_markup};
use crate::desk::similar::identifiers::{self, Identifier, Kind};
use crate::model::day::Day;

const EMPTY: &str = "________";
/// Two of the eight values that `incidentType` takes; the others do not follow from what the form asks.
const TRAFFICKING: &str = "Child Sex Trafficking";
const PICTURES: &str = "Child Pornography (possession, manufacture, and distribution)";
const CHOOSE: &str = "incidentType: choose \"Child Sex Trafficking\", \"Child Pornography (possession, manufacture, and \
    distribution)\", \"Child Sex Tourism\", \"Child Sexual Molestation\", \"Misleading Domain Name\", \"Misleading Words or \
    Digital Images on the Internet\", \"Online Enticement of Children for Sexual Acts\" or \"Unsolicited Obscene Material Sent \
    to a Child\"";

/// The drafts, one after the other: the verb sees to it that there is one.
pub fn render(tips: &[Subject<'_>], head: &Head<'_>) -> Vec<u8> {
    let mut out = Xml { text: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned(), depth: 0 };
    for tip in tips {
        report(tip, head, &mut out);
    }
    out.text.into_bytes()
}

fn report(tip: &Subject<'_>, head: &Head<'_>, out: &mut Xml) {
    let answers = &tip.letter.answers;
    let is_child = answers.minor == Some(YesNo::Yes);
    let kind = incident_type(tip);
    let mut said = vec![format!("{}. {DRAFT}", tip.tlp.as_str()), format!("Replace each {EMPTY}.")];
    if kind.is_none() {
        said.push(CHOOSE.to_owned());
    }
    if !is_child {
        said.push("The source did not say that anyone is under 18: is this for NCMEC?".to_owned());
    }
    out.comment(&said);
    out.inside("report", |out| {
        out.inside("incidentSummary", |out| {
            out.element("incidentType", kind.unwrap_or(EMPTY));
            if is_child && answers.urgency == Some(Urgency::Now) {
                out.element("escalateToHighPriority", "The source says that someone is in danger right now.");
            }
            out.element("incidentDateTime", &written(tip));
            let when = answers.when.as_ref().map(|when| format!(" Of the time they say: {when}")).unwrap_or_default();
            out.element(
                "incidentDateTimeDescription",
                &format!("When the tip was written. When it happened is not known.{when}"),
            );
        });
        let found = identifiers::of_facts(&tip.letter);
        internet_details(tip, &found, out);
        out.inside("reporter", |out| {
            out.inside("reportingPerson", |out| {
                let (first, last) = head.by.rsplit_once(' ').unwrap_or((head.by, EMPTY));
                for (name, text) in [("firstName", first), ("lastName", last), ("phone", EMPTY), ("email", EMPTY)] {
                    out.element(name, text);
                }
            });
        });
        reported(tip, &found, out);
        out.element("additionalInfo", &additional(tip));
    });
}

/// Where the form's answers leave no doubt.
fn incident_type(tip: &Subject<'_>) -> Option<&'static str> {
    let answers = &tip.letter.answers;
    let has = |name: &str| answers.signs.iter().any(|sign| sign == name);
    match answers.minor {
        Some(YesNo::Yes) if has("sex_for_needs") => Some(TRAFFICKING),
        Some(YesNo::Yes) if has("sex_photos") => Some(PICTURES),
        _ => None,
    }
}

/// `2026-11-24T01:45:00Z`: what the source's page wrote down, or else the day on which the tip came.
fn written(tip: &Subject<'_>) -> String {
    let created = tip.letter.created.as_str();
    let parts = created.strip_suffix('Z').and_then(|rest| rest.split_once('T'));
    let is_time = |time: &str| {
        time.split_once(':').is_some_and(|(hour, minute)| {
            let is_below =
                |text: &str, most: u8| text.len() == 2 && text.parse::<u8>().is_ok_and(|number| number < most);
            is_below(hour, 24) && is_below(minute, 60)
        })
    };
    match parts {
        Some((day, time)) if day.parse::<Day>().is_ok() && is_time(time) => format!("{day}T{time}:00Z"),
        _ => format!("{}T00:00:00Z", tip.entry.tip.day),
    }
}

/// Each a `webPageIncident` or a `nonInternetIncident`.
fn internet_details(tip: &Subject<'_>, found: &[Identifier], out: &mut Xml) {
    let links: Vec<&str> = of(found, Kind::Link).collect();
    if !links.is_empty() {
        out.inside("internetDetails", |out| {
            out.inside("webPageIncident", |out| {
                for link in links {
                    out.element("url", link);
                }
            });
        });
    }
    if let Some(place) = &tip.letter.answers.place {
        out.inside("internetDetails", |out| {
            out.inside("nonInternetIncident", |out| out.element("locationName", place));
        });
    }
}

/// Numbers and names that stand in the tip; not those by which the source is reached.
fn reported(tip: &Subject<'_>, found: &[Identifier], out: &mut Xml) {
    out.inside("personOrUserReported", |out| {
        let is_reached = |found: &&Identifier| matches!(found.kind, Kind::Phone | Kind::Email);
        if found.iter().any(|found| is_reached(&found)) {
            out.inside("personOrUserReportedPerson", |out| {
                let mut element = |kind, name| of(found, kind).for_each(|written| out.element(name, written));
                element(Kind::Phone, "phone");
                element(Kind::Email, "email");
            });
        }
        let plates: Vec<&str> = of(found, Kind::Plate).collect();
        if !plates.is_empty() {
            out.element("vehicleDescription", &format!("plate {}", plates.join(", ")));
        }
        let names: Vec<&str> = of(found, Kind::Handle).collect();
        if let Some(first) = names.first() {
            out.element("screenName", first);
        }
        if tip.letter.answers.place.is_some() {
            out.inside("estimatedLocation", |out| {
                out.element("city", EMPTY);
                out.element("region", EMPTY);
            });
        }
        let others = names.get(1..).filter(|others| !others.is_empty());
        let others = others.map(|others| format!("Other user names: {}", others.join(", ")));
        let told = tip.letter.answers.suspects.clone().into_iter().chain(others).collect::<Vec<_>>().join("\n");
        if !told.is_empty() {
            out.element("additionalInfo", &told);
        }
    });
}

/// All that has no element of its own.
fn additional(tip: &Subject<'_>) -> String {
    let answers = &tip.letter.answers;
    let signs: Vec<&str> = answers.signs.iter().map(|sign| sign_words(sign)).collect();
    let of =
        |name: &str, text: Option<&str>| text.filter(|text| !text.is_empty()).map(|text| format!("{name}: {text}"));
    let lines = [
        Some("From an anonymous tip.".to_owned()),
        of("Handling", Some(&format!("{}. {}", tip.tlp.as_str(), tip.conditions.join(" ")))),
        tip.withheld.map(str::to_owned),
        of("Where", answers.place.as_deref()),
        of("Ticked", Some(signs.join("; ").as_str())),
        of("Can be checked", answers.checkable.as_deref()),
        of("In their own words", answers.story.as_deref()),
    ];
    lines.into_iter().flatten().collect::<Vec<_>>().join("\n")
}

fn of(found: &[Identifier], kind: Kind) -> impl Iterator<Item = &str> {
    found.iter().filter(move |found| found.kind == kind).map(|found| found.written.as_str())
}

/// Elements with hostile text in them.
struct Xml {
    text: String,
    depth: usize,
}

impl Xml {
    fn line(&mut self, text: &str) {
        self.text.extend(["  ".repeat(self.depth).as_str(), text, "\n"]);
    }

    fn inside(&mut self, name: &str, write: impl FnOnce(&mut Self)) {
        self.line(&format!("<{name}>"));
        self.depth += 1;
        write(self);
        self.depth -= 1;
        self.line(&format!("</{name}>"));
    }

    fn element(&mut self, name: &str, text: &str) {
        let lines: Vec<String> = Shown::lines(text).iter().map(|line| escaped_markup(line.as_str())).collect();
        self.line(&format!("<{name}>{}</{name}>", lines.join("\n")));
    }

    /// Our own words alone: two dashes would end it.
    fn comment(&mut self, lines: &[String]) {
        self.line(&format!("<!-- {} -->", lines.join("\n     ")));
    }
}
