//! What a reply should not say, because whoever finds the code or looks over a shoulder reads it, too: which agency, which
//! case, that it is about the police.

use crate::desk::cache::Known;
use crate::desk::names::AgencyNames;

/// Words that name who writes, or that there is a case. In English: a member who writes in another language knows more.
const WORDS: [&str; 12] = [
    "police",
    "detective",
    "officer",
    "sheriff",
    "prosecutor",
    "district attorney",
    "fbi",
    "investigat",
    "case number",
    "case no",
    "court",
    "trafficking",
];

/// What stands in a text that names an agency or a case: a line for each.
pub fn found(text: &str, names: &AgencyNames, known: &Known) -> Vec<String> {
    let lower = text.to_lowercase();
    let agencies = names.all().map(|(_, name)| bare(&name)).filter(|name| lower.contains(name));
    let mut found: Vec<String> = agencies.map(|name| format!("this names an agency: {name:?}")).collect();
    found.extend(WORDS.iter().filter(|word| lower.contains(*word)).map(|word| format!("this says {word:?}")));
    let upper = text.to_uppercase();
    let is_case = |id: &str| upper.contains(&format!("T-{}", &id[..4])) || upper.contains(&id[..8]);
    if known.opened_ids().any(|id| is_case(&id.to_string())) {
        found.push("this names a tip by its id".to_owned());
    }
    if !found.is_empty() {
        found.push("will it be safe if the wrong person reads it?".to_owned());
    }
    found
}

/// A name as people say it in a sentence: without article and number, in small letters.
fn bare(name: &str) -> String {
    let name = name.to_lowercase();
    let name = name.rsplit_once(" (").map_or(&*name, |(name, _)| name);
    name.strip_prefix("the ").unwrap_or(name).to_owned()
}
