//! A case sheet as blocks, before it becomes text or paper.

use super::{Head, Subject, mapping};
use crate::crypto::letter::Contact;
use crate::desk::case::Case;
use crate::desk::fields;
use crate::desk::inbox::thread::tell;
use crate::desk::inbox::{sign_words, view};
use crate::desk::similar::identifiers;

/// Said where nothing is passed on until a member has decided.
pub const WAITING: &str = "Less was asked for since then, and no member has decided: nothing is passed on.";

/// A piece of a sheet. All text may be hostile: each form makes it harmless in its own way.
#[derive(Clone)]
pub enum Block {
    /// Begins a page, with the handling label of what follows.
    Page {
        /// Of the tip or report.
        title: String,
        /// The TLP word.
        handling: String,
        /// Conditions in plain words.
        conditions: Vec<String>,
    },
    /// Begins a section.
    Heading(String),
    /// A name and what it is.
    Field(String, String),
    /// Several lines.
    Text(String),
    /// Said by the tool.
    Note(String),
}

impl Block {
    /// Every text that it shows.
    pub fn texts(&self) -> Vec<&str> {
        match self {
            Self::Page { title, handling, conditions } => {
                [title, handling].into_iter().chain(conditions).map(String::as_str).collect()
            }
            Self::Field(name, value) => vec![name, value],
            Self::Heading(text) | Self::Text(text) | Self::Note(text) => vec![text],
        }
    }
}

