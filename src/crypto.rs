//! Keys, seals and signatures. What can open a sealed byte is compiled only with the feature `desk`.

pub mod keyring;
pub mod shape;
pub mod sign;
pub mod tar;
