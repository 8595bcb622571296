//! What every command works with: the profile that was named, its keys once they were asked for, the server, the terminal.

use super::agent;
use super::cli::Common;
use super::client::Client;
use super::environment;
use super::failure::{Exit, Failure};
use super::identity::{Identity, IdentityError};
use super::log::{self, Acting, Log};
use super::output::{Line, Output, Style};
use super::passphrase::{self, Terminal};
use super::plugin::Asker;
use super::profile::{Part, Profile, ProfileError};
use crate::clock::Clock;
use age::secrecy::SecretString;
use std::future::Future;
use std::io::{self, BufRead as _, IsTerminal as _, Read as _};
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use std::time::Duration;
use tokio::runtime::Runtime;
use zeroize::Zeroizing;

/// Bytes of words that are read: more than an event holds, so that too many are refused and not cut.
const MAX_WORDS: u64 = 1 << 20;
/// How often is looked whether a line was typed.
const GLANCE: Duration = Duration::from_millis(50);

/// Shared by all commands of one run.
pub struct Context {
    /// Where results and notes go.
    pub output: Output,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// What the command leaves in the log.
    pub acting: Acting,
    common: Common,
    unlocked: Option<Arc<Identity>>,
}

impl Context {
    /// For one run.
    pub fn new(output: Output, clock: Arc<dyn Clock>, common: Common) -> Self {
        let acting = Acting::new(clock.clone());
        Self { output, clock, acting, common, unlocked: None }
    }

    /// The directory of the profile.
    pub fn profile_dir(&self) -> Result<PathBuf, Failure> {
        let named = self.common.profile.clone();
        named.or_else(environment::default_profile_dir).ok_or_else(|| {
            Failure::new(Exit::Usage, "there is no home directory to look for a profile in")
                .hint("name one with `--profile DIR`")
        })
    }

    /// The profile, which must be that of a member or an admin where that matters.
    pub fn profile(&mut self, part: Option<Part>) -> Result<Profile, Failure> {
        let profile = Profile::open(&self.profile_dir()?)?;
        self.output.follow(profile.settings().accessible);
        let is_other = part.is_some_and(|part| part != profile.settings().part);
        if !is_other {
            return Ok(profile);
        }
        Err(match profile.settings().part {
            Part::Admin => Failure::new(Exit::NoKey, "this profile is an admin's, and admins read nothing"),
            Part::Member => Failure::new(Exit::NoKey, "this profile is a member's, and members sign nothing"),
        }
        .hint("name another profile with `--profile DIR`"))
    }

    /// Opens the profile's keys, where an agent does not hold them open. Asks once in a run, and a run has one profile.
    pub fn unlock(&mut self, profile: &Profile) -> Result<Arc<Identity>, Failure> {
        if let Some(identity) = self.unlock_unasked(profile)? {
            return Ok(identity);
        }
        let identity = self.unlock_anew(profile)?;
        self.unlocked = Some(identity.clone());
        Ok(identity)
    }

    /// Opens the profile's keys if that can be done without asking anyone; none where no passphrase file was named and no
    /// agent holds them open.
    pub fn unlock_unasked(&mut self, profile: &Profile) -> Result<Option<Arc<Identity>>, Failure> {
        if self.unlocked.is_none() {
            self.unlocked = if self.common.passphrase_file.is_some() && profile.plugin()?.is_none() {
                Some(self.unlock_anew(profile)?)
            } else {
                let socket = agent::socket_path(profile);
                // An agent that cannot be asked is none: the passphrase is asked instead.
                let roots = socket.and_then(|socket| agent::keys(&socket)).ok().flatten();
                roots.map(|roots| profile.identity(roots)).transpose()?.map(Arc::new)
            };
            if let Some(identity) = &self.unlocked {
                self.acting.unlocked(Log::of(profile, identity)?);
            }
        }
        Ok(self.unlocked.clone())
    }

    /// Opens the profile's keys where that needs nobody, or somebody can be asked; none where nobody can.
    pub fn unlock_if_possible(&mut self, profile: &Profile) -> Result<Option<Arc<Identity>>, Failure> {
        match self.unlock_unasked(profile)? {
            None if self.can_ask() => self.unlock(profile).map(Some),
            unasked => Ok(unasked),
        }
    }

