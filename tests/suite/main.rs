//! Tests of the whole from outside, one binary. `cfg(test)` always holds here; it tells clippy that all of this is tests.

#[cfg(test)]
#[cfg(all(feature = "server", feature = "desk"))]
mod demo;
#[cfg(test)]
#[cfg(feature = "desk")]
mod desk;
#[cfg(test)]
#[cfg(all(feature = "server", feature = "desk"))]
mod faults;
#[cfg(test)]
#[cfg(all(feature = "server", feature = "desk"))]
mod picked;
#[cfg(test)]
#[cfg(all(feature = "server", feature = "desk"))]
mod privacy;
#[cfg(test)]
#[cfg(feature = "desk")]
mod testkit;
#[cfg(test)]
#[cfg(feature = "desk")]
mod vectors;
#[cfg(test)]
#[cfg(feature = "server")]
mod server;
#[cfg(test)]
#[cfg(feature = "server")]
mod store;
#[cfg(test)]
#[cfg(feature = "server")]
mod support;
