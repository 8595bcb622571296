//! A whole server in the test's process, and the actors who use its doors and nothing else.

pub mod app;
#[cfg(feature = "bucket")]
pub mod bucket;
pub mod files;
pub mod http;
#[cfg(feature = "desk")]
pub mod process;
pub mod site;
pub mod staff;
pub mod tip;
pub mod uploads;
