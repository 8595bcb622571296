//! Plain values that both doors, the page's twin and `desk` share. Nothing here does I/O or knows a key.

pub mod agency;
pub mod day;
pub mod hex;
pub mod parsed;
pub mod tip;
