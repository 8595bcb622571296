use super::*;
use crate::desk::cli::Cli;
use clap::Parser as _;

/// Answers until the command is whole.
fn whole(mut flow: Flow, answers: &[&str]) -> Vec<String> {
    for (at, answer) in answers.iter().enumerate() {
        match flow.answer(answer) {
            Answered::More(next) => flow = next,
            Answered::Whole(words) => {
                assert_eq!(at + 1, answers.len(), "{words:?} came too early");
                return words;
            }
            Answered::No(_, why) => panic!("{answer}: {why}"),
        }
    }
    panic!("it asks for more")
}

fn is_a_command(words: &[String]) {
    let all = ["desk".to_owned()].into_iter().chain(words.iter().cloned());
    assert!(Cli::try_parse_from(all).is_ok(), "{words:?}");
}

#[test]
fn what_comes_out_is_a_command_as_it_would_be_typed() {
    let id = "T-7K3M";
    let agencies = vec![('1', "1".to_owned(), "the police".to_owned())];
    let Answered::More(refer) = Flow::refer(id, agencies).answer("1") else { panic!("it asks how much") };
    let Answered::More(refer) = refer.answer("f") else { panic!("it asks the wishes") };
    let Answered::More(all) = Flow::refer(id, vec![('1', "1".to_owned(), "the police".to_owned())]).answer("1") else {
        panic!("it asks how much")
    };
    let Answered::More(all) = all.answer("a") else { panic!("it asks the wishes") };
    assert_eq!(whole(all.clone().allowed(), &["look", "yes", id]).last().unwrap(), "--confirm=T-7K3M");
    let flows: [(Flow, &[&str]); 24] = [
        (all.allowed(), &["look into it", "they said all", id]),
        (Flow::note(id), &["--lift -m \"x\" $(y)"]),
        (Flow::label(id), &["motel +route-5 -old"]),
        (Flow::status(id), &["t"]),
        (Flow::status(id), &["c", "d", "Y"]),
        (Flow::priority(id), &["1", "she is moved tonight"]),
        (Flow::link(id), &["T-9QXA", "s"]),
        (Flow::assign(id), &["ned"]),
        (Flow::hold(id, false), &["case 26-114"]),
        (Flow::hold(id, true), &["over", "y"]),
        (Flow::recuse(id), &["I know him", "t-7k3m"]),
        (Flow::grade(id), &["c", "the plate"]),
        (Flow::outcome(id), &["c", ""]),
        (Flow::outcome(id), &["c", "two counts"]),
        (refer.allowed(), &["look into it", "they said yes", "y"]),
        (Flow::accept(id), &[""]),
        (Flow::accept(id), &["Ned, 555-0100"]),
        (Flow::refuse("decline", id), &["not ours", id]),
        (Flow::refuse("return", id), &["not ours", id]),
        (Flow::redact(id), &["w", "my cousin", "names the source"]),
        (Flow::redact(id), &["f", "l", ""]),
        (Flow::delete(id), &["the source asked for it", id]),
        (Flow::object(id, None), &["our case needs it"]),
        (Flow::countersign(id, "3f9a12c4", "share"), &[id]),
    ];
    for (flow, answers) in flows {
        is_a_command(&whole(flow, answers));
    }
    assert_eq!(
        whole(Flow::status(id), &["c", "d", "y"]),
        ["status", id, "--to=closed", "--reason=duplicate"].map(str::to_owned)
    );
}

#[test]
fn every_choice_is_one_that_its_command_takes() {
    for (flow, before, choices) in
        [(Flow::priority("T-7K3M"), "", &LEVELS[..]), (Flow::status("T-7K3M"), "--to=", &STATUSES[..3])]
    {
        for (_, word, _) in choices {
            let mut words = [flow.words(), &[format!("{before}{word}")]].concat();
            words.extend(flow.steps.iter().skip(1).map(|_| "--reason=x".to_owned()));
            is_a_command(&words);
        }
    }
    for (_, word, _) in REASONS {
        is_a_command(&["status", "T-7K3M", "--to=closed", &format!("--reason={word}")].map(str::to_owned));
    }
    for (_, word, _) in CHECKED {
        is_a_command(&["grade", "T-7K3M", word, "--message=x"].map(str::to_owned));
    }
    for (_, word, _) in OUTCOMES {
        is_a_command(&["outcome", "T-7K3M", word].map(str::to_owned));
    }
    for (_, word, what) in fields() {
        assert!(!what.is_empty(), "{word} is not explained");
        is_a_command(&["redact", "T-7K3M", &format!("--field={word}")].map(str::to_owned));
    }
    for (_, word, _) in LINKS {
        is_a_command(&["link", "T-7K3M", "T-9QXA", &format!("--as={word}")].map(str::to_owned));
    }
}

