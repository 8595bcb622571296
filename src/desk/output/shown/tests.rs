use super::*;
use proptest::prelude::*;

/// What USERS.md C1 forbids by name, written down apart from the table under test.
fn is_forbidden(c: char) -> bool {
    let code = u32::from(c);
    code < 0x20
        || (0x7f..0xa0).contains(&code)
        || (0x202a..=0x202e).contains(&code)
        || (0x2066..=0x2069).contains(&code)
        || (0x200b..=0x200f).contains(&code)
        || [0x2028, 0x2029, 0xfeff, 0xad, 0x61c, 0x180e, 0xe0001].contains(&code)
        || (0xe0020..=0xe007f).contains(&code)
        || code & 0xfffe == 0xfffe
}

fn hostile() -> impl Strategy<Value = String> {
    let nasty = "\u{1b}[2J\u{9b}31m\u{202e}\u{2066}\u{200b}\u{feff}\u{2028}\r\n\t\u{7f}\u{e0041}\u{ffff}\u{10ffff}a ";
    let one = prop_oneof![any::<char>(), prop::sample::select(nasty.chars().collect::<Vec<_>>())];
    prop::collection::vec(one, 0..60).prop_map(|chars| chars.into_iter().collect())
}

proptest! {
    #[test]
    fn nothing_that_a_terminal_obeys_comes_out(text in hostile(), width in 0_usize..40) {
        let shown = Shown::new(&text);
        let mut all = vec![shown.clone(), shown.cut_to(width)];
        all.extend(shown.wrap(width));
        all.extend(Shown::lines(&text));
        for shown in all {
            prop_assert!(!shown.as_str().chars().any(is_forbidden), "{:?}", shown);
        }
    }

    #[test]
    fn json_reads_back_to_the_exact_text_and_holds_nothing_raw(text in hostile()) {
        let printed = json(&serde_json::json!({ "story": text }));
        prop_assert!(!printed.chars().any(is_forbidden), "{:?}", printed);
        let back: serde_json::Value = serde_json::from_str(&printed).unwrap();
        prop_assert_eq!(back["story"].as_str(), Some(text.as_str()));
    }

    #[test]
    fn showing_twice_changes_nothing_more(text in hostile()) {
        let once = Shown::new(&text);
        prop_assert_eq!(Shown::new(once.as_str()), once);
    }

    #[test]
    fn wrapped_lines_fit_and_lose_no_letter(text in "[a-z ]{0,80}", width in 1_usize..20) {
        let lines = Shown::new(&text).wrap(width);
        prop_assert!(lines.iter().all(|line| line.width() <= width), "{:?}", lines);
        let joined: String = lines.iter().flat_map(|line| line.as_str().chars()).filter(|c| *c != ' ').collect();
        prop_assert_eq!(joined, text.replace(' ', ""));
    }

    #[test]
    fn a_cut_text_fits(text in any::<String>(), width in 1_usize..20) {
        prop_assert!(Shown::new(&text).cut_to(width).width() <= width);
    }
}

#[test]
fn what_is_written_out_can_be_read() {
    assert_eq!(Shown::new("a\u{1b}[31mb\u{202e}c\n").as_str(), "a\\u{1b}[31mb\\u{202e}c\\n");
    assert_eq!(Shown::new("señora 兄 ❤\u{fe0f}").as_str(), "señora 兄 ❤\u{fe0f}");
}

#[test]
fn a_pile_of_marks_does_not_reach_the_lines_around_it() {
    let pile = format!("a{}", "\u{301}".repeat(50));
    assert_eq!(Shown::new(&pile).as_str().matches('\u{301}').count(), MAX_STACKED_MARKS);
}

#[test]
fn wide_characters_count_as_two_columns() {
    let shown = Shown::new("兄兄兄");
    assert_eq!(shown.width(), 6);
    assert_eq!(shown.cut_to(5).as_str(), "兄兄…");
    assert_eq!(shown.wrap(4).iter().map(Shown::as_str).collect::<Vec<_>>(), ["兄兄", "兄"]);
}

proptest! {
    #[test]
    fn the_beginning_of_a_text_is_what_is_left_when_all_of_it_is_cut(text in "(\\PC|[\u{300}\u{1b}\u{202e}a-c]){0,120}", width in 1_usize..30) {
        prop_assert_eq!(Shown::beginning(&text, width), Shown::new(&text).cut_to(width));
    }
}

#[test]
fn the_beginning_of_a_long_text_is_found_without_looking_at_the_rest() {
    let long = "\u{1b}".repeat(262_144);
    assert_eq!(Shown::beginning(&long, 20).width(), 20);
}
