//! A form that is looked at again and again, until somebody ends it.

use super::{line, note_new};
use crate::desk::chain::{ChainError, Proposed};
use crate::desk::cover::CoverError;
use crate::desk::failure::{Exit, Failure};
use crate::desk::output::{Line, Output, Style};
use crate::desk::verify::rounds::Rounds;
use crate::desk::verify::{Difference, Look, Missed, Sight};
use std::collections::BTreeSet;
use std::time::Duration;
use tokio::time::Instant;

/// What a monitor does, one step after the other.
pub trait Steps {
    fn looks(&self) -> Vec<Look>;
    async fn look(&self, look: &Look) -> Result<Sight, CoverError>;
    async fn bring(&mut self) -> Result<Vec<String>, ChainError>;
    fn proposed(&self) -> &[Proposed];
}

impl Steps for Rounds<'_> {
    fn looks(&self) -> Vec<Look> {
        Rounds::looks(self)
    }

    async fn look(&self, look: &Look) -> Result<Sight, CoverError> {
        Rounds::look(self, look).await
    }

    async fn bring(&mut self) -> Result<Vec<String>, ChainError> {
        Rounds::bring(self).await
    }

    fn proposed(&self) -> &[Proposed] {
        Rounds::proposed(self)
    }
}

/// One step after the other, at a pace that does not depend on what is found: a server learns nothing of what was noticed. The
/// staff door is asked at a step of its own, as far from the looks as they are from each other.
pub struct Monitor {
    next: Instant,
    pace: Duration,
    told: BTreeSet<String>,
    /// What could not be looked at in the round before.
    missed: BTreeSet<String>,
    /// Whether something was not what the admins signed.
    pub was_otherwise: bool,
    /// Whether something could not be looked at in two rounds, one after the other.
    pub was_hidden: bool,
}

impl Monitor {
    /// Begins at this moment.
    pub fn new(next: Instant, pace: Duration) -> Self {
        Self { next, pace, told: BTreeSet::new(), missed: BTreeSet::new(), was_otherwise: false, was_hidden: false }
    }

    /// Takes its steps until `wait` fails.
    pub async fn goes_on(
        &mut self,
        mut steps: impl Steps,
        mut wait: impl AsyncFnMut(Instant) -> Result<(), Failure>,
        output: &mut Output,
    ) -> Result<(), Failure> {
        loop {
            let mut found = Found::default();
            for one in steps.looks() {
                wait(self.next).await?;
                self.next += self.pace;
                let Sight { differences, proposed, missed } = steps.look(&one).await?;
                found.looks += u32::from(missed.is_empty());
                found.lost += u32::from(!missed.is_empty());
                self.take(&differences, &mut found, output)?;
                let new = proposed.into_iter().filter(|one| self.told.insert(one.clone())).collect();
                note_new(&new, steps.proposed(), output);
                self.miss(missed, &mut found, output)?;
            }
            wait(self.next).await?;
            self.next += self.pace;
            match steps.bring().await.map_err(Failure::from) {
                Ok(said) => said.iter().for_each(|said| output.note(&Line::from(format!("note: {said}")))),
                Err(Failure { exit: Exit::Integrity, what, .. }) => {
                    let at = "the staff door".to_owned();
                    self.take(&[Difference { at, what }], &mut found, output)?;
                }
                Err(failure) => output.note(&Line::from(failure.what)),
            }
            output.print(&[Line::from(found.to_string())])?;
            self.missed = found.missed;
        }
    }

    /// What could not be looked at is noted; where it could not be in the round before either, it rings.
    fn miss(&mut self, missed: Vec<Missed>, found: &mut Found, output: &mut Output) -> Result<(), Failure> {
        for missed in missed {
            if !self.missed.contains(&missed.at) {
                output.note(&Line::from(missed.to_string()));
            } else if !found.missed.contains(&missed.at) {
                self.was_hidden = true;
                output.ring();
                let Missed { at, why, .. } = &missed;
                let said = format!("could not be looked at, as in the round before: {why}");
                output.print(&[Line::new().with(Style::Alarm, &format!("{at}: ")).with(Style::Plain, &said)])?;
            }
            found.missed.insert(missed.at);
        }
        Ok(())
    }

    fn take(&mut self, differences: &[Difference], found: &mut Found, output: &mut Output) -> Result<(), Failure> {
        found.differences += differences.len();
        if differences.is_empty() {
            return Ok(());
        }
        self.was_otherwise = true;
        output.ring();
        Ok(output.print(&differences.iter().map(line).collect::<Vec<_>>())?)
    }
}

/// What one round brought.
#[derive(Default)]
struct Found {
    looks: u32,
    lost: u32,
    differences: usize,
    /// What could not be looked at.
    missed: BTreeSet<String>,
}

