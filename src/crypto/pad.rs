//! Padding of letters and case events: JSON, then spaces up to a bucket, so that a length says the bucket and nothing else.

use super::shape::{EVENT_BUCKETS, LETTER_BUCKETS};

/// The text is longer than the last bucket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("longer than the largest there is")]
pub struct TooLong;

/// The bucket that a letter of `len` bytes goes into.
pub fn bucket(len: usize) -> Result<usize, TooLong> {
    smallest(&LETTER_BUCKETS, len)
}

/// Adds spaces up to a letter's bucket. The bytes are moved if they have to grow, so give them room first where that
/// matters.
pub fn to_bucket(text: Vec<u8>) -> Result<Vec<u8>, TooLong> {
    padded(text, &LETTER_BUCKETS)
}

/// The letter before the padding, `None` unless the whole fills a bucket.
pub fn without_padding(padded: &[u8]) -> Option<&[u8]> {
    LETTER_BUCKETS.contains(&padded.len()).then(|| padded.trim_ascii_end())
}

/// Adds spaces up to a case event's bucket.
pub fn to_event_bucket(text: Vec<u8>) -> Result<Vec<u8>, TooLong> {
    padded(text, &EVENT_BUCKETS)
}

/// The case event before the padding, `None` unless the whole fills a bucket.
pub fn without_event_padding(padded: &[u8]) -> Option<&[u8]> {
    EVENT_BUCKETS.contains(&padded.len()).then(|| padded.trim_ascii_end())
}

fn padded(mut text: Vec<u8>, buckets: &[usize]) -> Result<Vec<u8>, TooLong> {
    let bucket = smallest(buckets, text.len())?;
    text.resize(bucket, b' ');
    Ok(text)
}

fn smallest(buckets: &[usize], len: usize) -> Result<usize, TooLong> {
    buckets.iter().copied().find(|&bucket| len <= bucket).ok_or(TooLong)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn each_text_goes_into_the_smallest_bucket_that_holds_it() {
        for (len, padded_len) in
            [(2, 4096), (4096, 4096), (4097, 16_384), (16_385, 65_536), (65_537, 262_144), (262_144, 262_144)]
        {
            assert_eq!(to_bucket(vec![b'x'; len]).map(|padded| padded.len()), Ok(padded_len));
        }
        assert_eq!(to_bucket(vec![b'x'; 262_145]), Err(TooLong));
    }

    #[test]
    fn a_case_event_goes_into_one_of_three_buckets_or_nowhere() {
        for (len, padded_len) in [(2, 1024), (1025, 4096), (4097, 16_384), (16_384, 16_384)] {
            assert_eq!(to_event_bucket(vec![b'x'; len]).map(|padded| padded.len()), Ok(padded_len));
        }
        assert_eq!(to_event_bucket(vec![b'x'; 16_385]), Err(TooLong));
        assert_eq!(without_event_padding(&[b' '; 1025]), None);
    }

    #[test]
    fn what_fills_no_bucket_was_not_padded() {
        assert_eq!(without_padding(b"{}"), None);
        assert_eq!(without_padding(&[b' '; 4095]), None);
    }

    proptest! {
        #[test]
        fn padding_comes_off_again(mut text in prop::collection::vec(any::<u8>(), 0..5000)) {
            text.push(b'}');
            let padded = to_bucket(text.clone()).unwrap();
            prop_assert_eq!(without_padding(&padded), Some(text.as_slice()));
        }
    }
}
