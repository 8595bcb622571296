use super::*;
use crate::crypto::event::{Author, Span};
use crate::crypto::letter::{Answers, Letter, Route, Urgency, YesNo};
use crate::desk::cache::{Known, KnownTip, ThreadSecret};
use crate::desk::case::{Claim, Note, Redaction, Stamp};
use crate::desk::inbox::Rules;
use crate::desk::inbox::{Entry, Inbox, Viewer};
use crate::model::agency::AgencyNumber;
use crate::model::hex::Hex;
use crate::model::tip::TipId;
use proptest::prelude::*;

const NOW: u64 = 1_795_521_600;

fn entry(answers: Answers) -> Entry {
    let mut letter =
        Letter::new(TipId([1; 32]), "2026-11-24T01:45Z".into(), "es".into(), Route::Full, vec![AgencyNumber(0)]);
    letter.answers = answers;
    let tip = KnownTip::new(1, "2026-11-24".parse().unwrap(), ThreadSecret::new("x"), letter);
    let known = Known { tips: vec![tip], ..Known::default() };
    let viewer = Viewer { agency: AgencyNumber(0), person: "mia".into(), now: 0 };
    Inbox::new(known, viewer, &Rules::default()).tips.remove(0)
}

fn telling(story: &str) -> Entry {
    entry(Answers { story: Some(story.to_owned()), ..Answers::default() })
}

fn finds(entry: &Entry, query: &str) -> bool {
    Subject::new(entry, NOW).fits(&parse(query).unwrap_or_else(|error| panic!("{query}: {error}")))
}

#[test]
fn words_phrases_globs_and_operators_find_what_they_say() {
    let entry = telling("Two girls are brought to the Blue Motel by a white van every night.");
    for (query, does_find) in [
        ("girl", true),
        ("irl", false),
        ("\"girl\"", false),
        ("\"blue motel\"", true),
        ("\"motel blue\"", false),
        ("blue van", true),
        ("blue car", false),
        ("blue OR car", true),
        ("NOT car", true),
        ("-motel", false),
        ("(car OR van) AND NOT (boat OR plane)", true),
        ("m?tel", true),
        ("*otel", true),
        ("*ote", false),
        ("van car OR white", true),
        ("and", false),
    ] {
        assert_eq!(finds(&entry, query), does_find, "{query}");
    }
}

#[test]
fn what_members_wrote_beside_a_tip_is_found_by_its_fields() {
    let mut entry = telling("The van is white.");
    assert!(finds(&entry, "status:new") && !finds(&entry, "claimed:*") && !finds(&entry, "note:*"));
    let by = Author { member: "m".into(), person: "Mia".into(), agency: AgencyNumber(0) };
    let stamp = Stamp { event: Hex([1; 32]), by, at: NOW - 60 };
    entry.case.labels.insert("hotel".into(), stamp.clone());
    entry.case.notes.push(Note { stamp: stamp.clone(), text: "Asked the night porter.".into() });
    entry.case.claim = Some(Claim { stamp, until: NOW + 60, length: 120 });
    for query in ["status:claimed", "claimed:mia", "claimed:*", "label:hotel", "label:h*", "note:porter", "note:*"] {
        assert!(finds(&entry, query), "{query}");
    }
    for query in ["status:new", "claimed:jo", "label:hot", "note:van", "porter"] {
        assert!(!finds(&entry, query), "{query}");
    }
    entry.case.claim.as_mut().unwrap().until = NOW;
    assert!(finds(&entry, "status:new") && !finds(&entry, "claimed:mia"));
}

#[test]
fn fields_are_looked_at_as_what_they_are() {
    let entry = entry(Answers {
        story: Some("Call (860) 555-0101. The car is AB-12345, her snap: Jenny_99".into()),
        urgency: Some(Urgency::NotNow),
        minor: Some(YesNo::Yes),
        signs: vec!["keeps_id".into()],
        place: Some("Elm Street".into()),
        ..Answers::default()
    });
    for (query, does_find) in [
        ("plate:AB* AND minor", true),
        ("plate:ab12345", true),
        ("plate:12345", false),
        ("phone:+1-860-555-0101", true),
        ("phone:860*", true),
        ("handle:@JENNY_99", true),
        ("where:elm", true),
        ("story:elm", false),
        ("urgency:not_now", true),
        ("urgency:now", false),
        ("minor:yes", true),
        ("signs:keeps_id", true),
        ("signs:keeps*", true),
        ("where:*", true),
        ("when:*", false),
        ("suspects:*", false),
        ("lang:es", true),
        ("reader:0", true),
        ("reader:1", false),
        ("day:2026-11-*", true),
        ("after:2026-11-24", true),
        ("before:2026-11-24", false),
        ("id:T-040g", true),
        ("priority:P1", false),
        ("where:\"elm street\"", true),
    ] {
        assert_eq!(finds(&entry, query), does_find, "{query}");
    }
}

