//! Replies that are ready to send, in each language of the form: short words, no agency, nothing of the case. Drafts, as the
//! form's own words are, until somebody who speaks the language has read them; the preview shows what will be sent.

use crate::desk::cli::TemplateWord;
use crate::desk::failure::{Exit, Failure};
use std::collections::BTreeMap;

/// By language, by name.
type Texts = BTreeMap<String, BTreeMap<String, String>>;

const TEXTS: &str = include_str!("../../../../locales/replies.json");
const FALLBACK: &str = "en";
/// What stands in the place of the question that the source gave.
const QUESTION: &str = "{question}";

/// Words, and the language that they are in.
#[derive(Debug, PartialEq, Eq)]
pub struct Ready {
    /// The tag of the language: the form's, or English where there is none in that.
    pub lang: String,
    /// The words.
    pub text: String,
}

/// The words of this name in the language of a letter; none when they ask the source's own question, and there is none.
pub fn ready(word: TemplateWord, lang: &str, question: Option<&str>) -> Result<Ready, Failure> {
    let texts: Texts = serde_json::from_str(TEXTS).expect("a file of this program, read by its tests");
    let lang = if texts.contains_key(lang) { lang } else { FALLBACK };
    let text = &texts[lang][word.name()];
    let text = match question {
        Some(question) => text.replace(QUESTION, question.trim()),
        None if text.contains(QUESTION) => {
            return Err(Failure::new(Exit::Usage, "the source gave no question that you could ask them")
                .hint("ask something that only they can know, with `-m`"));
        }
        None => text.clone(),
    };
    Ok(Ready { lang: lang.to_owned(), text })
}

#[cfg(test)]
#[path = "templates/effort.rs"]
mod effort;
#[cfg(test)]
#[path = "templates/tests.rs"]
mod tests;
