//! Pieces of bytes as the network cuts them, until they make a whole line and what follows it.

use super::Garbled;
use serde::de::DeserializeOwned;

/// What came and was not taken out yet.
#[derive(Debug, Default)]
pub(super) struct Pieces(Vec<u8>);

impl Pieces {
    /// Adds bytes.
    pub fn add(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    /// The first line, of at most so many bytes, and how long it is with its end; none when more bytes are needed.
    pub fn line<T: DeserializeOwned>(&self, max: usize) -> Result<Option<(T, usize)>, Garbled> {
        let Some(len) = self.0.iter().take(max).position(|&byte| byte == b'\n') else {
            return if self.0.len() >= max { Err(Garbled::Json) } else { Ok(None) };
        };
        let line = serde_json::from_slice(&self.0[..len]).map_err(|_| Garbled::Json)?;
        Ok(Some((line, len + 1)))
    }

    /// Takes out so many bytes; none when more are needed.
    pub fn take(&mut self, len: usize) -> Option<Vec<u8>> {
        (self.0.len() >= len).then(|| self.0.drain(..len).collect())
    }

    /// Whether nothing is left.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
