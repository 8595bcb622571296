//! Keys in one page of memory that the system never writes to swap, wiped before it is let go.

use super::AgentError;
use crate::desk::identity::{Roots, SEEDS_LEN};
use region::LockGuard;
use std::io::{self, Read};
use zeroize::Zeroize as _;

/// A page of its own, so that nothing else is unlocked with it.
#[repr(align(4096))]
struct Page([u8; SEEDS_LEN]);

/// The two seeds of one person that last. No `Debug`.
pub struct Held {
    page: Box<Page>,
    _locked: LockGuard,
}

impl Held {
    fn empty() -> Result<Self, AgentError> {
        let page = Box::new(Page([0; SEEDS_LEN]));
        let locked = region::lock(page.0.as_ptr(), SEEDS_LEN).map_err(|_| AgentError::NotLocked)?;
        Ok(Self { page, _locked: locked })
    }

    /// Reads the seeds straight into locked memory.
    pub fn read(mut from: impl Read) -> Result<Self, AgentError> {
        let mut held = Self::empty()?;
        from.read_exact(&mut held.page.0)?;
        let is_at_end = from.read(&mut [0])? == 0;
        if is_at_end { Ok(held) } else { Err(io::Error::from(io::ErrorKind::InvalidData).into()) }
    }

    /// Those that are open here.
    pub fn of(roots: &Roots) -> Result<Self, AgentError> {
        Self::read(roots.expose_seeds().as_slice())
    }

    /// The seeds.
    pub fn expose(&self) -> &[u8; SEEDS_LEN] {
        &self.page.0
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.page.0.zeroize(); // while it is still locked
    }
}
