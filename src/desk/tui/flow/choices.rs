//! What there is to choose from: the key, the word that the command takes, what it means.

use crate::desk::export::withhold;

/// A choice: the key, the word that the command takes, what it means.
pub type Choice = (char, String, String);
/// The same where it is always so.
pub(super) type Fixed = (char, &'static str, &'static str);

pub(super) const STATUSES: [Fixed; 4] = [
    ('n', "new", "nobody works on it yet"),
    ('a', "assessing", "someone looks into it"),
    ('t', "acting", "something is being done"),
    ('c', "closed", "nothing more will be done"),
];
pub(super) const REASONS: [Fixed; 10] = [
    ('a', "acted", "it was acted on"),
    ('r', "referred", "another agency has it"),
    ('d', "duplicate", "another tip tells the same"),
    ('l', "too-little", "too little to go by"),
    ('u', "unfounded", "looked into, and not so"),
    ('n', "not-trafficking", "not about trafficking"),
    ('f', "false", "false on purpose"),
    ('j', "junk", "part of a flood, or empty"),
    ('s', "source-asked", "the source asked for it"),
    ('t', "test", "sent to try the site"),
];
pub(super) const LEVELS: [Fixed; 5] = [
    ('1', "p1", "at once"),
    ('2', "p2", "within the hour"),
    ('3', "p3", "within the day"),
    ('4', "p4", "when there is time"),
    ('r', "rules", "as the rules say"),
];
pub(super) const LINKS: [Fixed; 4] = [
    ('d', "duplicate", "they tell the same"),
    ('s', "same-suspect", "the same suspect"),
    ('v', "same-victim", "the same victim"),
    ('p', "same-place", "the same place"),
];
pub(super) const CHECKED: [Fixed; 3] = [
    ('c', "corroborated", "something else says so, too"),
    ('r', "refuted", "it is not so"),
    ('u', "untested", "not checked"),
];
pub(super) const OUTCOMES: [Fixed; 7] = [
    ('s', "safe", "someone is safe"),
    ('o', "case-opened", "a case was opened"),
    ('a', "arrested", "someone was arrested"),
    ('c', "charged", "someone was charged"),
    ('v', "convicted", "someone was convicted"),
    ('q', "acquitted", "acquitted, or the charge was dropped"),
    ('n', "nothing", "it came to nothing"),
];
pub(super) const SHARES: [Fixed; 2] = [
    ('f', "facts", "places, times, who does it, what can be checked; nothing of the source"),
    ('a', "all", "everything"),
];
pub(super) const MARKS: [Fixed; 2] =
    [('w', "words", "wherever they stand in the tip"), ('f', "field", "a whole answer of the form")];

/// As they are asked for.
pub(super) fn owned(choices: &[Fixed]) -> Vec<Choice> {
    choices.iter().map(|(key, word, what)| (*key, (*word).to_owned(), (*what).to_owned())).collect()
}

/// Fields that can be kept from other agencies.
pub(super) fn fields() -> Vec<Choice> {
    ('a'..='z').zip(withhold::fields()).map(|(key, field)| (key, field.to_owned(), what(field).to_owned())).collect()
}

fn what(field: &str) -> &'static str {
    match field {
        "story" => "in their own words",
        "urgency" => "danger",
        "about" => "whom it is about",
        "minor" => "under 18",
        "signs" => "what they ticked",
        "where" => "the place",
        "when" => "the time",
        "suspects" => "who does it",
        "basis" => "how they know",
        "checkable" => "what can be checked",
        "exclude_text" => "who must not see it",
        "contact" => "how to reach them",
        _ => "",
    }
}
