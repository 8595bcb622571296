//! Keeps what the process has in memory out of files and away from the account's other processes.

#[cfg(target_os = "linux")]
use rustix::process::{DumpableBehavior, set_dumpable_behavior};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// Whether this process, as it was started, may leave none. Says nothing of a handler.
pub fn are_off() -> bool {
    getrlimit(Resource::Core).current == Some(0)
}

/// From now on the process leaves no core dump, neither in a file nor through a handler, and on Linux only root may look
/// into its memory.
pub fn forbid() -> std::io::Result<()> {
    setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) })?;
    // The limit alone would not do: a handler that `core_pattern` names takes dumps of any size.
    #[cfg(target_os = "linux")]
    set_dumpable_behavior(DumpableBehavior::NotDumpable)?;
    Ok(())
}
