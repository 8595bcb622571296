//! How many tips came how far: referred, a case opened, charged, convicted.

use super::{Stage, Tip};
use crate::crypto::event::Outcome;
use crate::desk::case::{Case, ReferralState};

const STAGES: [&str; 5] = ["tips", "referred", "case opened", "charged", "convicted"];

/// Tips that came as far as each stage or further.
pub fn funnel(tips: &[&Tip<'_>], k: u64) -> Vec<Stage> {
    let reached: Vec<usize> = tips.iter().map(|tip| furthest(tip.case)).collect();
    let count = |stage| reached.iter().filter(|furthest| **furthest >= stage).count() as u64;
    let counts: Vec<u64> = (0..STAGES.len()).map(count).collect();
    STAGES.into_iter().zip(shown(&counts, k)).map(|(stage, count)| Stage { stage, count }).collect()
}

/// Each count that may be shown: at least `k`, and as far from the one shown before it, or no less than that.
fn shown(counts: &[u64], k: u64) -> Vec<Option<u64>> {
    let mut last = None;
    let may_show = |count: u64, last: Option<u64>| {
        count >= k && last.is_none_or(|last: u64| last == count || last.saturating_sub(count) >= k)
    };
    counts
        .iter()
        .map(|count| {
            let shown = Some(*count).filter(|count| may_show(*count, last));
            last = shown.or(last);
            shown
        })
        .collect()
}

/// A later stage counts for those before it: not everyone writes each one down.
fn furthest(case: &Case) -> usize {
    let is_offered = |state: &ReferralState| !matches!(state, ReferralState::Withdrawn { .. });
    let referred = usize::from(case.referrals.iter().any(|referral| is_offered(&referral.state)));
    let of_outcome = |result: Outcome| match result {
        Outcome::Convicted => 4,
        Outcome::Charged | Outcome::Acquitted => 3,
        Outcome::CaseOpened | Outcome::Arrested => 2,
        Outcome::Safe | Outcome::Nothing => 0,
    };
    case.outcomes.iter().map(|became| of_outcome(became.result)).max().unwrap_or(0).max(referred)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_stage_that_tells_of_a_few_is_not_shown() {
        let all = |counts: &[u64]| shown(counts, 11);
        assert_eq!(all(&[432, 100, 60, 28, 11]), [Some(432), Some(100), Some(60), Some(28), Some(11)]);
        assert_eq!(all(&[432, 28, 10, 0, 0]), [Some(432), Some(28), None, None, None]);
        // 100 - 95 would tell of the five that were not referred.
        assert_eq!(all(&[100, 95, 80, 80, 30]), [Some(100), None, Some(80), Some(80), Some(30)]);
        assert_eq!(all(&[9, 5, 0, 0, 0]), [None; 5]);
    }

    proptest! {
        #[test]
        fn no_two_shown_stages_differ_by_a_few(mut counts in prop::collection::vec(0_u64..60, 5), k in 11_u64..15) {
            counts.sort_unstable_by(|one, other| other.cmp(one));
            let shown: Vec<u64> = shown(&counts, k).into_iter().flatten().collect();
            for (at, one) in shown.iter().enumerate() {
                prop_assert!(*one >= k);
                for other in &shown[at + 1..] {
                    prop_assert!(one == other || one - other >= k);
                }
            }
        }
    }
}
