//! Words that a member writes: where they come from, and what is no label.

use crate::desk::cli::Message;
use crate::desk::context::Context;
use crate::desk::failure::{Exit, Failure};
use zeroize::Zeroizing;

/// Characters of a label.
const MAX_LABEL: usize = 40;

/// What `-m` says, or else what is read or typed.
pub(super) fn given(words: Message, question: &str, context: &mut Context) -> Result<Zeroizing<String>, Failure> {
    match words.message.map(Zeroizing::new) {
        Some(words) if words.trim().is_empty() => Err(Failure::new(Exit::Usage, "there are no words")),
        Some(words) => Ok(words),
        None => context.words(question, "-m TEXT"),
    }
}

/// Labels as they are kept: in small letters, without spaces around them.
pub(super) fn labels(typed: &[String]) -> Result<Vec<String>, Failure> {
    let label = |typed: &String| {
        let label = typed.trim().to_lowercase();
        let is_label = !label.is_empty() && label.chars().count() <= MAX_LABEL && !label.contains([',', '\t', '\n']);
        is_label.then_some(label).ok_or_else(|| {
            Failure::new(Exit::Usage, &format!("{typed:?} is no label"))
                .hint("a label has 1 to 40 characters and no comma")
        })
    };
    typed.iter().map(label).collect()
}
