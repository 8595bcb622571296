//! The words of `desk cover`.

use crate::desk::cover::page::typed_genesis;
use crate::desk::cover::schedule::MOST_A_DAY;
use clap::{ArgGroup, Args, value_parser};

/// `desk cover`.
#[derive(Debug, Args)]
#[command(group(ArgGroup::new("number").required(true).args(["count", "per_day"])))]
pub struct CoverArgs {
    /// Address of the form
    #[arg(long, value_name = "URL")]
    pub form: String,
    /// Send this many, at random times of the next 24 hours
    #[arg(long, value_name = "N", value_parser = value_parser!(u32).range(1..=i64::from(MOST_A_DAY)))]
    pub count: Option<u32>,
    /// Send a random number every day, so many on average, until Ctrl-C
    #[arg(long, value_name = "MEAN", value_parser = mean)]
    pub per_day: Option<f64>,
    /// Stop after 24 hours
    #[arg(long, conflicts_with = "count")]
    pub once: bool,
    /// Send them at once, one after another
    #[arg(long, conflicts_with = "per_day")]
    pub now: bool,
    /// The site's twelve words, or the hash of its version 0: send nothing to any other
    #[arg(long, value_name = "WORDS", value_parser = genesis)]
    pub genesis: Option<String>,
}

fn mean(typed: &str) -> Result<f64, String> {
    let mean = typed.parse().ok().filter(|mean: &f64| (0.0..=f64::from(MOST_A_DAY)).contains(mean));
    mean.ok_or_else(|| format!("expected a number from 0 to {MOST_A_DAY}"))
}

fn genesis(typed: &str) -> Result<String, &'static str> {
    typed_genesis(typed).ok_or("expected twelve English words or 64 lower-case hex digits")
}
