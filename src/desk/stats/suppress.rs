//! Small counts are never shown, and never follow from what is shown: what is too few is counted together with others.

use super::Row;
use std::collections::BTreeMap;

/// The least number of tips that a figure may stand for. A site may ask for more, never for fewer.
pub const MIN_K: u64 = 11;

/// The counts, each at least `k`, in the order of their names; those that are fewer are one row without a name, at the end.
/// Where that row would be too small itself, the smallest of the others goes into it, so that the whole less the rest is
/// no small count either. Nothing at all where all together are fewer than `k`. A value that does not occur has no row.
pub fn pooled(counts: BTreeMap<String, u64>, k: u64) -> Vec<Row> {
    if counts.values().sum::<u64>() < k {
        return Vec::new();
    }
    let mut counts: Vec<(String, u64)> = counts.into_iter().filter(|(_, count)| *count > 0).collect();
    counts.sort_by_key(|(_, count)| *count);
    let mut pool = 0;
    let mut taken = 0;
    for (_, count) in &counts {
        let is_pool_small = 0 < pool && pool < k;
        if *count >= k && !is_pool_small {
            break;
        }
        pool += count;
        taken += 1;
    }
    let mut shown: Vec<(String, u64)> = counts.split_off(taken);
    shown.sort();
    let rows = shown.into_iter().map(|(value, count)| Row { value: Some(value), count });
    rows.chain((pool > 0).then_some(Row { value: None, count: pool })).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rows(counts: &[(&str, u64)]) -> Vec<(Option<String>, u64)> {
        let counts = counts.iter().map(|(value, count)| ((*value).to_owned(), *count)).collect();
        pooled(counts, MIN_K).into_iter().map(|row| (row.value, row.count)).collect()
    }

    fn row(value: &str, count: u64) -> (Option<String>, u64) {
        (Some(value.to_owned()), count)
    }

    #[test]
    fn small_counts_are_shown_together() {
        assert_eq!(rows(&[("en", 40), ("es", 20), ("pl", 6), ("vi", 5)]), [row("en", 40), row("es", 20), (None, 11)]);
        assert_eq!(rows(&[("en", 11), ("es", 12)]), [row("en", 11), row("es", 12)]);
    }

    #[test]
    fn one_small_count_takes_the_next_one_with_it() {
        // 62 - 40 - 20 would tell of the two in Polish.
        assert_eq!(rows(&[("en", 40), ("es", 20), ("pl", 2)]), [row("en", 40), (None, 22)]);
    }

    #[test]
    fn where_all_are_few_there_is_nothing() {
        assert_eq!(rows(&[("en", 6), ("es", 4)]), []);
        assert_eq!(rows(&[]), []);
        assert_eq!(rows(&[("en", 6), ("es", 5)]), [(None, 11)]);
    }

    proptest! {
        #[test]
        fn nothing_that_is_shown_and_no_difference_is_small(
            counts in prop::collection::btree_map("[a-f]", 0_u64..30, 0..6),
            k in 11_u64..20,
        ) {
            let total: u64 = counts.values().sum();
            let rows = pooled(counts.clone(), k);
            prop_assert_eq!(rows.is_empty(), total < k);
            // One alone in the last row would be told by the whole less the others.
            let told = rows.iter().filter(|row| row.value.is_some()).count();
            let hidden = counts.values().filter(|count| **count > 0).count() - told;
            prop_assert!(rows.is_empty() || hidden != 1);
            for row in &rows {
                prop_assert!(row.count >= k);
                if let Some(value) = &row.value {
                    prop_assert_eq!(Some(&row.count), counts.get(value));
                }
            }
            if !rows.is_empty() {
                prop_assert_eq!(rows.iter().map(|row| row.count).sum::<u64>(), total);
            }
        }
    }
}
