//! The fields of a letter by the names that the letter's JSON gives them: what rules, searches and exports ask for.

use crate::crypto::letter::{About, Basis, Letter, Share, Urgency, YesNo};

/// Every field that can be asked for.
pub const NAMES: [&str; 15] = [
    "story",
    "urgency",
    "about",
    "minor",
    "signs",
    "where",
    "when",
    "suspects",
    "basis",
    "checkable",
    "exclude_text",
    "share",
    "contact",
    "lang",
    "route",
];

/// Fields in the source's own words.
pub const FREE: [&str; 6] = ["story", "where", "when", "suspects", "checkable", "exclude_text"];

/// What the form lets people tick under `signs`.
pub const SIGNS: [&str; 14] = [
    "takes_money",
    "debt",
    "keeps_id",
    "cannot_leave",
    "watched",
    "hurt",
    "hurt_family",
    "call_police",
    "sex_for_needs",
    "sex_photos",
    "long_hours",
    "job_not_as_told",
    "drugs",
    "dont_know",
];

/// Questions of the form whose answers make a tip complete.
const QUESTIONS: [&str; 10] =
    ["urgency", "about", "minor", "story", "signs", "where", "when", "suspects", "basis", "checkable"];

/// What stands in a field, without blank answers; none when no field has this name. Hostile text like any.
pub fn values<'a>(letter: &'a Letter, field: &str) -> Option<impl Iterator<Item = &'a str> + use<'a>> {
    let answers = &letter.answers;
    let mut many: &[String] = &[];
    let one = match field {
        "story" => answers.story.as_deref(),
        "urgency" => answers.urgency.as_ref().map(Urgency::as_str),
        "about" => answers.about.as_ref().map(About::as_str),
        "minor" => answers.minor.as_ref().map(YesNo::as_str),
        "where" => answers.place.as_deref(),
        "when" => answers.when.as_deref(),
        "suspects" => answers.suspects.as_deref(),
        "basis" => answers.basis.as_ref().map(Basis::as_str),
        "checkable" => answers.checkable.as_deref(),
        "exclude_text" => answers.exclude_text.as_deref(),
        "share" => answers.share.as_ref().map(Share::as_str),
        "contact" => answers.contact.as_ref().map(|contact| contact.mode.as_str()),
        "lang" => Some(letter.lang.as_str()),
        "route" => Some(letter.route.as_str()),
        "signs" => {
            many = &answers.signs;
            None
        }
        _ => return None,
    };
    Some(one.into_iter().chain(many.iter().map(String::as_str)).filter(|text| !is_blank(text)))
}

/// Everything that the source wrote in their own words, with the name of its field.
pub fn texts(letter: &Letter) -> Vec<(&'static str, &str)> {
    let mut texts: Vec<(&str, &str)> = Vec::new();
    for field in FREE {
        texts.extend(values(letter, field).into_iter().flatten().map(|text| (field, text)));
    }
    if let Some(contact) = &letter.answers.contact {
        let parts = [&contact.how, &contact.when, &contact.ask_for, &contact.cover_story];
        texts.extend(parts.into_iter().flatten().map(|text| ("contact", text.as_str())));
    }
    texts
}

/// How many of the form's questions were answered, and how many there are. Says nothing of how urgent a tip is.
pub fn completeness(letter: &Letter) -> (usize, usize) {
    let is_answered = |field: &&&str| values(letter, field).is_some_and(|mut values| values.next().is_some());
    (QUESTIONS.iter().filter(is_answered).count(), QUESTIONS.len())
}

fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::letter::Route;
    use crate::model::tip::TipId;

    fn letter() -> Letter {
        Letter::new(TipId([1; 32]), "2026-11-24T01:45Z".into(), "en".into(), Route::Full, Vec::new())
    }

    #[test]
    fn the_signs_are_those_of_the_form() {
        let form = include_str!("../../web/src/form.html");
        let listed = SIGNS[..13].iter().map(|sign| format!("{sign:?}")).collect::<Vec<_>>().join(", ");
        assert!(form.contains(&format!("[{listed}]")) && form.contains("name=\"signs\" value=\"dont_know\""));
    }

    #[test]
    fn every_name_that_is_offered_is_a_field() {
        for name in NAMES {
            assert!(values(&letter(), name).is_some(), "{name}");
        }
        assert!(values(&letter(), "storey").is_none());
    }

    #[test]
    fn a_blank_answer_is_none() {
        let mut letter = letter();
        letter.answers.story = Some(" \n\t".into());
        letter.answers.minor = Some(YesNo::Unsure);
        assert_eq!(completeness(&letter), (1, 10));
    }
}