#[test]
fn any_script_is_searched_as_it_is_written() {
    for (story, query) in [
        ("她们被关在汽车旅馆里", "旅馆"),
        ("她们被关在汽车旅馆里", "\"汽车旅馆\""),
        ("الفتيات في الفُندُق الأزرق", "الفندق"),
        ("ДЕВОЧКИ В ГОСТИНИЦЕ", "гостиниц"),
        ("Las NIÑAS están allí", "ninas esta"),
        ("เด็กผู้หญิงในโรงแรม", "โรงแรม"),
        ("소녀들이 모텔에 있다", "모텔"),
        ("girls\u{200b}in the mo\u{ad}tel", "motel"),
    ] {
        assert!(finds(&telling(story), query), "{query} in {story}");
    }
}

#[test]
fn what_is_wrong_is_said_with_the_place() {
    for (query, at, what) in [
        ("(plate:AB* AND minor", 0, "never closed"),
        ("minor)", 5, "never opened"),
        ("minor AND", 9, "found the end"),
        ("", 0, "found the end"),
        ("OR minor", 0, "found OR"),
        ("plat:AB", 0, "there is no field \"plat\""),
        ("minor plate:", 12, "nothing stands after"),
        ("\"motel", 0, "never closed"),
        ("a \"\"", 2, "between these quotes"),
    ] {
        let error = parse(query).unwrap_err();
        assert_eq!(error.at, at, "{query}: {error}");
        assert!(error.what.contains(what), "{query}: {error}");
    }
    assert!(parse(&"(".repeat(5000)).is_err());
    assert!(parse(&"NOT ".repeat(1000)).unwrap_err().what.contains("inside each other"));
}

#[test]
fn times_and_addresses_are_words_and_no_fields() {
    for query in ["18:30", "https://example.com/x", "a:b:c"] {
        let _word_or_error = parse(query);
    }
    assert!(finds(&telling("at 18:30"), "18:30"));
    assert!(finds(&telling("see https://example.com/x"), "https://example.com/x"));
}

fn redaction(fields: Vec<String>, spans: Vec<Span>) -> Redaction {
    let by = Author { member: "ned-1".into(), person: "ned".into(), agency: AgencyNumber(0) };
    let stamp = Stamp { event: Hex([1; 32]), by, at: NOW };
    Redaction { stamp, fields, spans, reason: None }
}

#[test]
fn a_snippet_shows_the_words_around_and_not_what_is_withheld() {
    let story = format!("{} Maria  was\ntaken {}", "befôre ".repeat(20), "after ".repeat(40));
    let mut entry = telling(&story);
    let query = parse("taken").unwrap();
    let open = snippet(&entry, &query).unwrap();
    assert!(open.text.contains("Maria  was taken after"), "{}", open.text);
    assert!(open.text.starts_with('…') && open.text.ends_with('…') && open.text.chars().count() < 110);
    let name = u32::try_from(story[..story.find("Maria").unwrap()].chars().count()).unwrap();
    let span = Span { field: "story".into(), start: name, end: name + 5 };
    entry.case.redactions = vec![redaction(Vec::new(), vec![span])];
    let closed = snippet(&entry, &query).unwrap();
    assert!(closed.text.contains("█████  was taken"), "{}", closed.text);
    assert!(!closed.text.contains("Maria"));
    entry.case.redactions = vec![redaction(vec!["story".into()], Vec::new())];
    let closed = snippet(&entry, &query).unwrap();
    assert!(!closed.text.contains(char::is_alphanumeric), "{}", closed.text);
}

fn query() -> impl Strategy<Value = Query> {
    let name = prop::sample::select(vec!["plate", "where", "minor", "story"]).prop_map(str::to_owned);
    let word = "[a-z0-9*?é東]{1,6}".prop_map(Pattern::Word);
    let phrase = "[a-z\"\\\\ ():é]{0,8}[a-z]".prop_map(Pattern::Phrase);
    let term = (prop::option::of(name), prop_oneof![word, phrase]);
    let term = term.prop_map(|(field, pattern)| Query::Term(Term { field, pattern }));
    term.prop_recursive(4, 24, 4, |inner| {
        let many = prop::collection::vec(inner.clone(), 2..4);
        prop_oneof![
            many.clone().prop_map(Query::And),
            many.prop_map(Query::Or),
            inner.prop_map(|part| Query::Not(Box::new(part))),
        ]
    })
}

proptest! {
    #[test]
    fn a_query_reads_back_as_it_was_written(query in query()) {
        prop_assert_eq!(parse(&query.to_string()), Ok(query));
    }

    #[test]
    fn whatever_is_typed_is_read_or_refused_at_a_place_in_it(text in "[a-c:()\"\\\\ *-]{0,30}|.{0,60}") {
        if let Err(error) = parse(&text) {
            prop_assert!(text.is_char_boundary(error.at) && error.at <= text.len());
        }
    }

    #[test]
    fn what_is_found_and_its_opposite_never_agree(query in query(), story in "[a-z0-9é東 ]{0,40}") {
        let entry = telling(&story);
        let found = finds(&entry, &query.to_string());
        prop_assert_eq!(finds(&entry, &format!("NOT {query}")), !found);
    }
}
