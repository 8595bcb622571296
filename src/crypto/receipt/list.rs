//! The lists of 2,048 words (BIP-39) that codes are written in, and how a typed word is found in one.

use crate::crypto::words::list_of;
use bip39::Language;
use std::collections::HashMap;
use std::sync::OnceLock;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// So many letters tell all words of a list in Latin script apart.
const ENOUGH_LETTERS: usize = 4;
const LISTS: usize = 6;

/// A list of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WordList {
    /// For all languages that have none.
    English,
    /// Spanish.
    Spanish,
    /// French.
    French,
    /// Portuguese.
    Portuguese,
    /// Korean.
    Korean,
    /// Chinese in simplified characters.
    SimplifiedChinese,
}

impl WordList {
    /// All of them.
    pub const ALL: [Self; LISTS] =
        [Self::English, Self::Spanish, Self::French, Self::Portuguese, Self::Korean, Self::SimplifiedChinese];

    /// The list in which a form in this language (BCP 47 tag) shows a code.
    pub fn for_language(tag: &str) -> Self {
        match list_of(tag) {
            Language::English => Self::English,
            Language::Spanish => Self::Spanish,
            Language::French => Self::French,
            Language::Portuguese => Self::Portuguese,
            Language::Korean => Self::Korean,
            Language::SimplifiedChinese => Self::SimplifiedChinese,
        }
    }

    /// The word with this number, as it is shown.
    pub fn word(self, index: u16) -> &'static str {
        self.language().word_list()[usize::from(index)]
    }

    /// The number of a word as a person types it: capitals and accents do not matter, and where the script is Latin its
    /// first four letters are enough.
    pub fn find(self, typed: &str) -> Option<u16> {
        let plain = plain(typed);
        let found = self.numbers().get(&plain).copied();
        if found.is_some() || !self.is_latin() || plain.chars().count() < ENOUGH_LETTERS {
            return found;
        }
        let start: String = plain.chars().take(ENOUGH_LETTERS).collect();
        let (_, &index) = self.numbers().iter().find(|(word, _)| word.starts_with(&start))?;
        self.plain_word(index).starts_with(&plain).then_some(index)
    }

    pub(super) const fn is_latin(self) -> bool {
        !matches!(self, Self::Korean | Self::SimplifiedChinese)
    }

    pub(super) fn plain_word(self, index: u16) -> String {
        plain(self.word(index))
    }

    /// The number of each word of the list, by the word without accents.
    fn numbers(self) -> &'static HashMap<String, u16> {
        static NUMBERS: [OnceLock<HashMap<String, u16>>; LISTS] = [const { OnceLock::new() }; LISTS];
        NUMBERS[self as usize].get_or_init(|| (0..2048).map(|index| (self.plain_word(index), index)).collect())
    }

    const fn language(self) -> Language {
        match self {
            Self::English => Language::English,
            Self::Spanish => Language::Spanish,
            Self::French => Language::French,
            Self::Portuguese => Language::Portuguese,
            Self::Korean => Language::Korean,
            Self::SimplifiedChinese => Language::SimplifiedChinese,
        }
    }
}

fn plain(word: &str) -> String {
    word.nfkd().filter(|&letter| !is_combining_mark(letter)).flat_map(char::to_lowercase).collect()
}
