use super::*;
use crate::crypto::event::{Author, Event, EventHash, Kind, NamedEvent, SetStatus};
use crate::crypto::letter::{Answers, Letter, Route};
use crate::desk::cache::{Known, KnownTip, ThreadSecret};
use crate::desk::case::Case;
use crate::desk::inbox::Rules;
use crate::model::agency::AgencyNumber;
use crate::model::hex::Hex;

const NOW: u64 = 1_795_485_599;

pub fn viewer() -> Viewer {
    Viewer { agency: AgencyNumber(0), person: "mia".into(), now: NOW }
}

/// Tips with these answers, whose ids begin with T-00, T-04, T-08 ….
pub fn inbox(all: impl IntoIterator<Item = Answers>) -> Inbox {
    let tips = all.into_iter().zip(0_u8..).map(|(answers, number)| {
        let mut id = [9; 32];
        id[0] = number * 32;
        let readers = vec![AgencyNumber(0), AgencyNumber(1)];
        let mut letter = Letter::new(TipId(id), "2026-11-24T01:45Z".into(), "en".into(), Route::Full, readers);
        letter.answers = answers;
        KnownTip::new(100 - u64::from(number), "2026-11-24".parse().unwrap(), ThreadSecret::new("x"), letter)
    });
    Inbox::new(Known { tips: tips.collect(), ..Known::default() }, viewer(), &Rules::default())
}

/// Writes on the tip at a place.
pub fn write(inbox: &mut Inbox, at: usize, kinds: &[Kind]) {
    let id = inbox.tips[at].tip.letter.id;
    let hash = |number: u8| -> EventHash { Hex([number; 32]) };
    let named = kinds.iter().zip(1_u8..).map(|(what, number)| NamedEvent {
        hash: hash(number),
        event: Event {
            format: 1,
            tip: id,
            author: Author { member: "pam-1".into(), person: "pam".into(), agency: AgencyNumber(1) },
            at: NOW - 600,
            keyring: 0,
            heads: if number == 1 { Vec::new() } else { vec![hash(number - 1)] },
            previous: (number > 1).then(|| hash(number - 1)),
            log: None,
            what: what.clone(),
        },
    });
    *inbox.tips[at].case = Case::fold(id, named);
}

pub fn telling(story: &str) -> Answers {
    Answers { story: Some(story.into()), ..Answers::default() }
}

pub fn state(inbox: Inbox) -> State {
    let mut state = State::new(viewer());
    state.end(Done {
        words: Vec::new(),
        is_ok: true,
        said: Vec::new(),
        look_at: None,
        alike: None,
        known: Some((inbox, AgencyNames::default())),
    });
    state
}

fn three() -> State {
    state(inbox(["blue house", "red house", "green house"].map(telling)))
}

fn key(state: &mut State, code: KeyCode) -> Action {
    state.press(KeyEvent::new(code, KeyModifiers::NONE))
}

pub fn keys(state: &mut State, typed: &str) -> Action {
    let mut last = Action::None;
    for c in typed.chars() {
        last = key(state, if c == '\n' { KeyCode::Enter } else { KeyCode::Char(c) });
    }
    last
}

fn control_c(state: &mut State) -> Action {
    state.press(KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL))
}

fn run(words: &[&str]) -> Action {
    Action::Run(words.iter().map(ToString::to_string).collect())
}

fn id(state: &State) -> String {
    state.selected().unwrap().short_id.clone()
}

fn done(state: &mut State, words: &[&str], is_ok: bool) {
    let words = words.iter().map(ToString::to_string).collect();
    state.end(Done { words, is_ok, said: vec!["said".into()], look_at: None, alike: None, known: None });
}

#[test]
fn whoever_took_a_code_is_told_by_a_look_at_the_whole_tip_and_not_by_one_at_the_list() {
    let code = crate::crypto::letter::Mailbox { id: Hex([1; 32]), token_hash: Hex([2; 32]) };
    let with_code = |story| Answers { mailbox: Some(code.clone()), ..telling(story) };
    let inbox = inbox([telling("no code"), with_code("first"), with_code("second")]);
    let ids = [1, 2].map(|at: usize| inbox.tips[at].tip.letter.id.to_string());
    let mut state = state(inbox);
    assert_eq!(keys(&mut state, "jk"), Action::None, "beside the list");
    assert_eq!(keys(&mut state, "\n"), Action::None, "nobody can be told");
    assert_eq!(keys(&mut state, "j"), run(&["show", &ids[0]]));
    assert_eq!(keys(&mut state, "j"), run(&["show", &ids[1]]));
    assert_eq!(keys(&mut state, "\nk"), Action::None, "beside the list again");
    assert_eq!(keys(&mut state, "\n"), run(&["show", &ids[0]]));
}

