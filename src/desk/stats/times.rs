//! How long it takes until a member first writes on a tip, until it is referred and closed: medians, rounded, since a median is one
//! tip's own time. When it was first read nobody knows: reading writes nothing, but where a clock of the law starts with it.

use super::{Time, Tip};
use crate::crypto::event::SetStatus;
use crate::desk::priority::Level;
use crate::model::day::Day;

/// From the tip to what.
const EVENT: &str = "first event";
const REFERRED: &str = "first referral";
const CLOSED: &str = "closed";

/// Every median: of all tips, and until the first event for each level.
pub fn medians(tips: &[&Tip<'_>], k: u64) -> Vec<Time> {
    let minutes = |until: fn(&Tip<'_>) -> Option<u64>, level: Option<Level>| {
        let of_level = tips.iter().filter(|tip| level.is_none() || tip.level == level);
        of_level.filter_map(|tip| Some(until(tip)?.saturating_sub(written(tip)?) / 60)).collect::<Vec<u64>>()
    };
    let all = |until: &'static str, at: fn(&Tip<'_>) -> Option<u64>| Time {
        until,
        of: "all".to_owned(),
        median_minutes: median(minutes(at, None), k),
    };
    let mut times = vec![all(EVENT, first_event)];
    times.extend(Level::ALL.map(|level| Time {
        until: EVENT,
        of: level.to_string(),
        median_minutes: median(minutes(first_event, Some(level)), k),
    }));
    times.extend([all(REFERRED, first_referral), all(CLOSED, closing)]);
    times
}

/// `opened` comes before whatever else somebody of an agency writes.
fn first_event(tip: &Tip<'_>) -> Option<u64> {
    tip.case.opened.values().map(|opening| opening.stamp.at).min()
}

fn first_referral(tip: &Tip<'_>) -> Option<u64> {
    tip.case.referrals.iter().map(|referral| referral.stamp.at).min()
}

fn closing(tip: &Tip<'_>) -> Option<u64> {
    tip.case.set.as_ref().filter(|set| set.status == SetStatus::Closed).map(|set| set.stamp.at)
}

/// When it was written, as the source's clock says where that fits the day on which it came. Otherwise nobody knows.
fn written(tip: &Tip<'_>) -> Option<u64> {
    let (day, time) = tip.letter.created.split_once('T')?;
    let day: Day = day.parse().ok().filter(|day: &Day| tip.day.days_until(*day).abs() <= 1)?;
    let (hours, minutes) = time.strip_suffix('Z')?.split_once(':')?;
    let (hours, minutes): (u64, u64) = (hours.parse().ok()?, minutes.parse().ok()?);
    (hours < 24 && minutes < 60)
        .then(|| u64::from(day.epoch_days().unsigned_abs()) * 86_400 + hours * 3600 + minutes * 60)
}

/// The middle one, rounded to what people would say: 5 minutes, hours, days.
fn median(mut minutes: Vec<u64>, k: u64) -> Option<u64> {
    if (minutes.len() as u64) < k {
        return None;
    }
    minutes.sort_unstable();
    let middle = minutes[minutes.len() / 2];
    let step = match middle {
        0..120 => 5,
        120..2880 => 60,
        _ => 1440,
    };
    Some((middle + step / 2) / step * step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_median_stands_for_k_tips_and_is_no_tips_own_time() {
        assert_eq!(median(vec![7; 10], 11), None);
        assert_eq!(median(vec![7; 11], 11), Some(5));
        assert_eq!(median((0..21).collect(), 11), Some(10));
        assert_eq!(median(vec![200; 11], 11), Some(180));
        assert_eq!(median(vec![10_000; 11], 11), Some(10_080));
    }
}