    /// Opens the profile's keys with its passphrase or its token, agent or not.
    pub fn unlock_anew(&self, profile: &Profile) -> Result<Arc<Identity>, Failure> {
        let identity = if let Some(plugin) = profile.plugin()? {
            profile.unlock_by(&plugin, self.asker())?
        } else {
            let passphrase = self.passphrase(|| passphrase::from_terminal("passphrase: "))?;
            profile.unlock(&passphrase).map_err(|error| self.wrong_passphrase(profile, error))?
        };
        let identity = Arc::new(identity);
        self.acting.unlocked(Log::of(profile, &identity)?);
        Ok(identity)
    }

    /// Leaves a line about a passphrase that was wrong, and says what happened.
    fn wrong_passphrase(&self, profile: &Profile, error: ProfileError) -> Failure {
        let is_wrong = matches!(error, ProfileError::Identity(IdentityError::WrongPassphrase));
        let failure = Failure::from(error);
        match is_wrong.then(|| log::note_wrong_passphrase(profile, self.clock.unix_seconds())) {
            Some(Err(unlogged)) => failure.hint(&format!("and this could not be written into the log: {unlogged}")),
            _ => failure,
        }
    }

    /// Whoever answers what a plugin asks.
    pub fn asker(&self) -> Asker {
        Asker { may_ask: self.can_ask() }
    }

    /// A passphrase for new keys.
    pub fn new_passphrase(&self) -> Result<SecretString, Failure> {
        self.passphrase(passphrase::new_from_terminal)
    }

    fn passphrase(
        &self,
        ask: impl FnOnce() -> Result<SecretString, passphrase::PassphraseError> + Send + 'static,
    ) -> Result<SecretString, Failure> {
        if let Some(path) = &self.common.passphrase_file {
            return Ok(passphrase::from_file(path)?);
        }
        self.may_ask("a passphrase is needed", "--passphrase-file FILE")?;
        let terminal = Terminal::remember();
        let asked = block_on(async { Ok(tokio::task::spawn_blocking(ask).await) });
        let typed = asked.inspect_err(|_| terminal.put_back())?;
        Ok(typed.map_err(|error| Failure::new(Exit::Other, &error))??)
    }

    /// The server, as the owner of this identity.
    pub fn client(&self, profile: &Profile, identity: &Identity) -> Result<Client, Failure> {
        let proxy = self.common.proxy.as_deref().or(profile.settings().proxy.as_deref());
        Ok(Client::new(&profile.site()?, proxy, identity, self.clock.clone())?)
    }

    /// The proxy that was named.
    pub fn proxy(&self) -> Option<&str> {
        self.common.proxy.as_deref()
    }

    /// Asks for a yes; `flag` is how to say it beforehand.
    pub fn confirm(&mut self, question: &str, is_said: bool, flag: &str) -> Result<(), Failure> {
        if is_said {
            return Ok(());
        }
        self.may_ask("this needs your yes", flag)?;
        let question = Line::new().with(Style::Bold, question).with(Style::Plain, " [y/N]");
        let answer = self.typed(&question)?; // what cannot be read is no yes
        let is_yes = matches!(answer.trim().to_lowercase().as_str(), "y" | "yes");
        if is_yes { Ok(()) } else { Err(Failure::new(Exit::Other, "nothing was done")) }
    }

    /// Asks that something be typed; `flag` is how to say it beforehand.
    pub fn confirm_typed(
        &mut self,
        question: &str,
        wanted: &str,
        said: Option<&str>,
        flag: &str,
    ) -> Result<(), Failure> {
        let is_wanted = |typed: &str| typed.trim().eq_ignore_ascii_case(wanted);
        let typed = if let Some(said) = said {
            said.to_owned()
        } else {
            self.may_ask("this needs your word", flag)?;
            let question = Line::new().with(Style::Bold, question).with(Style::Plain, &format!(" [type {wanted}]"));
            self.typed(&question)? // what cannot be read is no word
        };
        if is_wanted(&typed) {
            return Ok(());
        }
        let what = format!("{:?} is not {wanted}: nothing was done", typed.trim());
        Err(Failure::new(Exit::Usage, &what).hint(&format!("say `{flag}`")))
    }

