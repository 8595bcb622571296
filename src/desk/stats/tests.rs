use super::*;
use crate::crypto::event::{Author, Event, Kind, NamedEvent, Outcome};
use crate::crypto::letter::Route;
use crate::model::agency::AgencyNumber;
use crate::model::hex::Hex;
use crate::model::tip::TipId;

/// 2026-11-24T12:00Z.
const NOON: u64 = 1_795_521_600;

fn letter(lang: &str) -> Letter {
    Letter::new(TipId([7; 32]), "2026-11-24T11:45Z".into(), lang.into(), Route::Full, Vec::new())
}

fn case(kinds: &[(u64, Kind)]) -> Case {
    let named = kinds.iter().zip(1_u8..).map(|((at, what), number)| NamedEvent {
        hash: Hex([number; 32]),
        event: Event {
            format: 1,
            tip: TipId([7; 32]),
            author: Author { member: "m".into(), person: "m".into(), agency: AgencyNumber(0) },
            at: *at,
            keyring: 0,
            heads: if number == 1 { Vec::new() } else { vec![Hex([number - 1; 32])] },
            previous: None,
            log: None,
            what: what.clone(),
        },
    });
    Case::fold(TipId([7; 32]), named)
}

fn made(tips: &[(Letter, Case)], k: u64) -> Report {
    let day = "2026-11-24".parse().unwrap();
    let tips: Vec<Tip<'_>> =
        tips.iter().map(|(letter, case)| Tip { letter, day, level: Some(Level::FIRST), case }).collect();
    report(&tips, Period { from: None, to: None }, k, NOON, "2026-11-25".parse().unwrap())
}

fn many(lang: &str, count: usize, kinds: &[(u64, Kind)]) -> Vec<(Letter, Case)> {
    (0..count).map(|_| (letter(lang), case(kinds))).collect()
}

fn read() -> (u64, Kind) {
    (NOON, Kind::Opened { letter: Hex([0; 32]) })
}

/// An offer of all of it to another agency.
fn refer() -> Kind {
    Kind::offer_of_all(AgencyNumber(1))
}

fn offer() -> (u64, Kind) {
    (NOON, refer())
}

fn became(result: Outcome) -> (u64, Kind) {
    (NOON + 3_600, Kind::Outcome { result, text: None })
}

#[test]
fn figures_are_counted_and_few_are_not_told() {
    let mut tips = many("en", 30, &[read(), became(Outcome::Convicted)]);
    tips.extend(many("es", 12, &[read()]));
    tips.extend(many("pl", 3, &[]));
    let report = made(&tips, 11);
    let json = serde_json::to_value(&report).unwrap();
    assert_eq!(json["total"], 45);
    assert_eq!(
        json["tables"][1],
        serde_json::json!({ "by": "language", "rows": [{ "value": "en", "count": 30 }, { "value": null, "count": 15 }] })
    );
    assert_eq!(json["times"][0], serde_json::json!({ "until": "first event", "of": "all", "median_minutes": 15 }));
    assert_eq!(json["times"][2]["median_minutes"], serde_json::Value::Null);
    assert_eq!(json["funnel"][4], serde_json::json!({ "stage": "convicted", "count": 30 }));
    let mut keys: Vec<&String> = json.as_object().unwrap().keys().collect();
    keys.sort_unstable();
    assert_eq!(keys, ["as_of", "format", "funnel", "k", "tables", "times", "total"]);
}

#[test]
fn each_stage_of_the_funnel_counts_those_that_came_at_least_so_far() {
    let mut tips = many("en", 60, &[read()]);
    tips.extend(many("en", 50, &[offer()]));
    tips.extend(many("en", 40, &[became(Outcome::CaseOpened)]));
    tips.extend(many("en", 30, &[became(Outcome::Acquitted)]));
    tips.extend(many("en", 20, &[became(Outcome::Arrested), became(Outcome::Convicted)]));
    let counts: Vec<_> = made(&tips, 11).funnel.into_iter().map(|stage| (stage.stage, stage.count)).collect();
    assert_eq!(
        counts,
        [
            ("tips", Some(200)),
            ("referred", Some(140)),
            ("case opened", Some(90)),
            ("charged", Some(50)),
            ("convicted", Some(20))
        ]
    );
}

#[test]
fn a_tip_that_was_sent_to_try_the_site_is_in_no_figure() {
    let trial = Kind::Status { status: SetStatus::Closed, reason: Some(CloseReason::Test), text: None };
    let mut tips = many("en", 12, &[read()]);
    tips.extend(many("en", 3, &[read(), (NOON, trial)]));
    assert_eq!(made(&tips, 11).total, Some(12));
}

#[test]
fn nobody_can_ask_for_fewer_than_eleven() {
    let report = made(&many("en", 10, &[read()]), 1);
    assert_eq!((report.k, report.total), (11, None));
    assert!(report.tables.iter().all(|table| table.rows.is_empty()));
    assert!(report.times.iter().all(|time| time.median_minutes.is_none()));
    assert!(report.funnel.iter().all(|stage| stage.count.is_none()));
    assert_eq!(made(&many("en", 10, &[read()]), 20).k, 20);
}

#[test]
fn a_period_takes_its_first_and_its_last_month_whole() {
    let month = |text: &str| Some(text.parse().unwrap());
    let period = Period { from: month("2026-01"), to: month("2026-02") };
    let days = ["2025-12-31", "2026-01-01", "2026-02-28", "2026-03-01"].map(|text| period.has(text.parse().unwrap()));
    assert_eq!(days, [false, true, true, false]);
}

