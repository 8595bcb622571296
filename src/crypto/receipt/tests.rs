use super::*;
use proptest::prelude::*;

fn code(bits: u128) -> ReceiptCode {
    let mut bytes = [0; CODE_BYTES];
    bytes.copy_from_slice(&(bits & ((1 << 77) - 1)).to_be_bytes()[6..]);
    ReceiptCode::from_bytes(bytes).unwrap()
}

fn words(code: &ReceiptCode, list: WordList) -> Vec<String> {
    code.expose_words(list).split(' ').map(str::to_owned).collect()
}

#[test]
fn words_of_a_list_are_told_apart_without_accents_and_by_four_letters() {
    for list in WordList::ALL {
        for index in 0..2048 {
            let word = list.word(index);
            assert_eq!(list.find(word), Some(index), "{word}");
            assert_eq!(list.find(&word.to_uppercase()), Some(index), "{word}");
        }
    }
    assert_eq!(WordList::English.find("aban"), Some(0));
    assert_eq!(WordList::English.find("ABANDO"), Some(0));
    assert_eq!(WordList::English.find("abanXon"), None);
    assert_eq!(WordList::English.find("aba"), None);
    assert_eq!(WordList::English.find(""), None);
    assert_eq!(WordList::Spanish.find("abaco"), WordList::Spanish.find("ábaco"));
}

#[test]
fn in_latin_lists_no_two_words_share_their_first_four_letters() {
    for list in WordList::ALL.into_iter().filter(|list| list.is_latin()) {
        let starts: std::collections::HashSet<String> =
            (0..2048).map(|index| list.plain_word(index).chars().take(4).collect()).collect();
        assert_eq!(starts.len(), 2048, "{list:?}");
    }
}

#[test]
fn every_wrong_number_of_words_and_every_unknown_word_is_named() {
    let text = code(0).expose_words(WordList::English).to_string();
    let without_last = text.rsplit_once(' ').unwrap().0;
    assert_eq!(ReceiptCode::from_words(without_last, WordList::English).err(), Some(ReceiptError::Count(7)));
    assert_eq!(ReceiptCode::from_words("", WordList::English).err(), Some(ReceiptError::Count(0)));
    let unknown = format!("{without_last} knothole");
    assert_eq!(ReceiptCode::from_words(&unknown, WordList::English).err(), Some(ReceiptError::Word(7)));
}

#[test]
fn three_spare_bits_are_zero() {
    assert!(ReceiptCode::from_bytes([0xff; CODE_BYTES]).is_none());
    assert!(ReceiptCode::from_bytes([0x1f; CODE_BYTES]).is_some());
    assert!((0..64).all(|_| ReceiptCode::generate().expose_bytes()[0] < 0x20));
}

#[test]
fn a_form_without_a_list_of_its_own_shows_english_words() {
    let lists = ["en", "es", "fr", "pt-BR", "ko", "zh-Hans", "ar", "ht", "ru", "tl", "vi", "zh-Hant"]
        .map(WordList::for_language);
    assert_eq!(lists[..6], WordList::ALL);
    assert!(lists[6..].iter().all(|&list| list == WordList::English));
}

proptest! {
    #[test]
    fn a_code_reads_back_in_every_list_whatever_the_spaces_and_capitals(bits: u128) {
        let code = code(bits);
        for list in WordList::ALL {
            let typed = format!("  {} \n", code.expose_words(list).to_uppercase().replace(' ', " \t"));
            prop_assert!(ReceiptCode::from_words(&typed, list).ok() == Some(code.clone()));
        }
    }

    #[test]
    fn any_one_wrong_word_is_seen(bits: u128, at in 0..WORDS, other in 0..2048_u16) {
        let mut words = words(&code(bits), WordList::English);
        prop_assume!(words[at] != WordList::English.word(other));
        WordList::English.word(other).clone_into(&mut words[at]);
        prop_assert!(ReceiptCode::from_words(&words.join(" "), WordList::English).err() == Some(ReceiptError::Check));
    }

    #[test]
    fn any_two_swapped_words_are_seen(bits: u128, one in 0..WORDS, other in 0..WORDS) {
        let mut words = words(&code(bits), WordList::English);
        prop_assume!(words[one] != words[other]);
        words.swap(one, other);
        prop_assert!(ReceiptCode::from_words(&words.join(" "), WordList::English).err() == Some(ReceiptError::Check));
    }
}
