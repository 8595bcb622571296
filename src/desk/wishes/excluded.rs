//! Whom "do not show this to" may mean. Free text of a frightened person in any language: this looks for the names and kinds
//! that the site knows and would rather stop once too often. What it does not find, the reader still sees first.

use super::Party;
use crate::crypto::letter::Letter;
use crate::model::agency::AgencyKind;
use std::collections::HashSet;

/// Shorter names than this are found in too many words that mean nobody.
const MIN_NAME_CHARS: usize = 3;
/// Words of agencies' names that name nobody.
const EMPTY: [&str; 14] = [
    "the",
    "and",
    "for",
    "office",
    "department",
    "state",
    "line",
    "help",
    "agency",
    "unit",
    "of",
    "de",
    "la",
    "center",
];

const POLICE: &[&str] = &[
    "police",
    "policeman",
    "policewoman",
    "policemen",
    "cop",
    "cops",
    "officer",
    "officers",
    "sheriff",
    "sheriffs",
    "deputy",
    "deputies",
    "detective",
    "detectives",
    "trooper",
    "troopers",
    "patrol",
    "marshal",
    "policia",
    "policía",
    "policías",
    "polícia",
    "policial",
    "oficial",
    "agente",
    "comisario",
    "polis",
    "lapolis",
    "polisye",
    "pulis",
    "policier",
    "flic",
    "gendarme",
    "policja",
    "policjant",
    "полиция",
    "полицейский",
    "полицейские",
    "мент",
    "менты",
    "поліція",
    "cảnh",
    "công",
    "ตำรวจ",
    "경찰",
    "警察",
    "警官",
    "公安",
    "شرطة",
    "الشرطة",
    "شرطي",
    "ضابط",
    "पुलिस",
    "ਪੁਲਿਸ",
    "پولیس",
    "پلیس",
];
const CHILD_WELFARE: &[&str] =
    &["dcf", "cps", "welfare", "caseworker", "caseworkers", "foster", "tutelar", "bienestar", "sosyal", "socialworker"];
const PROSECUTOR: &[&str] = &[
    "prosecutor",
    "prosecutors",
    "attorney",
    "attorneys",
    "court",
    "judge",
    "fiscal",
    "fiscalía",
    "fiscalia",
    "promotor",
    "procureur",
    "прокурор",
    "prokurator",
    "检察官",
    "檢察官",
    "검사",
    "المدعي",
];
/// Kinds of which a text may speak.
const KINDS: [AgencyKind; 4] =
    [AgencyKind::Police, AgencyKind::ChildWelfare, AgencyKind::Prosecutor, AgencyKind::HelpLine];
const HELP_LINE: &[&str] = &["helpline", "hotline", "línea", "linea"];
/// Words before one for a person that name nobody.
const WHOSE: [&str; 5] = ["her", "his", "their", "our", "your"];
/// Written as two words or without spaces.
const PHRASES: &[(AgencyKind, &str)] = &[
    (AgencyKind::HelpLine, "help line"),
    (AgencyKind::HelpLine, "hot line"),
    (AgencyKind::ChildWelfare, "child welfare"),
    (AgencyKind::ChildWelfare, "child protect"),
    (AgencyKind::ChildWelfare, "social work"),
    (AgencyKind::Prosecutor, "district attorney"),
    (AgencyKind::Prosecutor, "u.s. attorney"),
    (AgencyKind::Police, "警察"),
    (AgencyKind::Police, "公安"),
    (AgencyKind::Police, "ตำรวจ"),
    (AgencyKind::Police, "경찰"),
    (AgencyKind::Police, "law enforcement"),
    (AgencyKind::Police, "la polis"),
];

/// Whether what must not see the tip fits this party: its kind, its name, or one who works there.
pub fn fits(letter: &Letter, party: &Party) -> bool {
    // Whatever kind somebody said they are: "County Police" stay police, and a foundation of the police may be.
    let called = party.number.is_none().then(|| party.name.to_lowercase());
    let is_called = |kind| called.as_ref().is_some_and(|name| speaks_of(name, kind));
    KINDS.into_iter().any(|kind| (kind == party.kind || is_called(kind)) && fits_kind(letter, kind))
        || fits_name(letter, &party.name)
        || party.people.iter().any(|person| names(letter, person))
}

/// Whether anything was said of who must not see it.
pub fn names_anyone(letter: &Letter) -> bool {
    text(letter).is_some()
}

/// Whether it fits agencies of this kind.
pub fn fits_kind(letter: &Letter, kind: AgencyKind) -> bool {
    text(letter).is_some_and(|text| speaks_of(&text, kind))
}

/// Whether a text in lower case has a word for agencies of this kind.
fn speaks_of(text: &str, kind: AgencyKind) -> bool {
    let list: &[&str] = match kind {
        AgencyKind::Police => POLICE,
        AgencyKind::ChildWelfare => CHILD_WELFARE,
        AgencyKind::Prosecutor => PROSECUTOR,
        AgencyKind::HelpLine => HELP_LINE,
        AgencyKind::Other => &[],
    };
    let words = words(text);
    list.iter().any(|word| words.contains(*word))
        || PHRASES.iter().any(|(of, phrase)| *of == kind && text.contains(phrase))
}

/// Whether it fits this person, by any part of their name.
pub fn names(letter: &Letter, person: &str) -> bool {
    let Some(text) = text(letter) else { return false };
    let found = words(&text);
    words(&person.to_lowercase()).iter().any(|part| part.chars().count() >= MIN_NAME_CHARS && found.contains(part))
}

/// Whether whom the source suspects fits these words for a person, or whom they named as who must not see it does.
pub fn is_suspected(letter: &Letter, person: &str) -> bool {
    let said = [&letter.answers.suspects, &letter.answers.exclude_text].into_iter().flatten();
    let said = said.map(|text| text.to_lowercase()).collect::<Vec<_>>();
    let found: HashSet<&str> = said.iter().flat_map(|text| words(text)).collect();
    let person = person.to_lowercase();
    let mut names = words(&person).into_iter().filter(|part| !EMPTY.contains(part) && !WHOSE.contains(part));
    names.any(|part| part.chars().count() >= MIN_NAME_CHARS && found.contains(part))
}

/// Whether it fits an agency's name: all of its words that name anything.
fn fits_name(letter: &Letter, name: &str) -> bool {
    let Some(text) = text(letter) else { return false };
    let found = words(&text);
    let name = name.to_lowercase();
    let parts: Vec<&str> = words(&name)
        .into_iter()
        .filter(|part| !EMPTY.contains(part) && part.chars().any(char::is_alphabetic))
        .filter(|part| part.chars().count() >= MIN_NAME_CHARS)
        .collect();
    !parts.is_empty() && parts.iter().all(|part| found.contains(part))
}

/// What must not see it, in lower case; none where nothing was said.
fn text(letter: &Letter) -> Option<String> {
    letter.answers.exclude_text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_lowercase)
}

fn words(text: &str) -> HashSet<&str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect()
}
