//! Text as it is compared: without case, accents, points and format characters, so that who searches need not type as the
//! source did. Vowel signs of scripts that are written with them stay: without them words would run together.

use crate::desk::output::is_obeyed;
use unicode_normalization::UnicodeNormalization as _;

/// The folded text; runs of spaces and line ends are one space.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    if text.is_ascii() {
        text.chars().for_each(|c| push(&mut folded, c.to_ascii_lowercase()));
    } else {
        text.chars().for_each(|c| fold_char(c, |c| push(&mut folded, c)));
    }
    folded
}

/// The folded text, and for each of its bytes where in `text` the character begins that it came from.
pub fn fold_with_places(text: &str) -> (String, Vec<usize>) {
    let (mut folded, mut places) = (String::new(), Vec::new());
    for (at, c) in text.char_indices() {
        fold_char(c, |c| push(&mut folded, c));
        places.resize(folded.len(), at);
    }
    (folded, places)
}

/// Whether words of the script of this character are written without spaces between them.
pub fn is_spaceless(c: char) -> bool {
    matches!(c,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Whether a character is part of a word.
pub fn is_word(c: char) -> bool {
    c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c)
}

fn push(folded: &mut String, c: char) {
    let is_space = c.is_whitespace() || c.is_ascii_control();
    match c {
        _ if !is_space => folded.push(c),
        _ if folded.ends_with(' ') => {}
        _ => folded.push(' '),
    }
}

fn fold_char(c: char, mut push: impl FnMut(char)) {
    if c.is_ascii() {
        return push(c.to_ascii_lowercase());
    }
    for c in std::iter::once(c).nfkd() {
        if is_accent(c) || (is_obeyed(c) && !c.is_control()) {
            continue;
        }
        match c {
            'ß' | 'ẞ' => "ss".chars().for_each(&mut push),
            'æ' | 'Æ' => "ae".chars().for_each(&mut push),
            'œ' | 'Œ' => "oe".chars().for_each(&mut push),
            'þ' | 'Þ' => "th".chars().for_each(&mut push),
            'ø' | 'Ø' => push('o'),
            'đ' | 'Đ' | 'ð' | 'Ð' => push('d'),
            'ł' | 'Ł' => push('l'),
            'ı' | 'İ' => push('i'),
            'ς' => push('σ'),
            'ى' | 'ی' | 'ې' => push('ي'),
            'ک' | 'ڪ' => push('ك'),
            'ة' | 'ە' => push('ه'),
            'ٱ' => push('ا'),
            'ـ' => {}
            c => match digit(c) {
                Some(digit) => push(digit),
                None => c.to_lowercase().filter(|c| !is_accent(*c)).for_each(&mut push),
            },
        }
    }
}

/// Digits of other scripts as ASCII ones: a phone number is the same in all.
fn digit(c: char) -> Option<char> {
    const ZEROS: [u32; 8] = [0x660, 0x6f0, 0x966, 0x9e6, 0xa66, 0xae6, 0xe50, 0x1040];
    let zero = ZEROS.iter().find(|zero| (**zero..**zero + 10).contains(&u32::from(c)))?;
    char::from_digit(u32::from(c) - zero, 10)
}

/// Marks without which Latin, Greek, Cyrillic, Hebrew and Arabic are read just as well.
const fn is_accent(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}'
        | '\u{fe20}'..='\u{fe2f}' | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}'..='\u{5c2}' | '\u{5c4}'..='\u{5c5}'
        | '\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6dc}'
        | '\u{6df}'..='\u{6e4}' | '\u{6e7}'..='\u{6e8}' | '\u{6ea}'..='\u{6ed}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn case_accents_and_hidden_characters_do_not_matter() {
        for (one, other) in [
            ("JOSÉ  Núñez", "jose nunez"),
            ("cafe\u{301}", "CAFÉ"),
            ("Straße", "STRASSE"),
            ("ИВАН ёлка", "иван елка"),
            ("أحمد", "احمد"),
            ("مُحَمَّد", "محمـد"),
            ("٠٦٠", "060"),
            ("ＡＢ１２", "ab12"),
            ("g\u{200b}irl\u{202e}s", "girls"),
            ("ΟΔΟΣ", "οδος"),
        ] {
            assert_eq!(fold(one), fold(other));
        }
    }

    #[test]
    fn different_words_stay_different() {
        for (one, other) in [("कि", "की"), ("東京", "京都"), ("かき", "かぎ2"), ("ab", "a b")] {
            assert_ne!(fold(one), fold(other));
        }
    }

    proptest! {
        #[test]
        fn folding_again_changes_nothing_and_every_byte_has_its_place(text in any::<String>()) {
            let folded = fold(&text);
            prop_assert_eq!(&fold(&folded), &folded);
            let (same, places) = fold_with_places(&text);
            prop_assert_eq!(&same, &folded);
            prop_assert_eq!(places.len(), folded.len());
            prop_assert!(places.iter().all(|at| text.is_char_boundary(*at) && *at < text.len()));
        }
    }
}
