//! A form that is looked at once: again where it only says to wait, and to the end also where something cannot be had.

use super::{Difference, Look, Missed, Sight};
use crate::desk::cover::CoverError;
use crate::desk::cover::visit::PAUSES;
use std::collections::BTreeSet;
use std::time::Duration;

/// What all visits brought.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// What is not what the admins signed.
    pub differences: BTreeSet<Difference>,
    /// What recovery admins propose.
    pub proposed: BTreeSet<String>,
    /// What could not be looked at, also not at the last try.
    pub missed: Vec<Missed>,
}

/// Makes each visit, and those that were told to wait again, after a pause. An error is an address that is none.
pub async fn look_at(
    looks: &[Look],
    mut look: impl AsyncFnMut(&Look) -> Result<Sight, CoverError>,
    mut wait: impl AsyncFnMut(Duration),
) -> Result<Seen, CoverError> {
    let mut seen = Seen::default();
    for one in looks {
        let mut pauses = PAUSES.into_iter();
        loop {
            let Sight { differences, proposed, missed } = look(one).await?;
            seen.differences.extend(differences);
            seen.proposed.extend(proposed);
            let Some(pause) = pauses.next().filter(|_| missed.iter().any(|missed| missed.is_to_wait)) else {
                seen.missed.extend(missed);
                break;
            };
            wait(pause).await;
        }
    }
    Ok(seen)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn missed(is_to_wait: bool) -> Sight {
        Sight { missed: vec![Missed { at: "/".into(), why: "so".into(), is_to_wait }], ..Sight::default() }
    }

    async fn seen(sights: Vec<Sight>) -> (Seen, Vec<u64>) {
        let (mut sights, mut waited) = (sights.into_iter(), Vec::new());
        let wait = async |pause: Duration| waited.push(pause.as_secs());
        let seen = look_at(&[Look::Front], async |_: &Look| Ok(sights.next().unwrap()), wait).await.unwrap();
        assert_eq!(sights.next(), None);
        (seen, waited)
    }

    #[tokio::test]
    async fn who_is_told_to_wait_comes_again_and_what_was_found_before_counts() {
        let found = Difference { at: "/x".into(), what: "another".into() };
        let first = Sight { differences: vec![found.clone()], ..missed(true) };
        let (seen_then, waited) = seen(vec![first, Sight::default()]).await;
        assert_eq!(seen_then, Seen { differences: [found].into(), ..Seen::default() });
        assert_eq!(waited, [1]);
    }

    #[tokio::test]
    async fn who_is_told_to_wait_again_and_again_says_so_and_who_gets_no_answer_does_not_come_again() {
        let (busy, waited) = seen((0..4).map(|_| missed(true)).collect()).await;
        assert_eq!((busy.missed, waited), (missed(true).missed, vec![1, 3, 8]));
        let (gone, waited) = seen(vec![missed(false)]).await;
        assert_eq!((gone.missed, waited), (missed(false).missed, vec![]));
    }
}
