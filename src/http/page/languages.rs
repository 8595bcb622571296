//! The languages that the program speaks, each with its own name and its words. Which of them a site shows, its keyring says.

/// One language.
#[derive(Debug, PartialEq, Eq)]
pub struct Language {
    /// BCP 47 tag: its address and its name in the keyring.
    pub tag: &'static str,
    /// What those who speak it call it.
    pub name: &'static str,
    /// Which way it runs, as HTML says it.
    pub dir: &'static str,
    /// Fluent messages.
    pub messages: &'static str,
}

/// In the order in which they are offered. The first is the one that the form was written in.
pub static LANGUAGES: [Language; 11] = [
    Language::new("en", "English", include_str!("../../../locales/en.ftl")),
    Language::new("es", "Español", include_str!("../../../locales/es.ftl")),
    Language::new("pt-BR", "Português", include_str!("../../../locales/pt-BR.ftl")),
    Language::new("zh-Hans", "简体中文", include_str!("../../../locales/zh-Hans.ftl")),
    Language::new("ht", "Kreyòl ayisyen", include_str!("../../../locales/ht.ftl")),
    Language::new("tl", "Tagalog", include_str!("../../../locales/tl.ftl")),
    Language::new("vi", "Tiếng Việt", include_str!("../../../locales/vi.ftl")),
    Language::new("ko", "한국어", include_str!("../../../locales/ko.ftl")),
    Language::new("ru", "Русский", include_str!("../../../locales/ru.ftl")),
    Language { dir: "rtl", ..Language::new("ar", "العربية", include_str!("../../../locales/ar.ftl")) },
    Language::new("fr", "Français", include_str!("../../../locales/fr.ftl")),
];

impl Language {
    const fn new(tag: &'static str, name: &'static str, messages: &'static str) -> Self {
        Self { tag, name, dir: "ltr", messages }
    }
}
