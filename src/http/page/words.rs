//! The form's words in one language: Fluent messages, with what the site fills in.

use super::languages::Language;
use crate::crypto::keyring::SiteWords;
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource};
use std::collections::BTreeMap;
use unic_langid::LanguageIdentifier;

/// Message id to text. A message that needs a word which the site has not given is not there.
pub fn messages(language: &Language, site: Option<&SiteWords>) -> BTreeMap<String, String> {
    let parsed = FluentResource::try_new(language.messages.to_owned());
    let resource = parsed.unwrap_or_else(|(resource, _errors)| resource);
    let ids: Vec<String> = resource.entries().filter_map(message_id).collect();
    let tag: LanguageIdentifier = language.tag.parse().expect("the tag of a language that is built in");
    let mut bundle = FluentBundle::new(vec![tag]);
    // Without isolating marks a telephone number stands back to front in Arabic; elsewhere they would only end up in what a
    // source copies out of the page.
    bundle.set_use_isolating(language.dir == "rtl");
    bundle.add_resource_overriding(resource);
    let mut args = FluentArgs::new();
    // The template knows which screen it is on, and what the keyring and the program say of these.
    args.set("screen", "{screen}");
    args.set("screens", "{screens}");
    args.set("file", "{file}");
    args.set("date", "{date}");
    // The later script knows what was typed, how long replies stay, and how far a file is.
    for gap in ["count", "number", "word", "words", "days", "name", "max", "done", "all", "minutes"] {
        args.set(gap, format!("{{{gap}}}"));
    }
    if let Some(site) = site {
        args.set("state", site.state.as_str());
        args.set("hotline_phone", site.hotline_phone.as_str());
        args.set("hotline_text", site.hotline_text.as_str());
        args.set("urgent_time", site.urgent_time.as_str());
        args.set("normal_time", site.normal_time.as_str());
        args.set("exit_host", site.exit_host());
    }
    ids.into_iter()
        .filter_map(|id| {
            let mut errors = Vec::new();
            let pattern = bundle.get_message(&id)?.value()?;
            let text = bundle.format_pattern(pattern, Some(&args), &mut errors).into_owned();
            errors.is_empty().then_some((id, text))
        })
        .collect()
}

fn message_id(entry: &fluent_syntax::ast::Entry<&str>) -> Option<String> {
    match entry {
        fluent_syntax::ast::Entry::Message(message) => Some(message.id.name.to_owned()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::languages::LANGUAGES;
    use super::*;
    use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};

    /// Message id to the names of what it fills in.
    fn placeables(language: &Language) -> BTreeMap<String, Vec<String>> {
        let resource = FluentResource::try_new(language.messages.to_owned());
        let resource = resource.unwrap_or_else(|(_, errors)| panic!("{}: {errors:?}", language.tag));
        let messages = resource.entries().map(|entry| match entry {
            Entry::Message(message) => {
                let names = names(message.value.as_ref().unwrap());
                (message.id.name.to_owned(), names)
            }
            Entry::Comment(_) | Entry::GroupComment(_) => (String::new(), Vec::new()),
            other => panic!("{}: {other:?}", language.tag),
        });
        let all: Vec<_> = messages.filter(|(id, _)| !id.is_empty()).collect();
        let unique: BTreeMap<_, _> = all.iter().cloned().collect();
        assert_eq!(all.len(), unique.len(), "{}: a message is there twice", language.tag);
        unique
    }

    fn names(pattern: &Pattern<&str>) -> Vec<String> {
        let mut names: Vec<_> = pattern.elements.iter().filter_map(name).collect();
        names.sort_unstable();
        names
    }

    fn name(element: &PatternElement<&str>) -> Option<String> {
        match element {
            PatternElement::TextElement { .. } => None,
            PatternElement::Placeable { expression: Expression::Inline(inline) } => Some(match inline {
                InlineExpression::VariableReference { id } => format!("${}", id.name),
                InlineExpression::MessageReference { id, .. } => id.name.to_owned(),
                other => panic!("{other:?}"),
            }),
            other @ PatternElement::Placeable { .. } => panic!("{other:?}"),
        }
    }

    fn site() -> SiteWords {
        let text = String::from;
        SiteWords {
            state: text("Connecticut"),
            hotline_phone: text("1-888-373-7888"),
            hotline_text: text("233733"),
            exit_url: text("https://www.weather.gov/"),
            urgent_time: text("1 hour"),
            normal_time: text("3 days"),
        }
    }

    #[test]
    fn every_language_says_all_that_english_says_and_fills_in_the_same() {
        let english = placeables(&LANGUAGES[0]);
        for language in &LANGUAGES {
            let spoken = placeables(language);
            let ids = |all: &BTreeMap<String, Vec<String>>| all.keys().cloned().collect::<Vec<_>>();
            assert_eq!(ids(&spoken), ids(&english), "{}", language.tag);
            for (id, names) in &english {
                assert_eq!(&spoken[id], names, "{} {id}", language.tag);
            }
        }
    }

    #[test]
    fn every_message_of_every_language_resolves_with_the_words_of_a_site() {
        for language in &LANGUAGES {
            let messages = messages(language, Some(&site()));
            assert_eq!(messages.len(), placeables(language).len(), "{}", language.tag);
            assert!(messages.values().all(|text| !text.trim().is_empty()), "{}", language.tag);
        }
    }

    #[test]
    fn the_number_of_the_emergency_line_is_911_in_every_language() {
        for language in &LANGUAGES {
            let messages = messages(language, Some(&site()));
            for id in ["start-danger", "start-danger-text", "danger-hint"] {
                assert!(messages[id].contains("911"), "{} {id}", language.tag);
            }
        }
    }

    #[test]
    fn a_telephone_number_stands_apart_from_words_that_run_from_right_to_left() {
        let arabic = LANGUAGES.iter().find(|language| language.dir == "rtl").unwrap();
        let call = &messages(arabic, Some(&site()))["help-line-call"];
        assert!(call.ends_with("\u{2068}1-888-373-7888\u{2069}"), "{call:?}");
        assert!(!messages(&LANGUAGES[0], Some(&site()))["help-line-call"].contains('\u{2068}'));
    }

    #[test]
    fn every_file_says_at_its_top_that_nobody_has_reviewed_it() {
        for language in &LANGUAGES {
            assert!(language.messages.lines().next().unwrap().contains("DRAFT: "), "{}", language.tag);
        }
    }
}
