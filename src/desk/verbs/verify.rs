//! `desk verify`: looks at the form as a visitor, once or as a monitor, and says what is not what the admins signed.

use crate::desk::chain::{Chain, ChainError, Proposed};
use crate::desk::cli::VerifyArgs;
use crate::desk::client::Client;
use crate::desk::context::{Context, block_on};
use crate::desk::cover::CoverError;
use crate::desk::failure::{Exit, Failure};
use crate::desk::output::{Line, Output, Style};
use crate::desk::profile::Profile;
use crate::desk::verbs::inbox::{note_proposed, note_sentence};
use crate::desk::verify::rounds::{Rounds, no_page};
use crate::desk::verify::{Difference, Errand, Look, Sight, round};
use serde::Serialize;
use std::collections::BTreeSet;
use std::time::Duration;
use tokio::time::{Instant, sleep_until};

#[derive(Serialize)]
struct Report<'a> {
    version: u32,
    looks: usize,
    /// What recovery admins propose.
    proposed: &'a BTreeSet<String>,
    differences: &'a BTreeSet<Difference>,
}

/// Looks.
pub fn run(args: &VerifyArgs, context: &mut Context) -> Result<(), Failure> {
    let profile = context.profile(None)?;
    let (chain, client) = newest(&profile, context)?;
    note_proposed(chain.proposed(), &mut context.output);
    let version = chain.newest();
    if let Some(text) = no_page(&chain) {
        return Err(Failure::new(Exit::Other, &text)
            .hint("they sign one with the next version: `knothole page --manifest`, then `desk admin pages`"));
    }
    let proxy = context.proxy().or(profile.settings().proxy.as_deref()).map(str::to_owned);
    let (form, proxy) = (args.form.as_str(), proxy.as_deref());
    if args.watch {
        let rounds = Rounds { form, proxy, profile: &profile, client: client.as_ref(), chain };
        return watch(rounds, Duration::from_mins(args.every), &mut context.output);
    }
    let proposed = client.is_some().then(|| chain.proposed());
    let errand = Errand { form, proxy, version, genesis: chain.genesis(), proposed, is_watch: false };
    let looks = round(version);
    let (differences, proposed) = block_on(async {
        let (mut differences, mut proposed) = (BTreeSet::new(), BTreeSet::new());
        for look in &looks {
            let sight = errand.look(look).await?;
            differences.extend(sight.differences);
            proposed.extend(sight.proposed);
        }
        Ok((differences, proposed))
    })?;
    let (number, output) = (version.public.version, &mut context.output);
    note_new(&proposed, chain.proposed(), output);
    if args.json {
        let looks = looks.len();
        output.print_json(&Report { version: number, looks, proposed: &proposed, differences: &differences })?;
    } else if differences.is_empty() {
        let languages = version.public.pages.len();
        output.print(&[Line::from(format!(
            "the form is what the admins signed with version {number}: page, script, headers and keyring, languages: {languages}"
        ))])?;
    } else {
        output.print(&differences.iter().map(line).collect::<Vec<_>>())?;
    }
    if differences.is_empty() { Ok(()) } else { Err(otherwise()) }
}

/// The keyring, from the server where keys are open anyway or nothing is known yet, else as this machine knows it; and who asked
/// the server.
fn newest(profile: &Profile, context: &mut Context) -> Result<(Chain, Option<Client>), Failure> {
    let genesis = profile.site()?.genesis;
    let identity = context.unlock_unasked(profile)?;
    let known = Chain::load(profile, genesis)?;
    let identity = match (identity, known) {
        (None, Some(chain)) => {
            context.output.note(&Line::from(
                "note: going by the keyring that this machine knows; `desk unlock` first has the newest one fetched",
            ));
            return Ok((chain, None));
        }
        (Some(identity), _) => identity,
        (None, None) => context.unlock(profile)?,
    };
    let client = context.client(profile, &identity)?;
    let chain = block_on(async { Ok(Chain::update(profile, genesis, &client).await?) })?;
    Ok((chain, Some(client)))
}