impl std::fmt::Display for Found {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { looks, lost, differences, .. } = self;
        write!(f, "round done: {looks} looks, {differences} differences, {lost} that did not come off")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::keyring::KeyringError;
    use crate::desk::client::ClientError;
    use crate::desk::environment::Screen;
    use std::io::{Write, sink};
    use std::sync::{Arc, Mutex};

    /// What was written, to look at afterwards.
    #[derive(Clone, Default)]
    struct Written(Arc<Mutex<Vec<u8>>>);

    impl Written {
        fn text(&self) -> String {
            String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
        }
    }

    impl Write for Written {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    /// A site that shows and says the same at each step.
    struct Same {
        look: fn() -> Result<Sight, CoverError>,
        bring: fn() -> Result<Vec<String>, ChainError>,
    }

    impl Steps for Same {
        fn looks(&self) -> Vec<Look> {
            vec![Look::Front, Look::Language("en".into()), Look::Notice]
        }

        async fn look(&self, _: &Look) -> Result<Sight, CoverError> {
            (self.look)()
        }

        async fn bring(&mut self) -> Result<Vec<String>, ChainError> {
            (self.bring)()
        }

        fn proposed(&self) -> &[Proposed] {
            &[]
        }
    }

    /// When a monitor takes its first nine steps, after its first; and whether it found something otherwise, or hidden.
    async fn moments(same: Same) -> (Vec<Duration>, (bool, bool)) {
        let (start, mut moments) = (Instant::now(), Vec::new());
        let mut monitor = Monitor::new(start, Duration::from_mins(15));
        let wait = async |moment: Instant| {
            if moments.len() == 9 {
                return Err(Failure::new(Exit::Interrupted, "enough"));
            }
            moments.push(moment - start);
            Ok(())
        };
        let mut output = Output::into_writers(Box::new(sink()), Box::new(sink()), Screen::NONE);
        let ended = monitor.goes_on(same, wait, &mut output).await;
        assert_eq!(ended.unwrap_err().exit, Exit::Interrupted);
        (moments, (monitor.was_otherwise, monitor.was_hidden))
    }

    #[tokio::test]
    async fn a_monitor_keeps_its_pace_whatever_it_finds_and_whatever_the_staff_door_shows() {
        let even: Vec<_> = (0..9).map(|number| Duration::from_mins(15) * number).collect();
        let sound = || Ok(Sight::default());
        let same = || Ok(vec!["version 4 of the keyring is out".to_owned()]);
        assert_eq!(moments(Same { look: sound, bring: same }).await, (even.clone(), (false, false)));
        let lie = || {
            Ok(Sight { differences: vec![Difference { at: "/".into(), what: "another".into() }], ..Sight::default() })
        };
        assert_eq!(moments(Same { look: lie, bring: same }).await, (even.clone(), (true, false)));
        assert_eq!(moments(Same { look: || Ok(closed()), bring: same }).await, (even.clone(), (false, true)));
        for (bring, is_otherwise) in [
            (rolled_back as fn() -> _, true),
            (|| Err(ChainError::Keyring(KeyringError::Fork(3))), true),
            (|| Err(ChainError::Client(ClientError::NotAccepted)), false),
        ] {
            assert_eq!(moments(Same { look: sound, bring }).await, (even.clone(), (is_otherwise, false)));
        }
    }

    fn closed() -> Sight {
        let missed = Missed { at: "/".into(), why: "so".into(), is_to_wait: false };
        Sight { missed: vec![missed], ..Sight::default() }
    }

    #[tokio::test]
    async fn what_cannot_be_looked_at_two_rounds_running_rings_once_a_round_and_once_alone_does_not() {
        let same = || Same { look: || Ok(closed()), bring: || Ok(Vec::new()) };
        for (rounds, rings) in [(1, 0), (2, 1), (3, 2)] {
            let mut monitor = Monitor::new(Instant::now(), Duration::from_mins(15));
            let mut steps = 0;
            let wait = async |_| {
                steps += 1;
                if steps > rounds * 4 { Err(Failure::new(Exit::Interrupted, "enough")) } else { Ok(()) }
            };
            let (notes, out) = (Written::default(), Written::default());
            let mut output = Output::into_writers(Box::new(out.clone()), Box::new(notes.clone()), Screen::NONE);
            monitor.goes_on(same(), wait, &mut output).await.unwrap_err();
            drop(output);
            let said = out.text().matches("/: could not be looked at, as in the round before: so\n").count();
            assert_eq!((said, monitor.was_hidden, monitor.was_otherwise), (rings, rings > 0, false), "{}", out.text());
            assert!(notes.text().contains("/: could not be looked at: so"), "{}", notes.text());
        }
    }

    fn rolled_back() -> Result<Vec<String>, ChainError> {
        Err(ChainError::Lost(3))
    }
}