#[test]
fn leaving_a_tip_takes_its_id_and_closing_one_a_yes() {
    let Answered::More(leave) = Flow::recuse("T-7K3M").answer("conflict") else { panic!("it asks for the id") };
    for wrong in ["", "y", "T-7K3", "T-9QXA"] {
        assert!(matches!(leave.clone().answer(wrong), Answered::No(..)), "{wrong}");
    }
    let Answered::More(close) = Flow::status("T-7K3M").answer("c") else { panic!("it asks why") };
    let Answered::More(close) = close.answer("j") else { panic!("it asks for a yes") };
    for wrong in ["", "n", "yes please"] {
        assert!(matches!(close.clone().answer(wrong), Answered::No(..)), "{wrong}");
    }
}

#[test]
fn an_answer_that_is_none_loses_nothing() {
    let flow = Flow::priority("T-7K3M");
    let Answered::No(same, _) = flow.clone().answer("9") else { panic!("9 is no level") };
    assert_eq!(same, flow);
    assert!(matches!(Flow::note("T-7K3M").answer("  "), Answered::No(..)));
}

#[test]
fn what_can_be_taken_back_is_and_twice_is_as_before() {
    for words in [
        &["claim", "T-7K3M"][..],
        &["release", "T-7K3M"],
        &["label", "T-7K3M", "--add=a", "--remove=b"],
        &["link", "T-7K3M", "T-9QXA", "--as=duplicate"],
    ] {
        let words: Vec<String> = words.iter().map(ToString::to_string).collect();
        let back = undo(&words).unwrap();
        is_a_command(&back);
        assert_ne!(back, words);
        assert_eq!(undo(&back).unwrap(), words);
    }
    for words in [&["note", "T-7K3M"], &["recuse", "T-7K3M"], &["status", "T-7K3M"], &["hold", "T-7K3M"]] {
        assert_eq!(undo(&words.map(str::to_owned)), None);
    }
}

#[test]
fn what_the_source_asked_for_is_looked_at_before_anything_is_typed_and_nothing_goes_on_without() {
    let agencies = vec![('2', "2".to_owned(), "the police".to_owned())];
    let flow = Flow::refer("T-7K3M", agencies);
    assert_eq!(flow.dry_run(), None, "whom it goes to comes first");
    let Answered::More(flow) = flow.answer("2") else { panic!("it asks how much") };
    let Answered::More(flow) = flow.answer("a") else { panic!("it asks the wishes") };
    let dry = flow.dry_run().unwrap();
    assert!(dry.contains(&"--dry-run".to_owned()) && !dry.iter().any(|word| word.contains("override")), "{dry:?}");
    is_a_command(&dry);
    assert_eq!(undo(&dry), None);
    assert!(matches!(flow.clone().answer("y"), Answered::No(..)));
    assert!(matches!(flow.allowed().step(), Some(Step::Text { .. })));
}

#[test]
fn an_agency_is_typed_where_there_are_more_than_a_screen_shows() {
    let agencies = (0..63).map(|number: u16| (' ', number.to_string(), "the police".to_owned())).collect();
    let Answered::More(flow) = Flow::refer("T-7K3M", agencies).answer("harbour police") else {
        panic!("it asks how much")
    };
    let Answered::More(flow) = flow.answer("a") else { panic!("it asks the wishes") };
    let dry = flow.dry_run().unwrap();
    assert!(dry.contains(&"--to=harbour police".to_owned()), "{dry:?}");
    is_a_command(&dry);
}
