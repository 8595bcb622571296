//! What the demo's members have done on the samples: commands as they would be typed, each at its time, by those who did
//! them, over the same staff door.

use super::people::People;
use super::{DemoDesk, DemoError};
use crate::clock::Clock;
use crate::desk::failure::Exit;
use crate::desk::verbs::Hand;
use crate::model::tip::TipId;
use serde::Deserialize;
use serde_json::Value;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

const CASEWORK: &str = include_str!("casework.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Casework {
    acts: Vec<Act>,
}

/// One command.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Act {
    /// Hours ago.
    at: f64,
    who: String,
    pub(super) does: String,
    /// Whether a wish of the source is in its way.
    #[serde(default)]
    stops: bool,
}

impl Act {
    /// How long ago it was done.
    pub fn seconds_back(&self) -> u64 {
        Duration::from_secs_f64(self.at.max(0.0) * 3_600.0).as_secs()
    }
}

/// All that was done, the oldest first.
pub(super) fn read() -> Result<Vec<Act>, DemoError> {
    let Casework { acts } = toml::from_str(CASEWORK).map_err(|error| DemoError::Sample(error.to_string()))?;
    Ok(acts)
}

/// The desks at which it is done. Each is unlocked when it is first used, and once.
pub(super) struct Desks {
    hands: HashMap<String, Hand>,
}

impl Desks {
    /// Everyone's.
    pub fn of(people: &People, clock: &Arc<dyn Clock>) -> Self {
        let hand =
            |(id, desk): (String, DemoDesk)| (id, Hand::new(desk.profile_dir, desk.passphrase_path, Arc::clone(clock)));
        Self { hands: people.all_desks().into_iter().map(hand).collect() }
    }

    /// Does one thing on the samples that are there, by name. Waits for the server: not for a thread that serves.
    pub fn act(&mut self, act: &Act, tips: &mut HashMap<String, TipId>) -> Result<(), DemoError> {
        let failed = |why: &str| DemoError::Sample(format!("{}: desk {}: {why}", act.who, act.does));
        let hand = self.hands.get_mut(&act.who).ok_or_else(|| failed("there is no such member"))?;
        let mut line = act.does.clone();
        let mut named = None;
        while let Some((before, (name, after))) =
            line.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?)))
        {
            let tip = tips.get(name).ok_or_else(|| failed("there is no such sample"))?;
            named.get_or_insert_with(|| (name.to_owned(), *tip));
            line = format!("{before}{tip}{after}");
        }
        match (hand.run(&line), act.stops) {
            (Ok(_), false) => {}
            (Err(failure), true) if failure.exit == Exit::Policy => {}
            (Ok(_), true) => return Err(failed("no wish stopped it")),
            (Err(failure), _) => return Err(failed(&failure.what)),
        }
        if let Some((name, tip)) = named.filter(|_| line.starts_with("refer ")) {
            let shown = hand.run(&format!("show {tip} --json --offline")).map_err(|failure| failed(&failure.what))?;
            if let Some(new) = new_tip(&shown) {
                tips.insert(format!("{name}.facts"), new);
            }
        }
        Ok(())
    }
}

/// The tip that was made when another was passed on last.
fn new_tip(shown: &str) -> Option<TipId> {
    let shown: Value = serde_json::from_str(shown).ok()?;
    let events = shown["events"].as_array()?;
    events.iter().rev().find_map(|event| event["new_tip"].as_str()?.parse().ok())
}
