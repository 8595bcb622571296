//! What must not happen by a mere yes: that it is told how a source can be reached, and that a wish is crossed.

use crate::crypto::letter::Letter;

/// Said before it does.
pub(super) const REVEALS: &str = "It tells how the source can be reached, and that cannot be taken back.";

/// Said before a wish is crossed.
pub(super) const CROSSES: &str = "This goes against what the source asked for, and what was read cannot be unread.";

/// Whether this letter names a way.
pub(super) fn reveals_contact(letter: &Letter) -> bool {
    let contact = letter.answers.contact.as_ref();
    contact.is_some_and(|contact| [&contact.how, &contact.ask_for].into_iter().any(Option::is_some))
}
