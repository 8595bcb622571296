//! Knothole: anonymous tips, sealed on the source's page, opened only by the investigators the source picked.
//!
//! Modules stand in the order of their dependencies: each uses only what stands before it.

pub mod model;
pub mod clock;
pub mod crypto;
pub mod wire;
