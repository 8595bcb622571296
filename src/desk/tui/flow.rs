//! What is asked before a command is run, step by step, until its words are whole. Pure.

use std::collections::VecDeque;

/// A choice: the key, the word that the command takes, what it means.
pub type Choice = (char, &'static str, &'static str);

const STATUSES: [Choice; 4] = [
    ('n', "new", "nobody works on it yet"),
    ('a', "assessing", "someone looks into it"),
    ('t', "acting", "something is being done"),
    ('c', "closed", "nothing more will be done"),
];
const REASONS: [Choice; 10] = [
    ('a', "acted", "it was acted on"),
    ('r', "referred", "another agency has it"),
    ('d', "duplicate", "another tip tells the same"),
    ('l', "too-little", "too little to go by"),
    ('u', "unfounded", "looked into, and not so"),
    ('n', "not-trafficking", "not about trafficking"),
    ('f', "false", "false on purpose"),
    ('j', "junk", "part of a flood, or empty"),
    ('s', "source-asked", "the source asked for it"),
    ('t', "test", "sent to try the site"),
];
const LEVELS: [Choice; 5] = [
    ('1', "p1", "at once"),
    ('2', "p2", "within the hour"),
    ('3', "p3", "within the day"),
    ('4', "p4", "when there is time"),
    ('r', "rules", "as the rules say"),
];
const LINKS: [Choice; 4] = [
    ('d', "duplicate", "they tell the same"),
    ('s', "same-suspect", "the same suspect"),
    ('v', "same-victim", "the same victim"),
    ('p', "same-place", "the same place"),
];

/// A command whose words are being asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flow {
    /// The words that are known.
    words: Vec<String>,
    steps: VecDeque<Step>,
}

/// One question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Words of one's own; what stands before them in the command.
    Text {
        /// The question.
        question: &'static str,
        /// Such as `--reason=`.
        before: &'static str,
    },
    /// Labels to put on, those with a `-` before them to take off.
    Labels,
    /// One of a few.
    Pick {
        /// The question.
        question: &'static str,
        /// Such as `--to=`.
        before: &'static str,
        /// What there is.
        choices: &'static [Choice],
    },
    /// A yes.
    Yes {
        /// The question.
        question: String,
    },
    /// The tip's id, typed once more.
    Id {
        /// The question.
        question: String,
        /// What must be typed.
        wanted: String,
    },
}

/// What came of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answered {
    /// Another question follows.
    More(Flow),
    /// The command.
    Whole(Vec<String>),
    /// It does not answer the question; why.
    No(Flow, String),
}

impl Flow {
    fn new(words: &[&str], steps: impl IntoIterator<Item = Step>) -> Self {
        Self { words: words.iter().map(ToString::to_string).collect(), steps: steps.into_iter().collect() }
    }

    /// `desk note`.
    pub fn note(id: &str) -> Self {
        Self::new(&["note", id], [text("note, which every reader of the tip sees", "--message=")])
    }

    /// `desk label`.
    pub fn label(id: &str) -> Self {
        Self::new(&["label", id], [Step::Labels])
    }

    /// `desk status`.
    pub fn status(id: &str) -> Self {
        Self::new(&["status", id], [pick("status", "--to=", &STATUSES)])
    }

    /// `desk priority`.
    pub fn priority(id: &str) -> Self {
        Self::new(&["priority", id], [pick("priority", "", &LEVELS), text("why", "--reason=")])
    }

    /// `desk link`.
    pub fn link(id: &str) -> Self {
        Self::new(&["link", id], [text("id of the other tip", ""), pick("they are", "--as=", &LINKS)])
    }

    /// `desk assign`.
    pub fn assign(id: &str) -> Self {
        Self::new(&["assign", id], [text("colleague of your agency", "--to=")])
    }

    /// `desk hold`.
    pub fn hold(id: &str, is_held: bool) -> Self {
        let words: &[&str] = if is_held { &["hold", id, "--lift"] } else { &["hold", id] };
        let question = if is_held { "why it need not be kept any longer" } else { "why it must not be deleted" };
        Self::new(words, [text(question, "--reason=")])
    }

    /// `desk recuse`.
    pub fn recuse(id: &str) -> Self {
        let question = "you will read nothing that comes after, and nobody can undo it".to_owned();
        Self::new(
            &["recuse", id],
            [text("why you leave it", "--reason="), Step::Id { question, wanted: id.to_owned() }],
        )
    }