#[test]
fn a_tip_that_starts_a_clock_of_the_law_is_opened_by_enter() {
    let mut inbox = inbox([telling("a secret story")]);
    inbox.tips[0].starting = vec![("by phone".into(), 12)];
    let id = inbox.tips[0].tip.letter.id.to_string();
    let mut state = state(inbox);
    assert_eq!(state.press(KeyEvent::from(KeyCode::Enter)), Action::Run(vec!["show".into(), id]));
    assert!(!state.is_wide);
}

#[test]
fn one_moves_through_the_list_and_never_beyond_it() {
    let mut state = three();
    let at = |state: &mut State, typed: &str| {
        keys(state, typed);
        state.at
    };
    assert_eq!([at(&mut state, "k"), at(&mut state, "j"), at(&mut state, "jjj")], [0, 1, 2]);
    assert_eq!([at(&mut state, "g"), at(&mut state, "G"), at(&mut state, "k")], [0, 2, 1]);
    key(&mut state, KeyCode::Down);
    assert_eq!(state.at, 2);
    let mut empty = self::state(inbox([]));
    assert_eq!(keys(&mut empty, "jkGgcwx\n"), Action::None);
    assert!(empty.selected().is_none() && empty.mode == Mode::Look);
}

#[test]
fn a_key_runs_the_command_of_its_name_on_the_tip_that_is_looked_at() {
    let mut state = three();
    let (one, _) = (id(&state), keys(&mut state, "j"));
    let two = id(&state);
    assert_ne!(one, two);
    assert_eq!(keys(&mut state, "c"), run(&["claim", &two]));
    assert_eq!(keys(&mut state, "r"), run(&["release", &two]));
    assert_eq!(keys(&mut state, "n"), run(&["next", "--json"]));
    assert_eq!(keys(&mut state, "."), Action::Reload);
    assert_eq!(keys(&mut state, "wq ?x\n"), run(&["note", &two, "--message=q ?x"]));
    assert_eq!(keys(&mut state, "st"), run(&["status", &two, "--to=acting"]));
    assert_eq!(keys(&mut state, "lmotel -old\n"), run(&["label", &two, "--add=motel", "--remove=old"]));
}

#[test]
fn severe_things_take_more_than_a_key_and_escape_leaves_each_question() {
    let mut state = three();
    let id = id(&state);
    assert_eq!(keys(&mut state, "scdn"), Action::None, "n is no yes");
    assert!(matches!(state.mode, Mode::Ask(..)));
    assert_eq!(key(&mut state, KeyCode::Esc), Action::None);
    assert_eq!(state.mode, Mode::Look);
    assert_eq!(keys(&mut state, "scdy"), run(&["status", &id, "--to=closed", "--reason=duplicate"]));
    assert_eq!(keys(&mut state, "xconflict\ny\n"), Action::None);
    assert!(state.is_failure, "{:?}", state.said);
    for _ in 0..2 {
        key(&mut state, KeyCode::Backspace);
    }
    let typed = format!("{}\n", id.to_lowercase());
    assert_eq!(keys(&mut state, &typed), run(&["recuse", &id, "--reason=conflict", &format!("--confirm={id}")]));
}

#[test]
fn what_was_done_is_taken_back_once_and_what_failed_is_not() {
    let mut state = three();
    let id = id(&state);
    assert_eq!(keys(&mut state, "u"), Action::None);
    done(&mut state, &["claim", &id], true);
    done(&mut state, &["label", &id, "--add=a"], true);
    done(&mut state, &["note", &id, "--message=x"], true);
    done(&mut state, &["claim", &id], false);
    assert_eq!(keys(&mut state, "u"), run(&["label", &id, "--remove=a"]));
    done(&mut state, &["label", &id, "--remove=a"], false);
    assert_eq!(keys(&mut state, "u"), run(&["label", &id, "--remove=a"]), "it did not work, and can be tried again");
    done(&mut state, &["label", &id, "--remove=a"], true);
    assert_eq!(keys(&mut state, "u"), run(&["release", &id]));
    assert_eq!(keys(&mut state, "u"), Action::None);
}

#[test]
fn while_something_is_done_one_types_on_and_control_c_stops_it() {
    let mut state = three();
    let id = id(&state);
    state.begin(&run(&["claim", &id]));
    assert_eq!(keys(&mut state, "wjust cg\n"), run(&["note", &id, "--message=just cg"]), "words are words");
    state.begin(&run(&["note", &id, "--message=just cg"]));
    assert_eq!((keys(&mut state, "u"), state.busy.len()), (Action::None, 2));
    assert!(state.said[0].contains("Ctrl-C"));
    assert_eq!(control_c(&mut state), Action::Stop);
    done(&mut state, &["claim", &id], true);
    done(&mut state, &["note", &id, "--message=just cg"], false);
    assert_eq!(control_c(&mut state), Action::Quit);
    assert_eq!(keys(&mut state, "q"), Action::Quit);
}

