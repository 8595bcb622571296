//! A code that is in other hands: two members say so once, for all that comes with it.

use super::*;
use Asked::{Confirmed, Less, Narrowed, Nothing, Unheard};

const LOST: [(&str, &str); 2] = [("mia", CODE_LOST), ("ned", CODE_LOST)];

/// What becomes of a letter that asks for nothing to be shared, after persons put these labels on, `{}` for its name, or took them off
/// with a `-` before.
fn now(later: &KnownTip, said: &[(&str, &str)]) -> Asked {
    let label = |word: &str| {
        let word = word.replace("{}", &name(later));
        match word.strip_prefix('-') {
            Some(word) => Kind::Label { add: Vec::new(), remove: vec![word.to_owned()] },
            None => Kind::Label { add: vec![word], remove: Vec::new() },
        }
    };
    let case = by(said.iter().map(|(person, word)| (*person, label(word))));
    wishes(&first(Share::All).letter, &[later], &case).asked[0]
}

#[test]
fn nothing_counts_unless_two_say_that_it_does() {
    let later = asking(2, Share::Nothing);
    let now = |more: &[(&str, &str)]| now(&later, &[&LOST[..], more].concat());
    assert_eq!(now(&[]), Unheard);
    for (word, becomes) in [("confirmed:{}", Confirmed), ("less:{}", Narrowed)] {
        assert_eq!(now(&[("mia", word)]), Unheard, "one alone undoes nothing");
        assert_eq!(now(&[("mia", word), ("ned", word)]), becomes);
    }
    let wishes = wishes(&first(Share::All).letter, &[&later], &by([]));
    assert_eq!(wishes.asked, [Less]);
}

#[test]
fn nobody_says_so_alone_nor_whom_the_letter_names_and_each_takes_back_their_own_word() {
    let later = asking(2, Share::Nothing);
    assert_eq!(now(&later, &LOST[..1]), Less);
    assert_eq!(now(&later, &[LOST[0], LOST[0]]), Less);
    assert_eq!(now(&later, &[LOST[0], LOST[1], ("pam", "-code-lost")]), Unheard);
    assert_eq!(now(&later, &[LOST[0], LOST[1], ("ned", "-code-lost")]), Less);
    let named = tip(3, &key(1), |answers| answers.exclude_text = Some("officer Ned".into()));
    assert_eq!(now(&named, &LOST), Less);
    assert_eq!(now(&named, &[LOST[0], LOST[1], ("pam", CODE_LOST)]), Unheard);
}

#[test]
fn whoever_has_left_says_nothing() {
    let later = asking(2, Share::Nothing);
    let label = || Kind::Label { add: vec![CODE_LOST.to_owned()], remove: Vec::new() };
    let leave = Kind::Recuse { reason: String::new(), whole_agency: false };
    let asked = |said: Vec<(&str, Kind)>| wishes(&first(Share::All).letter, &[&later], &by(said)).asked[0];
    assert_eq!(asked(vec![("mia", label()), ("ned", leave), ("ned", label())]), Less);
    assert_eq!(asked(vec![("mia", label()), ("ned", label())]), Unheard);
    assert_eq!(asked(vec![("mia", label()), ("ned", Kind::Note { text: String::new() })]), Less);
}

#[test]
fn what_two_have_decided_one_does_not_confirm() {
    let later = tip(2, &key(1), |answers| answers.exclude_text = Some("everybody".into()));
    let decided = [("mia", "decided:{}"), ("ned", "decided:{}")];
    assert_eq!(now(&later, &[decided[0], decided[1], ("pam", "confirmed:{}")]), Asked::Lifted);
    assert_eq!(now(&later, &[decided[0], ("pam", "confirmed:{}")]), Confirmed);
    assert_eq!(now(&asking(3, Share::All), &[("mia", "decided:{}")]), Nothing, "it asks for what counts");
}
