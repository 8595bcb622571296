//! What is asked before a command is run, step by step, until its words are whole. Pure.

use choices::{CHECKED, Fixed, LEVELS, LINKS, MARKS, OUTCOMES, REASONS, SHARES, STATUSES, fields, owned};
use std::collections::VecDeque;

mod choices;

pub use choices::Choice;

/// As many choices as stand on a small screen beside a question.
const MAX_PICKED: usize = 16;

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
        /// Whether it may be left empty.
        is_optional: bool,
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
        choices: Vec<Choice>,
    },
    /// A yes.
    Yes {
        /// The question.
        question: String,
        /// How the command is told that it was said.
        flag: Option<&'static str>,
    },
    /// The tip's id, typed once more.
    Id {
        /// The question.
        question: String,
        /// What must be typed.
        wanted: String,
    },
    /// Nobody is asked: the command says by itself, with a dry run, whether the source's wishes allow it.
    Wishes,
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

    /// `desk grade`.
    pub fn grade(id: &str) -> Self {
        Self::new(
            &["grade", id],
            [pick("what came of the check", "", &CHECKED), text("what was checked", "--message=")],
        )
    }

    /// `desk outcome`.
    pub fn outcome(id: &str) -> Self {
        let steps = [pick("what became of the case", "", &OUTCOMES), optional("in your own words", "--message=")];
        Self::new(&["outcome", id], steps)
    }

    /// `desk link`.
    pub fn link(id: &str) -> Self {
        Self::new(&["link", id], [text("id of the other tip", ""), pick("they are", "--as=", &LINKS)])
    }

    /// `desk assign`.
    pub fn assign(id: &str) -> Self {
        Self::new(&["assign", id], [text("colleague of your agency", "--to=")])
    }

    /// `desk refer`, to one of these agencies, which is typed where they are too many to be shown. What the source asked for is
    /// looked at before anything else is typed.
    pub fn refer(id: &str, agencies: Vec<Choice>) -> Self {
        let to = if agencies.len() > MAX_PICKED {
            text("refer to: number of the agency, or a part of its name that no other has", "--to=")
        } else {
            Step::Pick { question: "refer to", before: "--to=", choices: agencies }
        };
        let steps = [
            to,
            pick("share", "--share=", &SHARES),
            Step::Wishes,
            text("what they are to do with it", "--purpose="),
            text("why it may be shared", "--reason="),
            Step::Yes { question: format!("offer {id} to them?"), flag: Some("--yes") },
        ];
        Self::new(&["refer", id], steps)
    }

    /// `desk accept`.
    pub fn accept(id: &str) -> Self {
        Self::new(&["accept", id], [optional("whom may they speak with? empty: you", "--contact=")])
    }

    /// `desk decline` or `desk return`.
    pub fn refuse(verb: &str, id: &str) -> Self {
        let question = "your whole agency will read nothing that comes after, and nobody can undo it".to_owned();
        Self::new(&[verb, id], [text("why", "--reason="), Step::Id { question, wanted: id.to_owned() }])
    }

    /// `desk redact`.
    pub fn redact(id: &str) -> Self {
        Self::new(&["redact", id], [pick("what goes to no other agency", "", &MARKS), optional("why", "--reason=")])
    }

    /// `desk hold`.
    pub fn hold(id: &str, is_held: bool) -> Self {
        if !is_held {
            return Self::new(&["hold", id], [text("why it must not be deleted", "--reason=")]);
        }
        let question = format!("lift the hold? after that two members can have {id} deleted");
        let steps = [text("why it need not be kept any longer", "--reason="), Step::Yes { question, flag: None }];
        Self::new(&["hold", id, "--lift"], steps)
    }

    /// `desk delete`: asks for it, or agrees.
    pub fn delete(id: &str) -> Self {
        let question = "everything of it will be gone, for every agency, 14 days after two have agreed".to_owned();
        Self::new(&["delete", id], [text("why", "--reason="), Step::Id { question, wanted: id.to_owned() }])
    }

    /// `desk object`: to a deletion, or to the override that this event is.
    pub fn object(id: &str, event: Option<&str>) -> Self {
        let words: Vec<&str> = ["object", id].into_iter().chain(event).collect();
        Self::new(&words, [text("why", "--reason=")])
    }

    /// `desk countersign` of an override.
    pub fn countersign(id: &str, event: &str, what: &str) -> Self {
        let question = format!("the source's wish will be crossed once you sign, too: {what}");
        Self::new(&["countersign", id, event], [Step::Id { question, wanted: id.to_owned() }])
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

    /// The command that says whether wishes stand against it, where that is to be asked now. Does nothing.
    pub fn dry_run(&self) -> Option<Vec<String>> {
        let rest = ["--purpose=-", "--reason=-", "--dry-run"].map(str::to_owned);
        (self.step() == Some(&Step::Wishes)).then(|| [&self.words[..], &rest].concat())
    }

    /// Goes on: no wish stands against it.
    #[must_use]
    pub fn allowed(mut self) -> Self {
        self.steps.pop_front_if(|step| *step == Step::Wishes);
        self
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
            Step::Text { is_optional: true, .. } if answer.is_empty() => Ok(()),
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
            Step::Yes { flag, .. } if answer.eq_ignore_ascii_case("y") => {
                self.words.extend(flag.map(str::to_owned));
                Ok(())
            }
            Step::Yes { .. } => Err("y does it, Esc leaves it".into()),
            Step::Id { wanted, .. } if answer.eq_ignore_ascii_case(wanted) => {
                self.words.push(format!("--confirm={wanted}"));
                Ok(())
            }
            Step::Id { wanted, .. } => Err(format!("type {wanted}, or Esc leaves it")),
            Step::Wishes => Err("wait until it is clear what the source allows, or Esc leaves it".into()),
        }
    }

    /// What is severe is asked once more, and what was chosen may ask for something of its own.
    fn after(&mut self, word: &str) {
        match (self.words[0].as_str(), word) {
            ("status", "closed") => {
                let question = format!("close {}?", self.words[1]);
                self.steps.extend([pick("why", "--reason=", &REASONS), Step::Yes { question, flag: None }]);
            }
            ("refer", "all") => {
                let wanted = self.words[1].clone();
                self.steps.pop_back();
                let question = format!("offer {wanted} to them, with any way in which the source can be reached?");
                self.steps.push_back(Step::Id { question, wanted });
            }
            ("redact", "words") => {
                self.words.pop();
                self.steps.push_front(text("words, as they stand in the tip", "--words="));
            }
            ("redact", "field") => {
                self.words.pop();
                self.steps.push_front(Step::Pick { question: "field", before: "--field=", choices: fields() });
            }
            _ => {}
        }
    }
}

const fn text(question: &'static str, before: &'static str) -> Step {
    Step::Text { question, before, is_optional: false }
}

const fn optional(question: &'static str, before: &'static str) -> Step {
    Step::Text { question, before, is_optional: true }
}

fn pick(question: &'static str, before: &'static str, choices: &[Fixed]) -> Step {
    Step::Pick { question, before, choices: owned(choices) }
}

fn label(word: &str) -> String {
    word.strip_prefix('-')
        .map_or_else(|| format!("--add={}", word.strip_prefix('+').unwrap_or(word)), |word| format!("--remove={word}"))
}

/// The command that takes back another, where one does.
pub fn undo(words: &[String]) -> Option<Vec<String>> {
    let verb = words.first()?.as_str();
    let other = |verb: &str| Some([&[verb.to_owned()], &words[1..]].concat());
    let toggled = |flag: &str| {
        let without: Vec<String> = words.iter().filter(|word| *word != flag).cloned().collect();
        Some(if without.len() < words.len() { without } else { [words, &[flag.to_owned()]].concat() })
    };
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
        "link" => toggled("--undo"),
        _ => None,
    }
}

#[cfg(test)]
#[path = "flow/tests.rs"]
mod tests;
