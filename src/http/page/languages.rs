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
pub static LANGUAGES: [Language; 1] = [Language::new("en", "English", include_str!("../../../locales/en.ftl"))];

impl Language {
    const fn new(tag: &'static str, name: &'static str, messages: &'static str) -> Self {
        Self { tag, name, dir: "ltr", messages }
    }
}
