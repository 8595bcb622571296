//! Many small segments into few larger ones. The merged segment takes the name of the last it stands for and says which
//! was the first; those between are deleted afterwards, and ignored if that is interrupted. What a source wrote may be
//! large: what counts is bytes, and one run at a time is held in memory.

use super::known::{Known, add};
use super::{Cache, CacheError, Segment};
use crate::model::tip::TipId;
use std::fs;

/// Below this it is not worth it.
const MAX_SEGMENTS: usize = 16;
/// Bytes that a merged segment holds at most. One of half as many is large enough to be left alone. Small enough that all cores
/// have some to open, and that what opening one takes of memory is used again for the next.
pub(super) const FULL: u64 = 4 << 20;

impl Cache {
    /// Merges neighbours until few small ones are left. Does nothing while they are few.
    pub fn merge(&mut self) -> Result<(), CacheError> {
        let size = |number: &u32| fs::metadata(self.path(*number)).map(|file| (*number, file.len()));
        let sizes: Result<Vec<_>, _> = self.numbers()?.iter().map(size).collect();
        let sizes = sizes.map_err(|source| self.failed(source))?;
        if sizes.iter().filter(|(_, size)| is_small(*size)).count() <= MAX_SEGMENTS {
            return Ok(());
        }
        for run in runs(&sizes) {
            self.merge_run(&run)?;
        }
        Ok(())
    }

    /// Drops everything of some tips, on disk as well.
    pub fn forget(&mut self, tips: &[TipId], known: &mut Known) -> Result<(), CacheError> {
        let is_meant = |tip: &TipId| tips.contains(tip);
        for number in self.numbers()? {
            let mut segment = self.read(number)?;
            let len = |segment: &Segment| {
                let Segment { tips, unreadable, links, events, spoilt, .. } = segment;
                [tips.len(), unreadable.len(), links.len(), events.len(), spoilt.len()]
            };
            let before = len(&segment);
            segment.tips.retain(|tip| !is_meant(&tip.letter.id));
            segment.unreadable.retain(|tip| !is_meant(&tip.id));
            segment.events.retain(|event| !is_meant(&event.tip));
            segment.spoilt.retain(|spoilt| !is_meant(&spoilt.tip));
            segment.links.retain(|(later, first)| !is_meant(later) && !is_meant(first));
            if len(&segment) != before {
                self.write(number, &segment)?;
            }
        }
        known.tips.retain(|tip| !is_meant(&tip.letter.id));
        known.unreadable.retain(|tip| !is_meant(&tip.id));
        known.links.retain(|later, first| !is_meant(later) && !is_meant(first));
        known.events.retain(|tip, _| !is_meant(tip));
        known.spoilt.retain(|spoilt| !is_meant(&spoilt.tip));
        Ok(())
    }

    fn merge_run(&self, run: &[u32]) -> Result<(), CacheError> {
        let Some((&last, replaced)) = run.split_last() else { return Ok(()) };
        let mut merged: Option<Segment> = None;
        for &number in run {
            let next = self.read(number)?;
            merged = Some(match merged {
                Some(segment) => joined(segment, next),
                None => next,
            });
        }
        if let Some(merged) = merged {
            self.write(last, &merged)?;
        }
        for &number in replaced {
            fs::remove_file(self.path(number)).map_err(|source| self.failed(source))?;
        }
        Ok(())
    }
}

/// Which segments become one, by their numbers and sizes: neighbours that are small and together not too large.
pub(super) fn runs(sizes: &[(u32, u64)]) -> Vec<Vec<u32>> {
    let mut runs: Vec<Vec<u32>> = Vec::new();
    let mut open: Option<(Vec<u32>, u64)> = None;
    for &(number, size) in sizes {
        open = match open {
            Some((mut run, holds)) if is_small(size) && holds + size <= FULL => {
                run.push(number);
                Some((run, holds + size))
            }
            before => {
                runs.extend(before.map(|(run, _)| run));
                is_small(size).then(|| (vec![number], size))
            }
        };
    }
    runs.extend(open.map(|(run, _)| run));
    runs.retain(|run| run.len() > 1);
    runs
}

const fn is_small(size: u64) -> bool {
    size < FULL / 2
}

fn joined(mut segment: Segment, next: Segment) -> Segment {
    segment.progress = next.progress;
    add(next.tips, next.unreadable, &mut segment.tips, &mut segment.unreadable);
    segment.links.extend(next.links);
    segment.events.extend(next.events);
    segment.spoilt.extend(next.spoilt);
    segment.canaries.extend(next.canaries);
    segment
}