#[test]
fn what_is_pasted_is_typed_where_words_are_asked_for_and_pressed_nowhere() {
    let mut state = three();
    let id = id(&state);
    state.paste("xq\nc");
    assert_eq!(state.mode, Mode::Look);
    keys(&mut state, "w");
    state.paste("two\nlines\u{1b}[2J");
    assert_eq!(keys(&mut state, "\n"), run(&["note", &id, "--message=two lines [2J"]));
    keys(&mut state, "sc");
    state.paste("jy");
    assert!(matches!(&state.mode, Mode::Ask(_, typed) if typed.is_empty()));
}

#[test]
fn a_search_lists_what_it_finds_and_a_wrong_one_stays_to_be_mended() {
    let mut state = three();
    keys(&mut state, "/red\n");
    assert!(state.selected().unwrap().tip.letter.answers.story.as_deref() == Some("red house"), "{:?}", state.listed);
    key(&mut state, KeyCode::Esc);
    assert_eq!(state.listed.len(), 3);
    keys(&mut state, "/(red\n");
    assert!(state.is_failure && state.mode == Mode::Search("(red".into()));
}

#[test]
fn closed_ones_are_listed_when_they_are_asked_for() {
    let mut inbox = inbox(["one", "two"].map(telling));
    let closed = Kind::Status { status: SetStatus::Closed, reason: None, text: None };
    write(&mut inbox, 1, &[Kind::Opened { letter: Hex([0; 32]) }, closed]);
    assert!(!inbox.tips[1].is_done(&inbox.viewer), "another agency closed it, and nobody here has seen it");
    inbox.viewer.agency = AgencyNumber(1);
    let mut state = state(inbox);
    assert_eq!(state.listed.len(), 1);
    keys(&mut state, "t");
    assert_eq!(state.listed.len(), 2);
}

#[test]
fn what_came_meanwhile_moves_nobody_to_another_tip() {
    let mut state = three();
    keys(&mut state, "j");
    let (before, story) = (id(&state), state.selected().unwrap().tip.letter.answers.story.clone());
    let more = inbox(["blue house", "red house", "green house", "new"].map(telling));
    let mut more = more;
    more.tips.rotate_right(1);
    state.end(Done {
        words: Vec::new(),
        is_ok: true,
        said: Vec::new(),
        look_at: None,
        alike: None,
        known: Some((more, AgencyNames::default())),
    });
    assert_eq!((id(&state), state.selected().unwrap().tip.letter.answers.story.clone()), (before, story));
}

#[test]
fn help_is_left_with_any_key_which_does_nothing_else() {
    let mut state = three();
    keys(&mut state, "?");
    assert_eq!(state.mode, Mode::Help);
    assert_eq!(keys(&mut state, "q"), Action::None);
    assert_eq!(state.mode, Mode::Look);
}

/// A state in which every key has something to do: the tip is offered to us, and a colleague of another agency has asked to
/// cross a wish.
fn busy() -> State {
    let mut inbox = inbox([telling("blue house")]);
    let offer = Kind::offer_of_all(AgencyNumber(0));
    let crossing = Kind::Override {
        wish: "none".into(),
        verb: "refer-all".into(),
        to: Some("agency 2".into()),
        reason: "a life".into(),
    };
    write(&mut inbox, 0, &[Kind::Opened { letter: Hex([0; 32]) }, offer, crossing]);
    let mut state = state(inbox);
    state.names = AgencyNames::of_numbers([(AgencyNumber(0), "us"), (AgencyNumber(1), "police")]);
    state
}

/// The verb that a key gives, and whether it asks first.
fn verb(state: &mut State, key: char) -> Option<(String, bool)> {
    match (keys(state, &key.to_string()), state.mode.clone()) {
        (Action::Run(words), _) => Some((words[0].clone(), false)),
        (_, Mode::Ask(flow, _)) => Some((flow.words()[0].clone(), true)),
        _ => None,
    }
}