/// One sheet for each tip.
pub fn case_sheets(tips: &[Subject<'_>], head: &Head<'_>) -> Vec<Block> {
    tips.iter().flat_map(|tip| case_sheet(tip, head)).collect()
}

fn case_sheet(tip: &Subject<'_>, head: &Head<'_>) -> Vec<Block> {
    let (letter, answers) = (&tip.letter, &tip.letter.answers);
    let mut blocks = vec![page(tip, format!("Case sheet {}", tip.entry.short_id))];
    if let Some(withheld) = tip.withheld {
        blocks.push(Block::Note(withheld.to_owned()));
    }
    asks_now(tip, &mut blocks);
    blocks.push(Block::Heading("What the source asks for".to_owned()));
    let readers: Vec<String> = letter.readers.iter().map(|number| head.names.name(*number)).collect();
    field(&mut blocks, "may read it", Some(readers.join("; ").as_str()).filter(|readers| !readers.is_empty()));
    field(&mut blocks, "must not see it", answers.exclude_text.as_deref());
    field(&mut blocks, "may be shared", Some(view::share(answers.share.as_ref())));
    contact(answers.contact.as_ref(), &mut blocks);
    told(tip, head, &mut blocks);
    blocks.push(Block::Heading("In their own words".to_owned()));
    blocks.push(Block::Text(answers.story.clone().unwrap_or_else(|| "(nothing)".to_owned())));
    if let Some(case) = tip.case {
        work(case, head, &mut blocks);
    }
    let to = head.to.map(|to| format!(" for {to}")).unwrap_or_default();
    blocks.push(Block::Note(format!("Exported by {}{to} on {}.", head.by, time(head.now))));
    blocks
}

/// What letters that came later have made of it: it goes before what this letter asks for.
fn asks_now(tip: &Subject<'_>, blocks: &mut Vec<Block>) {
    let Some(asks) = &tip.asks_now else { return };
    blocks.push(Block::Heading("What the source asks for by now, after later letters".to_owned()));
    field(blocks, "must not see it", asks.exclude_text.as_deref());
    field(blocks, "may be shared", Some(view::share(asks.share.as_ref())));
    contact(asks.contact.as_ref(), blocks);
    if asks.is_waiting {
        blocks.push(Block::Note(WAITING.to_owned()));
    }
}

fn contact(contact: Option<&Contact>, blocks: &mut Vec<Block>) {
    let Some(contact) = contact else { return };
    field(blocks, "contact", Some(view::contact_words(&contact.mode)));
    field(blocks, "safe way", contact.how.as_deref());
    field(blocks, "safe times", contact.when.as_deref());
    field(blocks, "ask for", contact.ask_for.as_deref());
    field(blocks, "leave a message", contact.message_ok.as_ref().map(view::yes_no_words));
    field(blocks, "if others answer", contact.cover_story.as_deref());
}

fn told(tip: &Subject<'_>, head: &Head<'_>, blocks: &mut Vec<Block>) {
    let answers = &tip.letter.answers;
    blocks.push(Block::Heading("What they tell".to_owned()));
    field(blocks, "priority", tip.priority.map(ToString::to_string).as_deref());
    for clock in &tip.clocks {
        field(blocks, "legal clock", Some(&clock.words(head.now)));
    }
    field(blocks, "danger", answers.urgency.as_ref().map(view::urgency_words));
    field(blocks, "about", answers.about.as_ref().map(view::about_words));
    field(blocks, "under 18", answers.minor.as_ref().map(view::yes_no_words));
    for sign in &answers.signs {
        field(blocks, "sign", Some(sign_words(sign)));
    }
    field(blocks, "where", answers.place.as_deref());
    field(blocks, "when", answers.when.as_deref());
    field(blocks, "who does it", answers.suspects.as_deref());
    field(blocks, "how they know", answers.basis.as_ref().map(view::basis_words));
    field(blocks, "can be checked", answers.checkable.as_deref());
    for found in identifiers::of_facts(&tip.letter) {
        field(blocks, found.kind.as_str(), Some(&found.written));
    }
    let nibrs = mapping::nibrs(&answers.signs);
    field(blocks, "NIBRS (suggested)", Some(nibrs.as_str()).filter(|nibrs| !nibrs.is_empty()));
    let (answered, of) = fields::completeness(&tip.letter);
    field(blocks, "filled in", Some(&format!("{answered} of {of} questions")));
    field(
        blocks,
        "written",
        Some(&format!("{} (form: {}, {})", tip.letter.created, tip.letter.lang, tip.letter.route.as_str())),
    );
    field(blocks, "came", Some(&tip.entry.tip.day.to_string()));
}

fn work(case: &Case, head: &Head<'_>, blocks: &mut Vec<Block>) {
    blocks.push(Block::Heading("What was done".to_owned()));
    field(blocks, "status", Some(case.status(head.now).as_str()));
    field(blocks, "works on it", case.claimed_by(head.now).map(|claim| claim.stamp.by.person.as_str()));
    let labels: Vec<&str> = case.labels.keys().map(String::as_str).collect();
    field(blocks, "labels", Some(labels.join("; ")).filter(|labels| !labels.is_empty()).as_deref());
    let (fields, spans) = case.redacted();
    if !fields.is_empty() || !spans.is_empty() {
        let mut kept: Vec<&str> = fields.into_iter().chain(spans.iter().map(|span| span.field.as_str())).collect();
        kept.sort_unstable();
        kept.dedup();
        field(blocks, "kept from others", Some(&kept.join(", ")));
    }
    for told in tell(case, head.names) {
        field(blocks, &format!("{}, {}", told.at, told.by), Some(&told.what));
    }
}

/// The start of a page about a tip.
pub fn page(tip: &Subject<'_>, title: String) -> Block {
    Block::Page { title, handling: tip.tlp.as_str().to_owned(), conditions: tip.conditions.clone() }
}

/// Adds a field that was answered.
pub fn field(blocks: &mut Vec<Block>, name: &str, value: Option<&str>) {
    if let Some(value) = value {
        blocks.push(Block::Field(name.to_owned(), value.to_owned()));
    }
}

/// `2026-11-24 18:30 UTC`.
pub fn time(seconds: u64) -> String {
    let day = i32::try_from(seconds / 86_400).ok().and_then(|days| crate::model::day::Day::from_epoch_days(days).ok());
    let (hours, minutes) = (seconds % 86_400 / 3600, seconds % 3600 / 60);
    day.map_or_else(|| "at no time".to_owned(), |day| format!("{day} {hours:02}:{minutes:02} UTC"))
}
