//! How long a file is once it is padded: Padmé (Nikitin et al., "Reducing Metadata Leakage from Encrypted Files", 2019), by which a
//! length says hardly more than its order of magnitude. `docs/PROTOCOL.md` section 4.3.

/// What every smaller file is padded to.
const SMALLEST: u64 = 4096;

/// The length that a file of `len` bytes is padded to.
pub fn padme(len: u64) -> u64 {
    let len = len.max(SMALLEST);
    len.next_multiple_of(step(len))
}

/// The length of the largest file that has at most `max` bytes once it is padded; none where even the smallest has more.
pub fn largest_file(max: u64) -> Option<u64> {
    (max >= SMALLEST).then(|| max / step(max) * step(max))
}

/// Between a padded length of this order of magnitude and the next.
const fn step(len: u64) -> u64 {
    let exponent = len.ilog2();
    1 << (exponent - exponent.ilog2() - 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn files_are_padded_as_the_protocol_says() {
        for (len, padded) in [(0, 4096), (4096, 4096), (4097, 4352), (9_999_999, 10_223_616), (1 << 30, 1 << 30)] {
            assert_eq!(padme(len), padded, "{len}");
        }
        assert_eq!((largest_file(1 << 30), largest_file(4095)), (Some(1 << 30), None));
        assert_eq!(largest_file(10_223_615), Some(9_961_472));
    }

    proptest! {
        #[test]
        fn the_largest_file_is_the_last_that_fits(max in 4096_u64..1 << 40) {
            let largest = largest_file(max).unwrap();
            prop_assert!(padme(largest) <= max && padme(largest + 1) > max);
        }

        #[test]
        fn a_file_grows_by_an_eighth_at_most(len in 4096_u64..1 << 40) {
            let padded = padme(len);
            prop_assert!(padded >= len && padded - len <= len / 8 && padme(padded) == padded);
        }
    }
}