/// Looks until somebody ends it.
fn watch(rounds: Rounds<'_>, every: Duration, output: &mut Output) -> Result<(), Failure> {
    let steps = u32::try_from(rounds.looks().len() + 1).unwrap_or(u32::MAX);
    let pace = every / steps;
    output.note(&Line::from(format!("watching: a look every {} seconds; Ctrl-C ends it", pace.as_secs())));
    let mut monitor = Monitor { next: Instant::now(), pace, told: BTreeSet::new(), was_otherwise: false };
    let wait = async |moment| {
        sleep_until(moment).await;
        Ok(())
    };
    let ended = block_on(monitor.goes_on(rounds, wait, output));
    if monitor.was_otherwise { Err(otherwise()) } else { ended }
}

/// What a monitor does, one step after the other.
trait Steps {
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
struct Monitor {
    next: Instant,
    pace: Duration,
    told: BTreeSet<String>,
    was_otherwise: bool,
}

impl Monitor {
    async fn goes_on(
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
                match steps.look(&one).await {
                    Ok(Sight { differences, proposed }) => {
                        found.looks += 1;
                        self.take(&differences, &mut found, output)?;
                        let new = proposed.into_iter().filter(|one| self.told.insert(one.clone())).collect();
                        note_new(&new, steps.proposed(), output);
                    }
                    Err(error) => found.lost(&Failure::from(error), output),
                }
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
        }
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

/// What only the public door has said so far that recovery admins propose.
fn note_new(shown: &BTreeSet<String>, known: &[Proposed], output: &mut Output) {
    for one in shown.iter().filter(|one| known.iter().all(|known| known.to_string() != **one)) {
        output.ring();
        note_sentence(one, output);
    }
}

/// What one round brought.
#[derive(Default)]
struct Found {
    looks: u32,
    lost: u32,
    differences: usize,
}

impl Found {
    fn lost(&mut self, failure: &Failure, output: &mut Output) {
        self.lost += 1;
        output.note(&Line::from(failure.what.clone()));
    }
}

impl std::fmt::Display for Found {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { looks, lost, differences } = self;
        write!(f, "round done: {looks} looks, {differences} differences, {lost} that did not come off")
    }
}

fn line(difference: &Difference) -> Line {
    Line::new().with(Style::Alarm, &format!("{}: ", difference.at)).with(Style::Plain, &difference.what)
}

fn otherwise() -> Failure {
    Failure::new(Exit::Integrity, "the site does not show what the admins signed").hint(
        "call two admins of two agencies; send nobody to the form before they have said so. A version that was just \
         published, a program that was just renewed, or a form that was closed for a while can be the cause: only they can tell",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::keyring::KeyringError;
    use crate::desk::client::ClientError;
    use crate::desk::environment::Screen;
    use std::io::sink;

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

    /// When a monitor takes its first nine steps, after its first; and how it ends.
    async fn moments(same: Same) -> (Vec<Duration>, bool) {
        let (start, mut moments) = (Instant::now(), Vec::new());
        let mut monitor =
            Monitor { next: start, pace: Duration::from_mins(15), told: BTreeSet::new(), was_otherwise: false };
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
        (moments, monitor.was_otherwise)
    }

    #[tokio::test]
    async fn a_monitor_keeps_its_pace_whatever_it_finds_and_whatever_the_staff_door_shows() {
        let even: Vec<_> = (0..9).map(|number| Duration::from_mins(15) * number).collect();
        let sound = || Ok(Sight::default());
        let same = || Ok(vec!["version 4 of the keyring is out".to_owned()]);
        assert_eq!(moments(Same { look: sound, bring: same }).await, (even.clone(), false));
        let lie = || {
            Ok(Sight { differences: vec![Difference { at: "/".into(), what: "another".into() }], ..Sight::default() })
        };
        assert_eq!(moments(Same { look: lie, bring: same }).await, (even.clone(), true));
        let closed = || Err(CoverError::Unreachable);
        assert_eq!(moments(Same { look: closed, bring: same }).await, (even.clone(), false));
        for (bring, is_otherwise) in [
            (rolled_back as fn() -> _, true),
            (|| Err(ChainError::Keyring(KeyringError::Fork(3))), true),
            (|| Err(ChainError::Client(ClientError::NotAccepted)), false),
        ] {
            assert_eq!(moments(Same { look: sound, bring }).await, (even.clone(), is_otherwise));
        }
    }

    fn rolled_back() -> Result<Vec<String>, ChainError> {
        Err(ChainError::Lost(3))
    }
}
