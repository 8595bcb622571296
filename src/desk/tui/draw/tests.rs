use super::super::state::tests::{inbox, keys as press, state, telling, write};
use super::*;
use crate::crypto::event::Kind;
use crate::crypto::letter::{Answers, Urgency, YesNo};
use crate::desk::output::is_obeyed;
use crate::model::hex::Hex;
use ratatui::Terminal;
use ratatui::backend::TestBackend;

const HOSTILE: &str = "\u{1b}]52;c;ZXZpbA==\u{7}\u{202e}txt.exe\u{2066}\u{200b}\u{feff}\u{9b}2J\r\nsecond line\t日本語 e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}";

fn hostile() -> State {
    let all = Answers {
        story: Some(HOSTILE.repeat(3)),
        urgency: Some(Urgency::Other(HOSTILE.into())),
        exclude_text: Some(HOSTILE.into()),
        place: Some(HOSTILE.into()),
        signs: vec![HOSTILE.into()],
        ..Answers::default()
    };
    let minor = Answers { urgency: Some(Urgency::Now), minor: Some(YesNo::Yes), ..telling("She is in the blue house") };
    let many = (0..5).map(|number| telling(&format!("number {number}")));
    let mut inbox = inbox([all, minor].into_iter().chain(many));
    let at = inbox.tips.iter().position(|entry| entry.tip.letter.answers.exclude_text.is_some()).unwrap();
    let label = Kind::Label { add: vec![HOSTILE.into()], remove: Vec::new() };
    write(&mut inbox, at, &[Kind::Opened { letter: Hex([0; 32]) }, Kind::Note { text: HOSTILE.into() }, label]);
    inbox.tips.swap(0, at);
    state(inbox)
}

fn screen(state: &mut State, width: u16, height: u16) -> String {
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    terminal.draw(|frame| draw(state, frame.area(), frame.buffer_mut(), Colours(true))).unwrap();
    let buffer = terminal.backend().buffer();
    let mut text = String::new();
    for y in 0..height {
        let mut line = String::new();
        let mut skip = 0;
        for x in 0..width {
            let symbol = buffer[(x, y)].symbol();
            if skip == 0 {
                line.push_str(symbol);
                skip = Shown::new(symbol).width().max(1);
            }
            skip -= 1;
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// The four screens that are looked at when something changes.
fn screens() -> [(&'static str, String); 5] {
    let mut asking = hostile();
    press(&mut asking, "xconflict\n");
    let mut help = hostile();
    press(&mut help, "?");
    let mut closing = hostile();
    press(&mut closing, "sc");
    [
        ("80x24", screen(&mut hostile(), 80, 24)),
        ("200x60", screen(&mut hostile(), 200, 60)),
        ("80x24-leaving", screen(&mut asking, 80, 24)),
        ("80x24-closing", screen(&mut closing, 80, 24)),
        ("80x24-help", screen(&mut help, 80, 24)),
    ]
}

fn path(name: &str) -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/screens/{name}.txt"))
}

#[test]
fn no_word_is_shown_of_a_tip_whose_opening_starts_a_clock_of_the_law() {
    for width in [80, 200] {
        let mut inbox = inbox([telling("a secret story")]);
        inbox.tips[0].starting = vec![("by phone".into(), 12)];
        let shown = screen(&mut state(inbox), width, 24);
        assert!(!shown.contains("secret"), "{shown}");
        assert!(shown.contains("by phone (within 12 h)") && shown.contains("press Enter"), "{shown}");
    }
}

#[test]
fn the_screens_are_as_they_were_last_looked_at() {
    for (name, now) in screens() {
        let before = std::fs::read_to_string(path(name)).unwrap_or_default();
        assert_eq!(now, before, "{name}: look at it; if it is right, run the ignored test writes_the_screens");
    }
}

#[test]
#[ignore = "It writes the pictures of the screens anew, and is run by hand once someone has looked at them."]
fn writes_the_screens() {
    std::fs::create_dir_all(path("x").parent().unwrap()).unwrap();
    for (name, now) in screens() {
        std::fs::write(path(name), now).unwrap();
    }
}

#[test]
fn no_text_of_others_reaches_a_cell_as_a_terminal_would_obey_it() {
    for (width, height) in [(80, 24), (200, 60), (40, 10), (20, 5), (1, 1)] {
        let mut state = hostile();
        for typed in ["", "\n", "\n", "?", "?", "w\u{202e}\u{1b}", "\nx", "\u{1b}x\n"] {
            press(&mut state, typed);
            for c in screen(&mut state, width, height).chars() {
                assert!(c == '\n' || !is_obeyed(c), "{width}x{height} {typed:?}: {c:?}");
            }
        }
    }
}

#[test]
fn what_matters_is_said_in_words_where_there_is_no_colour() {
    let mut state = hostile();
    press(&mut state, "j");
    let area = Rect::new(0, 0, 80, 24);
    let mut buffer = Buffer::empty(area);
    draw(&mut state, area, &mut buffer, Colours(false));
    assert!(buffer.content.iter().all(|cell| cell.fg == Color::Reset && cell.bg == Color::Reset));
    let text = screen(&mut state, 80, 24);
    for words in ["> T-", "RIGHT NOW", "NOW", "minor"] {
        assert!(text.contains(words), "{words}: {text}");
    }
}

#[test]
fn a_long_tip_says_how_much_is_below_and_space_goes_there() {
    let story = (0..100).map(|line| format!("line {line}")).collect::<Vec<_>>().join("\n");
    let mut state = state(inbox([telling(&story)]));
    let first = screen(&mut state, 80, 24);
    assert!(first.contains("more lines: space") && !first.contains("line 99"), "{first}");
    for _ in 0..20 {
        press(&mut state, " ");
        screen(&mut state, 80, 24);
    }
    let last = screen(&mut state, 80, 24);
    assert!(last.contains("line 99") && !last.contains("more lines"), "{last}");
}

#[test]
fn every_tip_of_a_long_list_can_be_reached_and_is_seen_then() {
    let mut state = state(inbox((0..8).map(|number| telling(&format!("story {number}")))));
    for _ in 0..8 {
        assert!(screen(&mut state, 80, 8).lines().any(|line| line.starts_with("> T-")));
        press(&mut state, "j");
    }
    press(&mut state, "t/story\n");
    assert!(screen(&mut state, 80, 24).contains("search: story"));
}
