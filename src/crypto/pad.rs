//! Padding of letters: JSON, then spaces up to a bucket, so that a length says the bucket and nothing else.

use super::shape::LETTER_BUCKETS;

/// The text is longer than the last bucket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("longer than the largest letter there is")]
pub struct TooLong;

/// The bucket that a text of `len` bytes goes into.
pub fn bucket(len: usize) -> Result<usize, TooLong> {
    LETTER_BUCKETS.into_iter().find(|&bucket| len <= bucket).ok_or(TooLong)
}

/// Adds spaces up to the bucket. The bytes are moved if they have to grow, so give them room first where that matters.
pub fn to_bucket(mut text: Vec<u8>) -> Result<Vec<u8>, TooLong> {
    let bucket = bucket(text.len())?;
    text.resize(bucket, b' ');
    Ok(text)
}

/// The text before the padding, `None` unless the whole fills a bucket.
pub fn without_padding(padded: &[u8]) -> Option<&[u8]> {
    LETTER_BUCKETS.contains(&padded.len()).then(|| padded.trim_ascii_end())
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
