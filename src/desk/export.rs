//! What leaves the desk as a file: in each form, with the handling label and the source's wishes above it, and with every word
//! of a source made harmless for whatever opens the file. Only makes bytes; who may have them is asked of `wishes`, and
//! writing and recording is the verb's.

use super::case::Case;
use super::clocks::Running;
use super::follow_ups::AsksNow;
use super::inbox::Entry;
use super::names::AgencyNames;
use super::priority::Priority;
use super::wishes::{Act, Scope};
use crate::crypto::letter::Letter;

mod csv;
mod cybertip;
mod handling;
mod htcds;
mod json;
mod mapping;
mod markdown;
mod pdf;
mod reports;
mod sheet;
mod tables;
pub mod withhold;

pub use handling::{Tlp, handling};
pub use pdf::PdfError;
pub use sheet::time;

/// Said above every draft, so that nobody takes it for a report that was made.
const DRAFT: &str = "A draft made from a tip. Nobody has sent it. Fill in what is missing, strike out what the law does not ask \
    for, and sign.";

/// What a file looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// Everything, for programs.
    Json,
    /// One row a tip, for a spreadsheet.
    Csv,
    /// A case sheet as Markdown.
    Markdown,
    /// A case sheet on paper.
    Pdf,
    /// Columns and values of the Human Trafficking Case Data Standard 2.0.
    Htcds,
    /// Phones, plates and names to enter into a deconfliction system.
    Deconflict,
    /// Draft of Connecticut's written report of a child.
    Dcf136,
    /// Draft of a report to NCMEC's `CyberTipline`.
    Cybertip,
}

/// Who is to hold the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// The agency of whoever writes it: everything that it can read.
    Own,
    /// Somebody else: neither what colleagues have withheld nor what they wrote, and no more than this.
    Other(Scope),
}

/// One tip that is to leave.
pub struct Subject<'a> {
    /// The tip.
    pub entry: &'a Entry,
    /// What colleagues have done with it; none where that is not for whoever holds the file.
    pub case: Option<&'a Case>,
    /// Its letter, without what does not leave.
    pub letter: Letter,
    /// What is missing, in words; none where nothing is.
    pub withheld: Option<&'static str>,
    /// What the source asks for by now, where letters came later: for one's own agency, which has the letter as it came. The letter
    /// that others get says so itself.
    pub asks_now: Option<AsksNow>,
    /// How urgent it is by the rules, and why; none where that is not for whoever holds the file.
    pub priority: Option<&'a Priority>,
    /// Its legal clocks; none where they are not for whoever holds the file.
    pub clocks: Vec<Running>,
    /// When any agency first opened it, in seconds since 1970.
    pub first_opened: Option<u64>,
    /// What may be done with it.
    pub tlp: Tlp,
    /// The same in plain words.
    pub conditions: Vec<String>,
}

/// What is the same for all tips of one file.
pub struct Head<'a> {
    /// Who writes it: the person.
    pub by: &'a str,
    /// For whom; none for the own agency.
    pub to: Option<&'a str>,
    /// When, in seconds since 1970.
    pub now: u64,
    /// What agencies are called.
    pub names: &'a AgencyNames,
}

impl Form {
    /// Every form.
    pub const ALL: [Self; 8] =
        [Self::Json, Self::Csv, Self::Markdown, Self::Pdf, Self::Htcds, Self::Deconflict, Self::Dcf136, Self::Cybertip];

    /// As it is typed.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Markdown => "md",
            Self::Pdf => "pdf",
            Self::Htcds => "htcds",
            Self::Deconflict => "deconflict",
            Self::Dcf136 => "dcf136",
            Self::Cybertip => "cybertip",
        }
    }

    /// What writing it is, as far as wishes are concerned.
    pub const fn act(self, scope: Scope) -> Act {
        match self {
            Self::Deconflict => Act::Deconflict,
            Self::Dcf136 => Act::MandatedReport,
            _ => Act::Export(scope),
        }
    }
}

/// A tip's letter with what its source asks for by now.
pub struct AskedFor {
    /// All of it.
    pub now: Letter,
    /// What of it follows from later letters; none where none came.
    pub asks_now: Option<AsksNow>,
    /// Without what members have marked, in it and in the letters that changed what counts.
    pub unmarked: Letter,
    /// Whether anything is missing there.
    pub is_marked: bool,
}

impl<'a> Subject<'a> {
    /// A tip as this audience may have it. One's own agency has the letter as it came, and others what of it may go.
    pub fn new(entry: &'a Entry, asked: &AskedFor, case: &'a Case, clocks: Vec<Running>, audience: Audience) -> Self {
        let AskedFor { now, asks_now, unmarked, is_marked } = asked;
        let (letter, withheld) = match audience {
            Audience::Own => (Letter::clone(&entry.tip.letter), None),
            Audience::Other(scope) => withhold::letter_for(scope, unmarked, *is_marked),
        };
        // Told also with the facts, since it binds whoever holds them.
        let of = if audience == Audience::Own { now } else { unmarked };
        let (tlp, conditions) = handling(now, &letter, of.answers.exclude_text.as_deref(), audience);
        let first_opened = case.opened.values().map(|opening| opening.stamp.at).min();
        let is_own = audience == Audience::Own;
        Self {
            entry,
            case: is_own.then_some(case),
            letter,
            withheld,
            asks_now: asks_now.clone().filter(|_| is_own),
            // Both follow from what the whole letter says, and would tell it.
            priority: entry.priority.as_ref().filter(|_| is_own),
            clocks: if is_own { clocks } else { Vec::new() },
            first_opened,
            tlp,
            conditions,
        }
    }
}

/// The bytes of a file.
pub fn render(form: Form, tips: &[Subject<'_>], head: &Head<'_>) -> Result<Vec<u8>, PdfError> {
    Ok(match form {
        Form::Json => json::render(tips, head),
        Form::Csv => tables::flat(tips, head),
        Form::Htcds => htcds::render(tips, head),
        Form::Deconflict => tables::deconflict(tips, head),
        Form::Markdown => markdown::render(&sheet::case_sheets(tips, head)),
        Form::Dcf136 => markdown::render(&reports::dcf136(tips, head)),
        Form::Cybertip => cybertip::render(tips, head),
        Form::Pdf => return pdf::render(&sheet::case_sheets(tips, head)),
    })
}

#[cfg(test)]
mod tests;
