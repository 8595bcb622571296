use super::*;
use clap::ValueEnum as _;

const LANGUAGES: [&str; 11] = ["en", "es", "pt-BR", "zh-Hans", "ht", "tl", "vi", "ko", "ru", "ar", "fr"];

fn texts() -> Texts {
    serde_json::from_str(TEXTS).unwrap()
}

#[test]
fn each_template_is_there_in_each_language_of_the_form() {
    let forms: std::collections::BTreeSet<String> = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/locales"))
        .unwrap()
        .filter_map(|entry| Some(entry.unwrap().file_name().to_str()?.strip_suffix(".ftl")?.to_owned()))
        .collect();
    assert_eq!(forms, LANGUAGES.into_iter().map(str::to_owned).collect());
    for lang in LANGUAGES {
        for word in TemplateWord::value_variants() {
            let ready = ready(*word, lang, Some("What is my dog called?")).unwrap();
            assert_eq!(ready.lang, lang);
            assert!(ready.text.len() > 10 && !ready.text.contains('{'), "{lang} {}", word.name());
            let asks = ready.text.contains("What is my dog called?");
            assert_eq!(asks, *word == TemplateWord::Check, "{lang} {}", word.name());
        }
        assert_eq!(texts()[lang].len(), TemplateWord::value_variants().len(), "{lang}");
    }
}

#[test]
fn a_language_without_templates_gets_the_english_one_and_says_so() {
    assert_eq!(ready(TemplateWord::Wait, "de", None).unwrap().lang, "en");
}

#[test]
fn a_question_that_was_not_given_cannot_be_asked() {
    assert_eq!(ready(TemplateWord::Check, "en", None).unwrap_err().exit, Exit::Usage);
}

#[test]
fn every_english_template_can_be_read_after_six_years_of_school() {
    for (name, text) in &texts()["en"] {
        let grade = grade(&text.replace(QUESTION, "one."));
        assert!(grade <= 6.0, "{name}: {grade}");
    }
    let hard = "Investigators of the responsible organisation will communicate with you concerning your information.";
    assert!(grade(hard) > 12.0);
}

#[test]
fn no_template_names_who_writes() {
    let names = crate::desk::names::AgencyNames::default();
    for text in texts()["en"].values() {
        assert!(super::super::telling::found(text, &names, &crate::desk::cache::Known::default()).is_empty(), "{text}");
    }
}

/// Flesch-Kincaid.
fn grade(text: &str) -> f64 {
    let sentences = text.split(['.', '?', '!', ':']).filter(|part| part.chars().any(char::is_alphabetic)).count();
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let total: usize = words.iter().map(|word| syllables(word)).sum();
    let [sentences, words, total] =
        [sentences, words.len(), total].map(|count| f64::from(u32::try_from(count).unwrap()));
    0.39 * (words / sentences) + 11.8 * (total / words) - 15.59
}

/// Groups of vowels, without an `e` at the end.
fn syllables(word: &str) -> usize {
    let word = word.to_lowercase();
    let stem = word.strip_suffix('e').filter(|stem| stem.contains(['a', 'i', 'o', 'u'])).unwrap_or(&word);
    let groups = stem.split(|c: char| !"aeiouy".contains(c)).filter(|group| !group.is_empty()).count();
    groups.max(1)
}
