//! Finds tips by what stands in them: words, `field:value`, AND, OR, NOT, parentheses, globs and quoted phrases, in any
//! script. All in memory: what can be searched is never written anywhere.

pub mod fold;
pub mod glob;
mod parse;
pub mod query;
mod snippet;
pub mod subject;

pub use parse::{QueryError, parse};
pub use query::{Pattern, Query, Term};
pub use snippet::{Snippet, snippet};
pub use subject::Subject;

#[cfg(test)]
mod tests;
