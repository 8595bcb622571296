//! Taking lines away that are older than a year, by command alone. A signed line says from where on they were kept, so that
//! what was taken away so is told from what was taken away otherwise.

use super::frames::{Frame, Frames};
use super::read::entry;
use super::{Act, Log, LogError, PRUNING};
use crate::desk::notices::today;

/// Days that every line is kept at least.
pub const KEPT_DAYS: u32 = 366;

/// Why no line was taken away.
#[derive(Debug, thiserror::Error)]
pub enum PruneError {
    /// None is old enough.
    #[error("no line of the log is older than a year")]
    Nothing,
    /// The log cannot be used.
    #[error(transparent)]
    Log(#[from] LogError),
}

impl Log {
    /// Takes away what is older than a year by this machine's clock, and gives how many lines that was. A line that does not
    /// open stays, and all that follow it. Of a damaged file nothing is taken away.
    pub fn prune(&self, now: u64) -> Result<u64, PruneError> {
        let first_day = today(now).minus(KEPT_DAYS);
        let mut frames = Frames::open(&self.dir)?;
        let is_old = |frame: &&Frame| {
            let day = entry(frame, &self.identity).opened.and_then(|opened| opened.line.day());
            day.is_some_and(|day| day < first_day)
        };
        let all = frames.all()?;
        frames.damage(&all)?;
        let old: Vec<&Frame> = all.frames.iter().take_while(is_old).collect();
        let Some(last) = old.last() else { return Err(PruneError::Nothing) };
        let kept_from = last.number + 1;
        let act = Act { verb: PRUNING.into(), kept_from: Some(kept_from), ..Act::default() };
        self.append_to(&mut frames, act, now)?;
        let now_there = frames.all()?;
        frames.damage(&now_there)?;
        let kept: Vec<Frame> = now_there.frames.into_iter().skip(old.len()).collect();
        frames.replace(&kept)?;
        Ok(old.len() as u64)
    }
}
