//! `desk verify`: looks at the form as a visitor, once or as a monitor, and says what is not what the admins signed.

use crate::desk::chain::{Chain, Proposed};
use crate::desk::cli::VerifyArgs;
use crate::desk::context::{Context, block_on};
use crate::desk::cover::CoverError;
use crate::desk::failure::{Exit, Failure};
use crate::desk::output::{Line, Output, Style};
use crate::desk::profile::Profile;
use crate::desk::verbs::inbox::{note_proposed, note_sentence};
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
    let (chain, was_asked) = newest(&profile, context)?;
    note_proposed(chain.proposed(), &mut context.output);
    let version = chain.newest();
    if version.public.pages.is_empty() {
        let text = format!("the admins have signed no page with version {} of the keyring", version.public.version);
        return Err(Failure::new(Exit::Other, &text)
            .hint("they sign one with the next version: `knothole page --manifest`, then `desk admin pages`"));
    }
    let proxy = context.proxy().or(profile.settings().proxy.as_deref()).map(str::to_owned);
    let proposed = was_asked.then(|| chain.proposed());
    let (form, genesis, is_watch) = (args.form.as_str(), chain.genesis(), args.watch);
    let errand = Errand { form, proxy: proxy.as_deref(), version, genesis, proposed, is_watch };
    if is_watch {
        return watch(errand, Duration::from_mins(args.every), &mut context.output);
    }
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

/// The keyring, from the server where keys are open anyway or nothing is known yet, else as this machine knows it; and whether
/// the server was asked.
fn newest(profile: &Profile, context: &mut Context) -> Result<(Chain, bool), Failure> {
    let genesis = profile.site()?.genesis;
    let identity = context.unlock_unasked(profile)?;
    let known = Chain::load(profile, genesis)?;
    let identity = match (identity, known) {
        (None, Some(chain)) => {
            context.output.note(&Line::from(
                "note: going by the keyring that this machine knows; `desk unlock` first has the newest one fetched",
            ));
            return Ok((chain, false));
        }
        (Some(identity), _) => identity,
        (None, None) => context.unlock(profile)?,
    };
    let client = context.client(profile, &identity)?;
    block_on(async { Ok((Chain::update(profile, genesis, &client).await?, true)) })
}

/// Looks until somebody ends it.
fn watch(errand: Errand<'_>, every: Duration, output: &mut Output) -> Result<(), Failure> {
    let looks = u32::try_from(round(errand.version).len()).unwrap_or(u32::MAX);
    let pace = every / looks.max(1);
    output.note(&Line::from(format!("watching: a look every {} seconds; Ctrl-C ends it", pace.as_secs())));
    let known = errand.proposed.unwrap_or_default();
    let mut monitor = Monitor { next: Instant::now(), pace, known, told: BTreeSet::new(), was_otherwise: false };
    let wait = async |moment| {
        sleep_until(moment).await;
        Ok(())
    };
    let ended =
        block_on(monitor.goes_on(|| round(errand.version), wait, async |look: Look| errand.look(&look).await, output));
    if monitor.was_otherwise { Err(otherwise()) } else { ended }
}

/// One look after the other, at a pace that does not depend on what is found: a server learns nothing of what was noticed.
struct Monitor<'a> {
    next: Instant,
    pace: Duration,
    known: &'a [Proposed],
    told: BTreeSet<String>,
    was_otherwise: bool,
}

impl Monitor<'_> {
    async fn goes_on(
        &mut self,
        round: impl Fn() -> Vec<Look>,
        mut wait: impl AsyncFnMut(Instant) -> Result<(), Failure>,
        mut look: impl AsyncFnMut(Look) -> Result<Sight, CoverError>,
        output: &mut Output,
    ) -> Result<(), Failure> {
        loop {
            let mut found = Found::default();
            for one in round() {
                wait(self.next).await?;
                self.next += self.pace;
                match look(one).await {
                    Ok(Sight { differences, proposed }) => {
                        self.was_otherwise |= !differences.is_empty();
                        found.take(&differences, output)?;
                        let new = proposed.into_iter().filter(|one| self.told.insert(one.clone())).collect();
                        note_new(&new, self.known, output);
                    }
                    Err(error) => found.lost(&Failure::from(error), output),
                }
            }
            output.print(&[Line::from(found.to_string())])?;
        }
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
    fn take(&mut self, differences: &[Difference], output: &mut Output) -> Result<(), Failure> {
        self.looks += 1;
        self.differences += differences.len();
        if differences.is_empty() {
            return Ok(());
        }
        output.ring();
        Ok(output.print(&differences.iter().map(line).collect::<Vec<_>>())?)
    }

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
    use crate::desk::environment::Screen;
    use std::io::sink;

    /// When a monitor makes its first eight looks, after its first; and how it ends.
    async fn moments(found: impl Fn() -> Result<Sight, CoverError>) -> (Vec<Duration>, bool) {
        let (start, mut moments) = (Instant::now(), Vec::new());
        let mut monitor = Monitor {
            next: start,
            pace: Duration::from_mins(20),
            known: &[],
            told: BTreeSet::new(),
            was_otherwise: false,
        };
        let wait = async |moment: Instant| {
            if moments.len() == 8 {
                return Err(Failure::new(Exit::Interrupted, "enough"));
            }
            moments.push(moment - start);
            Ok(())
        };
        let looks = || vec![Look::Front, Look::Language("en".into()), Look::Notice];
        let mut output = Output::into_writers(Box::new(sink()), Box::new(sink()), Screen::NONE);
        let ended = monitor.goes_on(looks, wait, async |_| found(), &mut output).await;
        assert_eq!(ended.unwrap_err().exit, Exit::Interrupted);
        (moments, monitor.was_otherwise)
    }

    #[tokio::test]
    async fn a_monitor_keeps_its_pace_whatever_it_finds() {
        let even: Vec<_> = (0..8).map(|number| Duration::from_mins(20) * number).collect();
        assert_eq!(moments(|| Ok(Sight::default())).await, (even.clone(), false));
        let lie =
            || Sight { differences: vec![Difference { at: "/".into(), what: "another".into() }], ..Sight::default() };
        assert_eq!(moments(|| Ok(lie())).await, (even.clone(), true));
        assert_eq!(moments(|| Err(CoverError::Unreachable)).await, (even, false));
    }
}
