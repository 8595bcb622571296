//! How much schooling a text asks for, by the formula that was published for its language; where there is none that counts
//! what a program can count, by the length of its sentences alone. For tests.
//!
//! | language | formula | grade 6 |
//! |---|---|---|
//! | en | Flesch-Kincaid 1975 | 6 |
//! | es | Fernández Huerta 1959 | ≥ 70 by his table |
//! | pt-BR | Martins, Ghiraldelo, Nunes, Oliveira 1996: 75 is four years of school, 50 eight | ≥ 62.5 |
//! | fr | Kandel and Moles 1958, with Flesch's table | ≥ 80 |
//! | ru | Flesch-Kincaid with the numbers of Oborneva 2006 | 6 |
//! | ht, tl, ar | LIX of Björnsson 1968, by the table of Anderson 1983 | < 32 |
//! | zh-Hans, vi, ko | none: word lists are asked for, or words are not parted by spaces | sentences alone |

/// Words that a sentence may have; a sentence of Chinese, characters; of Korean, which writes what others say in two words as
/// one, fewer.
const LONGEST: usize = 12;
const LONGEST_CHINESE: usize = 20;
const LONGEST_KOREAN: usize = 8;
const YEARS: f64 = 6.0;
/// Letters of a word that LIX calls short.
const SHORT: usize = 6;

/// What a text asks for.
#[derive(Debug)]
pub struct Effort {
    /// Years of school; none where no formula tells.
    years: Option<f64>,
    /// Words, or characters, of the longest sentence.
    longest: usize,
    /// How many it may have.
    allowed: usize,
}

impl Effort {
    /// Whether six years of school are enough.
    pub fn is_plain(&self) -> bool {
        self.years.is_none_or(|years| years <= YEARS) && self.longest <= self.allowed
    }
}

/// What a text in this language asks for.
pub fn effort(lang: &str, text: &str) -> Effort {
    let ends = ['.', '?', '!', ':', '。', '？', '！', '：', '؟'];
    let sentences: Vec<&str> = text.split(ends).filter(|part| part.chars().any(char::is_alphabetic)).collect();
    let (longest, allowed) = match lang {
        "zh-Hans" => {
            (longest(&sentences, |said| said.chars().filter(|c| c.is_alphanumeric()).count()), LONGEST_CHINESE)
        }
        "ko" => (longest(&sentences, |said| words(said).len()), LONGEST_KOREAN),
        _ => (longest(&sentences, |said| words(said).len()), LONGEST),
    };
    Effort { years: years(lang, &words(text), sentences.len()), longest, allowed }
}

fn longest(sentences: &[&str], count: impl Fn(&str) -> usize) -> usize {
    sentences.iter().map(|sentence| count(sentence)).max().unwrap_or_default()
}

fn words(text: &str) -> Vec<String> {
    let parts = text.split(|c: char| c.is_whitespace() || matches!(c, '-' | '\'' | '’'));
    let letters = parts.map(|part| part.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase));
    letters.map(Iterator::collect).filter(|word: &String| !word.is_empty()).collect()
}

fn years(lang: &str, words: &[String], sentences: usize) -> Option<f64> {
    let of_many_letters = words.iter().filter(|word| word.chars().count() > SHORT).count();
    let spoken: usize = words.iter().map(|word| syllables(lang, word)).sum();
    let (length, spoken) = (ratio(words.len(), sentences), ratio(spoken, words.len()));
    let lix = length + 100.0 * ratio(of_many_letters, words.len());
    Some(match lang {
        "en" => 0.39 * length + 11.8 * spoken - 15.59,
        "ru" => 0.5 * length + 8.4 * spoken - 15.59,
        "es" => by_table(206.84 - 60.0 * spoken - 1.02 * length, &[(90.0, 4.0), (80.0, 5.0), (70.0, 6.0), (60.0, 8.0)]),
        "fr" => by_table(207.0 - 73.6 * spoken - 1.015 * length, &[(90.0, 5.0), (80.0, 6.0), (70.0, 7.0), (60.0, 9.0)]),
        "pt-BR" => 4.0 + (75.0 - (248.835 - 84.6 * spoken - 1.015 * length)) * 4.0 / 25.0,
        "ht" | "tl" | "ar" => by_table(-lix, &[(-20.0, 3.0), (-24.0, 4.0), (-28.0, 5.0), (-32.0, 6.0), (-36.0, 7.0)]),
        _ => return None,
    })
}

/// The years beside the first number that is not above the ease; more than any where all are.
fn by_table(ease: f64, table: &[(f64, f64)]) -> f64 {
    table.iter().find(|(at_least, _)| ease >= *at_least).map_or(f64::INFINITY, |(_, years)| *years)
}

fn ratio(count: usize, of: usize) -> f64 {
    let [count, of] = [count, of].map(|count| f64::from(u32::try_from(count).unwrap()));
    count / of
}

/// As many as are heard, or nearly: groups of vowels, parted where two full ones meet in Spanish and Portuguese; an `e` at the
/// end is silent in English and French; each vowel is one in Russian.
fn syllables(lang: &str, word: &str) -> usize {
    let heard = match lang {
        "es" => full_vowels(word, "aeoáéíóú", "iuü"),
        "pt-BR" => full_vowels(&word.replace("ão", "ã").replace("õe", "õ").replace("ãe", "ã"), "aeoáéíóúâêôãõà", "iu"),
        "ru" => word.chars().filter(|c| "аеёиоуыэюя".contains(*c)).count(),
        "fr" => groups(spoken_stem(word, &["es", "e"]), "aeiouyàâäéèêëîïôöùûüœæ"),
        _ => groups(spoken_stem(word, &["e"]), "aeiouy"),
    };
    heard.max(1)
}

/// The word without a silent end, where a vowel is left.
fn spoken_stem<'a>(word: &'a str, silent: &[&str]) -> &'a str {
    let stem = silent.iter().find_map(|end| word.strip_suffix(end));
    stem.filter(|stem| stem.contains(|c: char| "aiouyéèêàâîôûùœ".contains(c))).unwrap_or(word)
}

fn groups(word: &str, vowels: &str) -> usize {
    word.split(|c: char| !vowels.contains(c)).filter(|group| !group.is_empty()).count()
}

/// One for each full vowel, and one for each group of weak ones alone.
fn full_vowels(word: &str, full: &str, weak: &str) -> usize {
    let groups = word.split(|c: char| !full.contains(c) && !weak.contains(c)).filter(|group| !group.is_empty());
    groups.map(|group| group.chars().filter(|c| full.contains(*c)).count().max(1)).sum()
}
