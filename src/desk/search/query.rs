//! What a search asks for.

use super::fold::fold;
use std::fmt;

/// A search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Query {
    /// All of them.
    And(Vec<Query>),
    /// At least one of them.
    Or(Vec<Query>),
    /// Not that.
    Not(Box<Query>),
    /// One word, phrase or field.
    Term(Term),
}

/// One thing that a tip may have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// Where it must stand; none for anywhere.
    pub field: Option<String>,
    /// What.
    pub pattern: Pattern,
}

/// What is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pattern {
    /// The beginning of a word; a word with `*` or `?` in it stands for whole words. As typed.
    Word(String),
    /// Whole words in this order. As typed.
    Phrase(String),
}

impl Pattern {
    /// As typed, without quotes.
    pub fn text(&self) -> &str {
        let (Self::Word(text) | Self::Phrase(text)) = self;
        text
    }

    /// As it is compared.
    pub fn folded(&self) -> String {
        fold(self.text()).trim().to_owned()
    }
}

impl Query {
    /// Every term that may be why a tip was found, so that one can be shown.
    pub fn wanted(&self) -> Vec<&Term> {
        match self {
            Self::And(parts) | Self::Or(parts) => parts.iter().flat_map(Self::wanted).collect(),
            Self::Not(_) => Vec::new(),
            Self::Term(term) => vec![term],
        }
    }
}

/// Reads back as the same query.
impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let joined = |f: &mut fmt::Formatter<'_>, parts: &[Self], word: &str| {
            f.write_str("(")?;
            for (at, part) in parts.iter().enumerate() {
                f.write_str(if at == 0 { "" } else { word })?;
                part.fmt(f)?;
            }
            f.write_str(")")
        };
        match self {
            Self::And(parts) => joined(f, parts, " AND "),
            Self::Or(parts) => joined(f, parts, " OR "),
            Self::Not(part) => write!(f, "NOT {part}"),
            Self::Term(Term { field, pattern }) => {
                if let Some(field) = field {
                    write!(f, "{field}:")?;
                }
                match pattern {
                    Pattern::Word(word) => f.write_str(word),
                    Pattern::Phrase(phrase) => write!(f, "\"{}\"", phrase.replace('\\', "\\\\").replace('"', "\\\"")),
                }
            }
        }
    }
}
