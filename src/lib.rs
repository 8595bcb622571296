//! Knothole: anonymous tips, sealed on the source's page, opened only by the investigators the source picked.
//!
//! Modules stand in the order of their dependencies: each uses only what stands before it.

pub mod model;
pub mod clock;
#[cfg(any(feature = "server", feature = "desk"))]
pub mod core_dumps;
pub mod crypto;
pub mod wire;
#[cfg(feature = "server")]
pub mod store;
#[cfg(feature = "server")]
pub mod intake;
#[cfg(feature = "server")]
pub mod http;
#[cfg(feature = "server")]
pub mod telemetry;
#[cfg(feature = "server")]
pub mod config;
#[cfg(feature = "server")]
pub mod check;
#[cfg(feature = "desk")]
pub mod desk;
#[cfg(all(feature = "server", feature = "desk"))]
pub mod demo;
