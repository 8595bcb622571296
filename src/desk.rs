//! What the `desk` tool does, for members and admins: every step is a function here, and `cli` alone knows of words typed
//! at a terminal. The server is a stranger, and so is everyone who wrote a tip.

pub mod agency_keys;
pub mod cache;
pub mod chain;
pub mod client;
pub mod enrolment;
pub mod environment;
pub mod files;
pub mod identity;
pub mod output;
pub mod passphrase;
pub mod profile;
pub mod sync;