#[test]
fn all_that_keys_do_are_commands_that_can_be_typed_and_the_help_names_each_key() {
    use crate::desk::cli::Cli;
    use crate::desk::tui::keys::{HELP, KEYS};
    use clap::CommandFactory as _;
    let command = Cli::command();
    let is_verb = |verb: &str| command.get_subcommands().any(|known| known.get_name() == verb);
    for pressed in (' '..='~').filter(|key| *key != '.') {
        let listed = KEYS.iter().find(|key| key.key == pressed);
        let Some((verb, _)) = verb(&mut busy(), pressed) else {
            assert!(listed.is_none(), "{pressed} does nothing");
            continue;
        };
        assert!(is_verb(&verb), "{pressed} does {verb}, which nobody can type");
        assert!(listed.is_some_and(|key| key.verbs.contains(&verb.as_str())), "{pressed} does {verb}");
    }
    for key in &KEYS {
        assert!(key.verbs.iter().all(|verb| is_verb(verb)));
        let is_named = |keys: &str| keys.split(", ").any(|name| name == key.key.to_string());
        assert!(HELP.iter().any(|(keys, _)| is_named(keys)), "{} is not in the help", key.key);
    }
    for (keys, what) in HELP {
        assert!(18 + what.chars().count() <= 80 && keys.len() <= 16, "{keys}: {what}");
    }
}

#[test]
fn danger_is_confirmed_as_much_as_it_is_severe() {
    let id = id(&busy());
    let confirmed = format!("--confirm={id}");
    for (typed, verb) in
        [("dnot ours\n", "decline"), ("Dold\n", "delete"), ("V", "countersign"), ("xknown\n", "recuse")]
    {
        let mut state = busy();
        assert_eq!(keys(&mut state, typed), Action::None, "{verb} asks for the id");
        assert_eq!(keys(&mut state, "y\n"), Action::None, "a yes is not enough for {verb}");
        key(&mut state, KeyCode::Backspace);
        let Action::Run(words) = keys(&mut state, &format!("{id}\n")) else { panic!("{verb} is not run") };
        assert!(words[0] == verb && words.contains(&confirmed), "{words:?}");
    }
}

#[test]
fn wishes_are_asked_before_words_and_an_offer_takes_a_yes() {
    let mut state = busy();
    let id = id(&state);
    let dry = ["refer", &id, "--to=1", "--share=facts", "--purpose=-", "--reason=-", "--dry-run"];
    assert_eq!(keys(&mut state, "f1f"), run(&dry));
    assert_eq!(keys(&mut state, "the\n"), Action::None, "what is typed meanwhile waits");
    done(&mut state, &dry, false);
    assert_eq!((&state.mode, state.is_failure, state.said[0].as_str()), (&Mode::Refused, true, "said"));
    assert_eq!(keys(&mut state, "y have nchu"), Action::None, "words of an answer are no commands");
    assert_eq!((&state.mode, state.said[0].as_str()), (&Mode::Refused, "said"));
    key(&mut state, KeyCode::Enter);
    assert_eq!(state.mode, Mode::Look);
    keys(&mut state, "f1f");
    keys(&mut state, "l");
    done(&mut state, &["note", &id], true);
    assert!(matches!(state.mode, Mode::Ask(..)), "something else came to its end");
    done(&mut state, &dry, true);
    assert_eq!(keys(&mut state, "ook\nyes\nn"), Action::None);
    let words = ["refer", &id, "--to=1", "--share=facts", "--purpose=look", "--reason=yes", "--yes"];
    assert_eq!(keys(&mut state, "y"), run(&words));
}

#[test]
fn what_makes_no_sense_here_is_said_and_not_asked() {
    let mut state = three();
    for typed in ["y", "d", "V", "f"] {
        assert_eq!(keys(&mut state, typed), Action::None);
        assert!(state.mode == Mode::Look && state.is_failure, "{typed}");
    }
}

#[test]
fn tips_that_are_like_one_are_listed_until_escape() {
    let mut state = three();
    let (one, two) = (state.inbox.tips[0].tip.letter.id, state.inbox.tips[2].tip.letter.id);
    let words = vec!["similar".into(), id(&state), "--json".into()];
    let alike = Some((id(&state), vec![one, two]));
    state.end(Done { words, is_ok: true, said: vec![], look_at: None, alike, known: None });
    assert_eq!(state.listed, [0, 2]);
    key(&mut state, KeyCode::Esc);
    assert_eq!(state.listed.len(), 3);
}

#[test]
fn the_viewers_own_offer_and_mark_can_be_taken_back_and_nobody_elses() {
    let mut state = busy();
    let id = id(&state);
    let redact = || Kind::Redact { fields: vec!["story".into()], spans: vec![], reason: None };
    write(&mut state.inbox, 0, &[Kind::Opened { letter: Hex([0; 32]) }, redact()]);
    done(&mut state, &["redact", &id, "--field=story"], true);
    assert_eq!(keys(&mut state, "u"), Action::None, "pam wrote it");
    state.inbox.viewer.person = "pam".into();
    done(&mut state, &["redact", &id, "--field=story"], true);
    assert_eq!(keys(&mut state, "u"), run(&["withdraw", &id, "02020202"]));
}
