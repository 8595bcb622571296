//! Forms that are tables: the flat one, and the sheet for deconfliction.

use super::csv::row;
use super::sheet::WAITING;
use super::{Head, Subject, mapping};
use crate::crypto::letter::{About, Basis, Contact, Share, Urgency, YesNo};
use crate::desk::follow_ups::AsksNow;
use crate::desk::inbox::view;
use crate::desk::similar::identifiers;

/// One row a tip.
pub fn flat(tips: &[Subject<'_>], head: &Head<'_>) -> Vec<u8> {
    let mut out = String::new();
    row(
        &mut out,
        [
            "handling",
            "conditions",
            "id",
            "tip",
            "day",
            "created",
            "priority",
            "reasons",
            "status",
            "claimed_by",
            "labels",
            "urgency",
            "about",
            "minor",
            "story",
            "where",
            "when",
            "suspects",
            "signs",
            "basis",
            "checkable",
            "readers",
            "exclude_text",
            "share",
            "contact",
            "contact_how",
            "contact_when",
            "contact_ask_for",
            "contact_message_ok",
            "contact_cover_story",
            "nibrs_suggested",
            "clocks",
            "withheld",
            "exported_by",
            "asks_now",
        ],
    );
    for tip in tips {
        row(&mut out, flat_cells(tip, head));
    }
    out.into_bytes()
}

fn flat_cells(tip: &Subject<'_>, head: &Head<'_>) -> Vec<String> {
    let (letter, answers) = (&tip.letter, &tip.letter.answers);
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let contact =
        |part: fn(&Contact) -> &Option<String>| answers.contact.as_ref().map(|way| text(part(way))).unwrap_or_default();
    let readers: Vec<String> = letter.readers.iter().map(|number| head.names.name(*number)).collect();
    let clocks: Vec<String> = tip.clocks.iter().map(|clock| clock.words(head.now)).collect();
    let reasons = tip.priority.map(|priority| priority.reasons.join("; ")).unwrap_or_default();
    let claimed = tip.case.and_then(|case| case.claimed_by(head.now)).map(|claim| claim.stamp.by.person.clone());
    let labels: Vec<&str> = tip.case.iter().flat_map(|case| case.labels.keys().map(String::as_str)).collect();
    vec![
        tip.tlp.as_str().to_owned(),
        tip.conditions.join(" "),
        tip.entry.short_id.clone(),
        letter.id.to_string(),
        tip.entry.tip.day.to_string(),
        letter.created.clone(),
        tip.priority.map(|priority| priority.level.to_string()).unwrap_or_default(),
        reasons,
        tip.case.map_or("", |case| case.status(head.now).as_str()).to_owned(),
        claimed.unwrap_or_default(),
        labels.join("; "),
        answers.urgency.as_ref().map_or("", Urgency::as_str).to_owned(),
        answers.about.as_ref().map_or("", About::as_str).to_owned(),
        answers.minor.as_ref().map_or("", YesNo::as_str).to_owned(),
        text(&answers.story),
        text(&answers.place),
        text(&answers.when),
        text(&answers.suspects),
        answers.signs.join("; "),
        answers.basis.as_ref().map_or("", Basis::as_str).to_owned(),
        text(&answers.checkable),
        readers.join("; "),
        text(&answers.exclude_text),
        answers.share.as_ref().map_or("", Share::as_str).to_owned(),
        answers.contact.as_ref().map_or("", |way| way.mode.as_str()).to_owned(),
        contact(|way| &way.how),
        contact(|way| &way.when),
        contact(|way| &way.ask_for),
        answers.contact.as_ref().and_then(|way| way.message_ok.as_ref()).map_or("", YesNo::as_str).to_owned(),
        contact(|way| &way.cover_story),
        mapping::nibrs(&answers.signs),
        clocks.join("; "),
        tip.withheld.unwrap_or_default().to_owned(),
        head.by.to_owned(),
        tip.asks_now.as_ref().map(asks_now).unwrap_or_default(),
    ]
}

/// What later letters have made of what the source asks for, in one cell.
fn asks_now(asks: &AsksNow) -> String {
    let excluded = asks.exclude_text.as_ref().map(|text| format!("must not see it: {text}"));
    let shared = format!("may be shared: {}", view::share(asks.share.as_ref()));
    let way = asks.contact.as_ref().map(|contact| {
        let own = [&contact.how, &contact.when, &contact.ask_for].map(Option::as_deref);
        let parts = [Some(view::contact_words(&contact.mode))].into_iter().chain(own);
        format!("contact: {}", parts.flatten().collect::<Vec<_>>().join(", "))
    });
    let waiting = asks.is_waiting.then(|| WAITING.to_owned());
    excluded.into_iter().chain([shared]).chain(way).chain(waiting).collect::<Vec<_>>().join("; ")
}

/// Type, value and contact, and where and when, to be typed into a system that finds who else looks at the same. Nothing of
/// the story, and no way in which the source is reached.
pub fn deconflict(tips: &[Subject<'_>], head: &Head<'_>) -> Vec<u8> {
    let mut out = String::new();
    row(
        &mut out,
        ["handling", "type", "value", "as_written", "where", "when", "tip", "came", "contact_person", "conditions"],
    );
    for tip in tips {
        for found in identifiers::of_facts(&tip.letter) {
            row(
                &mut out,
                [
                    tip.tlp.as_str(),
                    found.kind.as_str(),
                    &found.key,
                    &found.written,
                    tip.letter.answers.place.as_deref().unwrap_or_default(),
                    tip.letter.answers.when.as_deref().unwrap_or_default(),
                    &tip.entry.short_id,
                    &tip.entry.tip.day.to_string(),
                    head.by,
                    &tip.conditions.join(" "),
                ],
            );
        }
    }
    out.into_bytes()
}