    /// What is asked now.
    pub fn step(&self) -> Option<&Step> {
        self.steps.front()
    }

    /// What is being done, as it would be typed so far.
    pub fn words(&self) -> &[String] {
        &self.words
    }

    /// Answers what is asked with a line that was typed, or the key of a choice.
    pub fn answer(mut self, answer: &str) -> Answered {
        let Some(step) = self.steps.pop_front() else { return Answered::Whole(self.words) };
        match self.take(&step, answer.trim()) {
            Err(why) => {
                self.steps.push_front(step);
                Answered::No(self, why)
            }
            Ok(()) if self.steps.is_empty() => Answered::Whole(self.words),
            Ok(()) => Answered::More(self),
        }
    }

    fn take(&mut self, step: &Step, answer: &str) -> Result<(), String> {
        match step {
            Step::Text { .. } | Step::Labels if answer.is_empty() => Err("Esc leaves it; nothing was typed yet".into()),
            Step::Text { before, .. } => {
                self.words.push(format!("{before}{answer}"));
                Ok(())
            }
            Step::Labels => {
                self.words.extend(answer.split_whitespace().map(label));
                Ok(())
            }
            Step::Pick { choices, before, .. } => {
                let mut keys = answer.chars();
                let key = keys.next().filter(|_| keys.next().is_none());
                let (_, word, _) = choices
                    .iter()
                    .find(|(choice, ..)| Some(*choice) == key)
                    .ok_or_else(|| "press one of the keys that are shown, or Esc".to_owned())?;
                self.words.push(format!("{before}{word}"));
                self.after(word);
                Ok(())
            }
            Step::Yes { .. } if answer.eq_ignore_ascii_case("y") => Ok(()),
            Step::Yes { .. } => Err("y does it, Esc leaves it".into()),
            Step::Id { wanted, .. } if answer.eq_ignore_ascii_case(wanted) => {
                self.words.push(format!("--confirm={wanted}"));
                Ok(())
            }
            Step::Id { wanted, .. } => Err(format!("type {wanted}, or Esc leaves it")),
        }
    }

    /// What is severe is asked once more.
    fn after(&mut self, word: &str) {
        if self.words[0] == "status" && word == "closed" {
            let question = format!("close {}?", self.words[1]);
            self.steps.extend([pick("why", "--reason=", &REASONS), Step::Yes { question }]);
        }
    }
}

const fn text(question: &'static str, before: &'static str) -> Step {
    Step::Text { question, before }
}

const fn pick(question: &'static str, before: &'static str, choices: &'static [Choice]) -> Step {
    Step::Pick { question, before, choices }
}

fn label(word: &str) -> String {
    word.strip_prefix('-')
        .map_or_else(|| format!("--add={}", word.strip_prefix('+').unwrap_or(word)), |word| format!("--remove={word}"))
}

/// The command that takes back another, where one does.
pub fn undo(words: &[String]) -> Option<Vec<String>> {
    let verb = words.first()?.as_str();
    let other = |verb: &str| Some([&[verb.to_owned()], &words[1..]].concat());
    match verb {
        "claim" => other("release"),
        "release" => other("claim"),
        "label" => {
            let turned = words.iter().map(|word| match word.split_once('=') {
                Some(("--add", label)) => format!("--remove={label}"),
                Some(("--remove", label)) => format!("--add={label}"),
                _ => word.clone(),
            });
            Some(turned.collect())
        }
        "link" if words.iter().any(|word| word == "--undo") => {
            Some(words.iter().filter(|word| *word != "--undo").cloned().collect())
        }
        "link" => Some([words, &["--undo".to_owned()]].concat()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
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
        let flows: [(Flow, &[&str]); 10] = [
            (Flow::note(id), &["--lift -m \"x\" $(y)"]),
            (Flow::label(id), &["motel +route-5 -old"]),
            (Flow::status(id), &["t"]),
            (Flow::status(id), &["c", "d", "Y"]),
            (Flow::priority(id), &["1", "she is moved tonight"]),
            (Flow::link(id), &["T-9QXA", "s"]),
            (Flow::assign(id), &["ned"]),
            (Flow::hold(id, false), &["case 26-114"]),
            (Flow::hold(id, true), &["over"]),
            (Flow::recuse(id), &["I know him", "t-7k3m"]),
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
        for words in [&["note", "T-7K3M"], &["recuse", "T-7K3M"], &["status", "T-7K3M"]] {
            assert_eq!(undo(&words.map(str::to_owned)), None);
        }
    }
}
