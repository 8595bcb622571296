//! Keeps what the process has in memory out of files and away from the account's other processes.

use rustix::process::{DumpableBehavior, Resource, Rlimit, getrlimit, set_dumpable_behavior, setrlimit};

/// Whether this process, as it was started, may leave none. Says nothing of a handler.
pub fn are_off() -> bool {
    getrlimit(Resource::Core).current == Some(0)
}

/// From now on the process leaves no core dump, neither in a file nor through a handler, and only root may look into
/// its memory.
pub fn forbid() -> std::io::Result<()> {
    // The limit alone would not do: a handler that `core_pattern` names takes dumps of any size.
    setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) })?;
    Ok(set_dumpable_behavior(DumpableBehavior::NotDumpable)?)
}