/// Every figure of one property that can be had from a report: those shown, and the whole less any of them.
fn within_reach(report: &serde_json::Value) -> Vec<u64> {
    let total = report["total"].as_u64().unwrap();
    let rows = |table: &serde_json::Value| -> Vec<u64> {
        table["rows"].as_array().unwrap().iter().map(|row| row["count"].as_u64().unwrap()).collect()
    };
    let sums = |counts: Vec<u64>| -> Vec<u64> {
        let of = |chosen: usize| (0..counts.len()).filter(|at| chosen >> at & 1 == 1).map(|at| counts[at]).sum::<u64>();
        (0..1_usize << counts.len()).map(of).flat_map(|sum| [sum, total - sum]).collect()
    };
    report["tables"].as_array().unwrap().iter().flat_map(|table| sums(rows(table))).collect()
}

#[test]
fn no_count_that_is_hidden_can_be_reckoned_from_the_whole_and_the_others() {
    let mut tips = many("en", 30, &[read()]);
    tips.extend(many("es", 20, &[read()]));
    tips.extend(many("pl", 1, &[became(Outcome::Convicted)]));
    let report = serde_json::to_value(made(&tips, 11)).unwrap();
    assert!(!report.to_string().contains("\"pl\"") && !report.to_string().contains("\"es\""), "{report}");
    for figure in within_reach(&report) {
        assert!(figure == 0 || figure >= 11, "{figure}: {report}");
    }
    let stages: Vec<u64> =
        report["funnel"].as_array().unwrap().iter().filter_map(|stage| stage["count"].as_u64()).collect();
    assert_eq!(stages, [51], "one that was convicted is told nowhere");
}

#[test]
fn whoever_reads_figures_of_a_month_that_is_not_over_is_told() {
    let month = |text: &str| Some(text.parse().unwrap());
    let running = |to| report(&[], Period { from: None, to }, 11, NOON, "2026-11-25".parse().unwrap()).running_month();
    assert_eq!(running(None), month("2026-11"));
    assert_eq!(running(month("2026-12")), month("2026-11"));
    assert_eq!(running(month("2026-10")), None);
    let page = html::page(&made(&many("en", 12, &[read()]), 11));
    assert!(page.contains("2026-11 was not over when this was counted"), "{page}");
}

#[test]
fn the_page_needs_nothing_else_and_takes_a_language_for_words() {
    let hostile = "<script>alert(1)</script>\"'&";
    let report = made(&many(hostile, 12, &[read()]), 11);
    let page = html::page(&report);
    for raw in ["<script", "http:", "https:", "src=", "url(", "@import", "<link", "<img", "<a ", "onload"] {
        assert!(!page.contains(raw), "{raw}");
    }
    assert!(page.contains("&lt;script&gt;alert(1)"), "{page}");
    assert_eq!(page.matches("<svg").count(), page.matches("</svg>").count());
}

#[test]
fn lines_fit_the_terminal_and_have_no_bars_where_they_are_read_out() {
    let report = made(&many("en", 300, &[read()]), 11);
    let text = |width, is_read_out| {
        let mut out = String::new();
        for line in text::lines(&report, width, is_read_out) {
            line.render(&mut out, false);
        }
        out
    };
    assert!(
        text(80, false).lines().all(|line| line.chars().count() <= 80
            || line.starts_with("No figure")
            || line.starts_with("Before you publish: 2026-11 is not over")),
        "{}",
        text(80, false)
    );
    assert!(text(80, false).contains('█') && !text(80, true).contains('█'));
    assert!(text(80, true).contains("English") && text(80, true).contains("until first event, P1"));
}

#[test]
fn times_count_from_writing_to_the_first_referral_and_to_the_end_and_routes_and_ends_are_counted() {
    let closed = Kind::Status { status: SetStatus::Closed, reason: Some(CloseReason::Unfounded), text: None };
    let (hour, day) = (3_600, 86_400);
    let passed = [read(), (NOON + 2 * hour, refer()), (NOON + 5 * hour, refer())];
    let mut tips = many("en", 12, &passed);
    tips.extend(many("en", 13, &[read(), (NOON + 3 * day, closed)]));
    for (letter, _) in tips.iter_mut().take(12) {
        letter.route = Route::Fast;
    }
    let report = made(&tips, 11);
    let minutes = |until: &str| {
        let of_all = |time: &&Time| time.until == until && time.of == "all";
        report.times.iter().find(of_all).unwrap().median_minutes
    };
    assert_eq!(minutes("first event"), Some(15));
    assert_eq!(minutes("first referral"), Some(120), "of the first of two, and of those alone that were referred");
    assert_eq!(minutes("closed"), Some(3 * 24 * 60));
    let counts = |by: &str| -> Vec<(String, u64)> {
        let table = report.tables.iter().find(|table| table.by == by).unwrap();
        table.rows.iter().map(|row| (row.value.clone().unwrap(), row.count)).collect()
    };
    assert_eq!(counts("route"), [("fast".to_owned(), 12), ("full".to_owned(), 13)]);
    // What is offered is with another agency once that has accepted it.
    assert_eq!(counts("outcome"), [("closed: looked into, and not so".to_owned(), 13), ("new".to_owned(), 12)]);
}
