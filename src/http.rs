//! The two doors. Handlers translate between HTTP and one function of `intake`; no rule of the product lives here.

pub mod accept;
mod auth;
mod courtesy;
mod headers;
pub mod limits;
pub mod page;
mod problem;
mod public;
mod sealed;
pub mod serve;
mod staff;
mod uploads;
mod webcat;
