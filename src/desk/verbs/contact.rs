//! How a source can be reached: the part of a tip that must not leave by a mere yes.

use crate::crypto::letter::Letter;

/// Said before it does.
pub(super) const REVEALS: &str = "It tells how the source can be reached, and that cannot be taken back.";

/// Whether this letter names a way.
pub(super) fn reveals_contact(letter: &Letter) -> bool {
    let contact = letter.answers.contact.as_ref();
    contact.is_some_and(|contact| [&contact.how, &contact.ask_for].into_iter().any(Option::is_some))
}
