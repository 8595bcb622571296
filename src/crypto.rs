//! Keys, seals and signatures. What can open a sealed byte is compiled only with the feature `desk`.

#[cfg(feature = "desk")]
pub mod capsule;
#[cfg(feature = "desk")]
pub mod compose;
#[cfg(feature = "desk")]
pub mod event;
#[cfg(feature = "desk")]
pub mod file;
#[cfg(feature = "desk")]
pub mod hybrid;
pub mod keyring;
#[cfg(feature = "desk")]
pub mod letter;
#[cfg(feature = "desk")]
pub mod open;
#[cfg(feature = "desk")]
pub mod pad;
pub mod page;
#[cfg(feature = "desk")]
pub mod recovery;
pub mod shape;
pub mod sign;
pub mod statement;
pub mod tar;
#[cfg(feature = "desk")]
pub mod thread;
