//! What the page says of who reads, and the page that was signed, kept under a version that leaves it as it is.

use super::people_of;
use crate::crypto::keyring::{Draft, Version};

/// Lets a draft stand until the day on which the version before it ends, and with that leaves the page as it was signed: it says that
/// day, and of those who read only whether one does so alone. Whether it does: not where no page was signed, the day is past, or the
/// draft changes more than who is on the staff.
pub fn keep_pages(draft: &mut Draft, before: &Version) -> bool {
    count_people(draft);
    let mut as_it_was = draft.public.clone();
    as_it_was.version = before.public.version;
    as_it_was.previous = before.public.previous;
    as_it_was.issued = before.public.issued;
    as_it_was.expires = before.public.expires;
    as_it_was.pages.clone_from(&before.public.pages);
    as_it_was.staff = before.public.staff;
    let is_same = as_it_was == before.public && draft.words == before.words;
    let has_page = !before.public.pages.is_empty() && draft.public.issued < before.public.expires;
    if is_same && has_page {
        draft.public.expires = before.public.expires;
        draft.public.pages.clone_from(&before.public.pages);
    }
    is_same && has_page
}

/// Counts whether an agency has one member only, so that nobody has to remember it. The form says that, so that its page can be hashed
/// only after this.
pub fn count_people(draft: &mut Draft) {
    for index in 0..draft.public.agencies.len() {
        let number = draft.public.agencies[index].number;
        draft.public.agencies[index].one_member = people_of(draft, number) == 1;
    }
}
