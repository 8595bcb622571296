//! Which list of 2,048 words (BIP-39) receipt codes are written in, by the language of the form.

use bip39::Language;

/// The list of a language (BCP 47 tag), or the English one where it has none.
pub fn list_of(tag: &str) -> Language {
    match tag {
        "zh-Hans" => Language::SimplifiedChinese,
        _ => match tag.split('-').next() {
            Some("es") => Language::Spanish,
            Some("fr") => Language::French,
            Some("pt") => Language::Portuguese,
            Some("ko") => Language::Korean,
            _ => Language::English,
        },
    }
}

/// The language that the words of a list are in.
pub const fn tag_of(list: Language) -> &'static str {
    match list {
        Language::SimplifiedChinese => "zh-Hans",
        Language::Spanish => "es",
        Language::French => "fr",
        Language::Portuguese => "pt",
        Language::Korean => "ko",
        Language::English => "en",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_has_its_own_list_where_there_is_one() {
        let tags = ["en", "es", "fr", "pt-BR", "ko", "zh-Hans", "ru", "ar", "zh-Hant"];
        assert_eq!(tags.map(|tag| tag_of(list_of(tag))), ["en", "es", "fr", "pt", "ko", "zh-Hans", "en", "en", "en"]);
    }
}
