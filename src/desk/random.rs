//! Chance, where `desk` must not be predictable: waiting times, orders, numbers of cover tips.

/// A whole number from 0 to `bound`, without `bound`; 0 when `bound` is 0.
pub fn below(bound: u64) -> u64 {
    // The remainder of 128 random bits by a small number is even to within 2^-64.
    let drawn = u128::from_le_bytes(bytes());
    u64::try_from(drawn % u128::from(bound.max(1))).expect("a remainder is smaller than what it is the remainder by")
}

/// A fraction above 0, up to and with 1.
pub fn fraction() -> f64 {
    const STEPS: u64 = 1 << 53;
    #[expect(clippy::cast_precision_loss, reason = "whole numbers up to 2^53 are exact")]
    let fraction = (below(STEPS) + 1) as f64 / STEPS as f64;
    fraction
}

/// Puts things into an order that says nothing.
pub fn shuffle<T>(things: &mut [T]) {
    for last in (1..things.len()).rev() {
        let other = below(last as u64 + 1);
        things.swap(last, usize::try_from(other).expect("it is no larger than an index"));
    }
}

/// Random bytes.
pub fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("nothing can be kept secret on a system that gives no randomness");
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_below_a_bound_reaches_every_number_below_it_and_no_other() {
        let mut seen = [false; 5];
        for _ in 0..1_000 {
            seen[usize::try_from(below(5)).unwrap()] = true;
        }
        assert_eq!(seen, [true; 5]);
        assert_eq!(below(0), 0);
    }

    #[test]
    fn a_fraction_is_never_zero() {
        assert!((0..1_000).map(|_| fraction()).all(|drawn| drawn > 0.0 && drawn <= 1.0));
    }

    #[test]
    fn shuffling_keeps_everything_and_changes_the_order() {
        let mut things: Vec<u32> = (0..1_000).collect();
        shuffle(&mut things);
        assert!(!things.is_sorted());
        things.sort_unstable();
        assert!(things.into_iter().eq(0..1_000));
    }
}