    /// Reads words that were not given on the line: all of standard input where that is no terminal, else what someone types
    /// up to an empty line.
    pub fn words(&mut self, question: &str, flag: &str) -> Result<Zeroizing<String>, Failure> {
        let mut words = Zeroizing::new(String::new());
        let mut input = io::stdin().lock().take(MAX_WORDS);
        if io::stdin().is_terminal() {
            self.may_ask("words are needed", flag)?;
            let question = Line::new().with(Style::Bold, question).with(Style::Plain, " [an empty line ends it]");
            let mut unasked = Some(&question);
            let mut line = Zeroizing::new(String::new());
            // The words begin on a line of their own.
            while self.waits_for_line(|output| unasked.take().into_iter().for_each(|question| output.note(question)))?
                && input.read_line(&mut line).is_ok_and(|read| read > 0)
                && !line.trim().is_empty()
            {
                words.push_str(&line);
                line.clear();
            }
        } else {
            let read = input.read_to_string(&mut words);
            read.map_err(|_| Failure::new(Exit::Usage, "standard input is no text"))?;
        }
        let is_empty = words.trim().is_empty();
        if is_empty {
            return Err(Failure::new(Exit::Usage, "there are no words").hint(&format!("say `{flag}`")));
        }
        Ok(words)
    }

    /// The line that somebody types when asked; an empty one where it cannot be read.
    fn typed(&mut self, question: &Line) -> Result<String, Failure> {
        let mut line = String::new();
        self.waits_for_line(|output| output.ask(question))?;
        let _ = io::stdin().lock().read_line(&mut line);
        Ok(line)
    }

    /// Asks, and waits until somebody has typed a line.
    fn waits_for_line(&mut self, ask: impl FnOnce(&mut Output)) -> Result<bool, Failure> {
        let typed = wait_for_line(|| ask(&mut self.output), || false);
        typed.inspect_err(|_| self.output.note(&Line::new())) // what is said of Ctrl-C stands on a line of its own
    }

    /// From now on nobody is asked anything.
    pub fn never_ask(&mut self) {
        self.common.no_input = true;
    }

    fn can_ask(&self) -> bool {
        !self.common.no_input && environment::can_ask()
    }

    fn may_ask(&self, what: &str, flag: &str) -> Result<(), Failure> {
        if self.can_ask() {
            return Ok(());
        }
        Err(Failure::new(Exit::Usage, &format!("{what}, and nobody can be asked")).hint(&format!("say `{flag}`")))
    }
}

/// Asks, waits until somebody has typed a line, and says whether that came before `is_over`. Ctrl-C ends it as it ends a job: once a
/// job was begun the system no longer ends the process by itself. It is listened for before anything is asked.
pub fn wait_for_line(ask: impl FnOnce(), mut is_over: impl FnMut() -> bool) -> Result<bool, Failure> {
    block_on(async {
        ask();
        while !environment::is_something_typed() {
            if is_over() {
                return Ok(false);
            }
            tokio::time::sleep(GLANCE).await;
        }
        Ok(true)
    })
}

/// Runs a network job to its end, or to Ctrl-C, whichever comes first. Never waits for what Ctrl-C has cut off. All jobs of the
/// process share one runtime: a connection that one of them leaves open must still be served when the next sends on it.
pub fn block_on<T>(job: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    static RUNTIME: OnceLock<io::Result<Runtime>> = OnceLock::new();
    let runtime = RUNTIME
        .get_or_init(Runtime::new)
        .as_ref()
        .map_err(|source| Failure::new(Exit::Other, &format!("cannot start the network: {source}")))?;
    runtime.block_on(async {
        tokio::select! {
            biased; // Ctrl-C is listened for before the job begins
            _ = tokio::signal::ctrl_c() => Err(Failure::interrupted()),
            result = job => result,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::runtime::Handle;

    /// Of two runtimes the one that is over would still own what the first job left open, and nobody would serve it.
    #[test]
    fn all_jobs_of_a_process_run_where_connections_of_the_first_are_served() {
        let runtime = || block_on(async { Ok(Handle::current().id()) }).unwrap();
        assert_eq!(runtime(), runtime());
    }
}
