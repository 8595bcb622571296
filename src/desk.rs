//! What the `desk` tool does, for members and admins: every step is a function here, and `cli` alone knows of words typed
//! at a terminal. The server is a stranger, and so is everyone who wrote a tip.

pub mod admin;
pub mod agency_keys;
pub mod agent;
pub mod cache;
pub mod case;
pub mod chain;
pub mod cli;
pub mod client;
pub mod clocks;
pub mod context;
pub mod cover;
pub mod doctor;
pub mod enrolment;
pub mod environment;
pub mod export;
pub mod events;
pub mod failure;
pub mod fields;
pub mod files;
pub mod identity;
pub mod inbox;
pub mod keep;
pub mod moment;
pub mod names;
pub mod notices;
pub mod output;
pub mod passphrase;
pub mod priority;
pub mod profile;
pub mod random;
pub mod search;
pub mod similar;
pub mod sync;
pub mod verbs;
pub mod wishes;
