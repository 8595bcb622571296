//! Many small segments into few larger ones. The merged segment takes the name of the last it stands for and says which
//! was the first; those between are deleted afterwards, and ignored if that is interrupted.

use super::{Cache, CacheError, Segment};
use std::fs;

/// Below this it is not worth it.
const MAX_SEGMENTS: usize = 16;
/// Tips in a segment that is large enough to be left alone.
const FULL: usize = 4096;

impl Cache {
    /// Merges neighbours until few are left. Does nothing while they are few.
    pub fn merge(&mut self) -> Result<(), CacheError> {
        if self.numbers()?.len() <= MAX_SEGMENTS {
            return Ok(());
        }
        let mut open: Option<Run> = None;
        for (number, segment) in self.read_all()? {
            open = match open {
                Some(run) if run.holds + size(&segment) <= FULL => Some(run.with(number, segment)),
                run => {
                    self.close(run)?;
                    Some(Run::new(number, segment))
                }
            };
        }
        self.close(open)
    }

    fn close(&self, run: Option<Run>) -> Result<(), CacheError> {
        let Some(Run { numbers, segment, .. }) = run.filter(|run| run.numbers.len() > 1) else { return Ok(()) };
        let Some((&last, replaced)) = numbers.split_last() else { return Ok(()) };
        self.write(last, &segment)?;
        for &number in replaced {
            fs::remove_file(self.path(number)).map_err(|source| self.failed(source))?;
        }
        Ok(())
    }
}

/// Neighbours that will be one.
struct Run {
    numbers: Vec<u32>,
    holds: usize,
    segment: Segment,
}

impl Run {
    fn new(number: u32, segment: Segment) -> Self {
        Self { numbers: vec![number], holds: size(&segment), segment }
    }

    fn with(mut self, number: u32, next: Segment) -> Self {
        self.numbers.push(number);
        self.holds += size(&next);
        self.segment.tips.extend(next.tips);
        self.segment.unreadable.extend(next.unreadable);
        self.segment.progress = next.progress;
        self
    }
}

fn size(segment: &Segment) -> usize {
    segment.tips.len() + segment.unreadable.len()
}
