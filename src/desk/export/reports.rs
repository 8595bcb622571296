//! Reports that a law asks for, as drafts: a person fills in what the tip does not say, and signs. Nothing is sent.

use super::sheet::{Block, field, page, time};
use super::{DRAFT, Head, Subject};
use crate::crypto::letter::YesNo;
use crate::desk::inbox::sign_words;
use crate::desk::inbox::view::basis_words;

const EMPTY: &str = "________";

/// Connecticut DCF-136, the written report of a mandated reporter: the fields that the statute asks for.
pub fn dcf136(tips: &[Subject<'_>], head: &Head<'_>) -> Vec<Block> {
    tips.iter().flat_map(|tip| one(tip, head)).collect()
}

fn one(tip: &Subject<'_>, head: &Head<'_>) -> Vec<Block> {
    let answers = &tip.letter.answers;
    let mut blocks =
        vec![page(tip, format!("DRAFT of DCF-136, report of suspected abuse or neglect: {}", tip.entry.short_id))];
    blocks.push(Block::Note(format!(
        "{DRAFT} The source was told that a report about a person under 18 may have to be made."
    )));
    if let Some(withheld) = tip.withheld {
        blocks.push(Block::Note(withheld.to_owned()));
    }
    let mut section = |title: &str, fields: &[(&str, Option<&str>)]| {
        blocks.push(Block::Heading(title.to_owned()));
        for (name, value) in fields {
            field(&mut blocks, name, Some(value.unwrap_or(EMPTY)));
        }
    };
    let is_minor = answers.minor == Some(YesNo::Yes);
    section(
        "Child",
        &[
            ("name", None),
            ("age or date of birth", is_minor.then_some("under 18, as the source says")),
            ("sex", None),
            ("race", None),
            ("address", None),
            ("where the child is now", answers.place.as_deref()),
            ("siblings", None),
        ],
    );
    section("Parents or caretakers", &[("name", None), ("address", None), ("phone", None)]);
    section(
        "Who is suspected",
        &[
            ("name, or how they look", answers.suspects.as_deref()),
            ("address", None),
            ("phone", None),
            ("relation to the child", None),
        ],
    );
    let signs: Vec<&str> = answers.signs.iter().map(|sign| sign_words(sign)).collect();
    let signs = signs.join("; ");
    section(
        "What happened",
        &[
            ("nature and extent", answers.story.as_deref()),
            ("signs", Some(signs.as_str()).filter(|signs| !signs.is_empty())),
            ("date and time", answers.when.as_deref()),
            ("earlier injuries or neglect", None),
            ("how it came to be known", answers.basis.as_ref().map(basis_words).or(Some("through an anonymous tip"))),
            ("action taken", None),
        ],
    );
    let opened = time(tip.first_opened.unwrap_or(head.now)); // where nobody had, this does
    section(
        "Oral report",
        &[
            ("first opened", Some(&opened)),
            ("date and time of the oral report", None),
            ("name of the worker who took it", None),
        ],
    );
    section(
        "Reporter",
        &[
            ("name and position", Some(head.by)),
            ("agency, address and phone", None),
            ("date", Some(&time(head.now))),
            ("signature", None),
        ],
    );
    blocks
}
