use super::*;
use crate::crypto::keyring::Condition;
use crate::crypto::keyring::PriorityRule;
use crate::crypto::letter::{Answers, Contact, ContactMode, Route, Share, YesNo};
use crate::desk::cache::ThreadSecret;
use crate::desk::follow_ups::AsksNow;
use crate::desk::names::AgencyNames;
use crate::desk::output::{Line, json as to_json};
use crate::desk::priority::{Level, Priority};
use proptest::prelude::*;

fn id(first: u8, second: u8) -> TipId {
    let mut bytes = [9; 32];
    bytes[..2].copy_from_slice(&[first, second]);
    TipId(bytes)
}

fn tip(id: TipId, seq: u64, answers: Answers) -> KnownTip {
    let created = "2026-11-24T01:45Z".to_owned();
    let mut letter = Letter::new(id, created, "en".into(), Route::Fast, vec![AgencyNumber(0), AgencyNumber(2)]);
    letter.answers = answers;
    KnownTip::new(seq, "2026-11-24".parse().unwrap(), ThreadSecret::new("x"), letter)
}

fn viewer(agency: u16) -> Viewer {
    Viewer { agency: AgencyNumber(agency), person: "mia".into(), now: 1_795_485_599 }
}

fn inbox(tips: Vec<KnownTip>) -> Inbox {
    Inbox::new(Known { tips, ..Known::default() }, viewer(2), &Rules::default())
}

fn urgent(urgency: Option<Urgency>) -> Answers {
    Answers { urgency, ..Answers::default() }
}

fn text(lines: &[Line]) -> String {
    let mut out = String::new();
    for line in lines {
        line.render(&mut out, false);
    }
    out
}

#[test]
fn short_ids_are_as_long_as_they_must_be() {
    let near = [id(0, 0), id(0, 0x10), id(0xff, 0)];
    let mut same_start = near[0];
    same_start.0[31] = 1;
    let tips = near.iter().chain([&same_start]).map(|&id| tip(id, 1, Answers::default())).collect();
    let inbox = inbox(tips);
    let short = |id: TipId| &inbox.tips.iter().find(|entry| entry.tip.letter.id == id).unwrap().short_id;
    assert_eq!(short(near[2]), "T-ZW00");
    assert_eq!(short(near[1]), "T-0080");
    assert_eq!(short(near[0]).len(), 2 + 51);
    assert_eq!(short(same_start).len(), 2 + 51);
}

#[test]
fn an_id_is_found_as_people_type_it() {
    let inbox = inbox(vec![tip(id(0, 0), 1, Answers::default()), tip(id(0xff, 0), 2, Answers::default())]);
    for typed in ["T-ZW00", "zw00", " t-zwo0 ", &id(0xff, 0).to_string()] {
        assert!(matches!(inbox.find(typed), Found::Tip(entry) if entry.tip.seq == 2), "{typed}");
    }
    assert!(matches!(inbox.find("zw0"), Found::TooShort));
    assert!(matches!(inbox.find("7777"), Found::Nothing));
    assert!(matches!(inbox.find("!!!!"), Found::Nothing));
}

#[test]
fn an_id_that_fits_two_names_both() {
    let mut other = id(0, 0);
    other.0[3] = 0;
    let inbox = inbox(vec![tip(id(0, 0), 1, Answers::default()), tip(other, 2, Answers::default())]);
    let Found::Many(mut ids) = inbox.find("0000") else { panic!("both begin with 0000") };
    ids.sort_unstable();
    assert_eq!(ids, ["T-0000J0", "T-0000J2"]);
}

#[test]
fn the_most_urgent_comes_first_and_then_the_newest() {
    let order = [Some(Urgency::NotNow), None, Some(Urgency::Now), Some(Urgency::Soon), Some(Urgency::Now)];
    let tips = order.into_iter().zip(0_u8..).map(|(urgency, at)| tip(id(at, 0), u64::from(at), urgent(urgency)));
    let seqs: Vec<_> = inbox(tips.collect()).tips.iter().map(|entry| entry.tip.seq).collect();
    assert_eq!(seqs, [4, 2, 3, 1, 0]);
}

#[test]
fn the_signed_rules_come_before_what_the_source_says_of_the_danger() {
    let minor = Answers { minor: Some(YesNo::Yes), urgency: Some(Urgency::NotNow), ..Answers::default() };
    let tips = vec![tip(id(0, 0), 1, urgent(Some(Urgency::Now))), tip(id(1, 0), 2, minor)];
    let rule = |level, when: Vec<Condition>| PriorityRule { level, when, reason: format!("rule {level}") };
    let minor = Condition { field: "minor".into(), any_of: vec!["yes".into()] };
    let rules = Rules { priority: vec![rule(1, vec![minor]), rule(3, Vec::new())], ..Rules::default() };
    let inbox = Inbox::new(Known { tips, ..Known::default() }, viewer(2), &rules);
    let seqs: Vec<_> = inbox.tips.iter().map(|entry| entry.tip.seq).collect();
    assert_eq!(seqs, [2, 1]);
    assert!(text(&table::table(&inbox, false, 100)).contains("P1 rule 1"));
    assert!(to_json(&json::inbox(&inbox)).contains(r#""priority":"P1","reasons":["rule 1"]"#));
    let shown = text(&view::view(&inbox.tips[1], &inbox, &AgencyNames::default(), view::Layout::Columns(80)));
    assert!(shown.contains("P3 rule 3") && shown.contains("1 of 10 questions"), "{shown}");
}

#[test]
fn on_a_narrow_terminal_reasons_give_way_and_wishes_never_do() {
    let answers = Answers { exclude_text: Some("a cop".into()), share: Some(Share::Nothing), ..Answers::default() };
    let reason = "a long reason that leaves no room for anything beside it".into();
    let priority = vec![PriorityRule { level: 1, when: Vec::new(), reason }];
    let rules = Rules { priority, ..Rules::default() };
    let known = Known { tips: vec![tip(id(0, 0), 1, answers)], ..Known::default() };
    let shown = text(&table::table(&Inbox::new(known, viewer(0), &rules), false, 80));
    assert!(shown.lines().all(|line| crate::desk::output::Shown::new(line).width() <= 80), "{shown}");
    assert!(shown.contains("P1 a long reason") && shown.contains("share nothing, NOT FOR SOME"), "{shown}");
}

#[test]
fn no_date_that_a_source_wrote_puts_a_tip_above_newer_ones() {
    let mut boastful = tip(id(0, 0), 1, Answers::default());
    boastful.letter.created = "9999".into();
    let mut older = tip(id(1, 0), 9, Answers::default());
    older.day = "2026-11-23".parse().unwrap();
    let newest = tip(id(2, 0), 3, Answers::default());
    let seqs: Vec<_> = inbox(vec![older, boastful, newest]).tips.iter().map(|entry| entry.tip.seq).collect();
    assert_eq!(seqs, [3, 1, 9]);
}

#[test]
fn a_tip_that_was_sealed_to_an_agency_that_the_source_did_not_pick_says_so_above_all() {
    let mut inbox = inbox(vec![tip(id(1, 0), 1, Answers::default())]);
    for (agency, is_warned) in [(0, false), (2, false), (1, true)] {
        inbox.viewer = viewer(agency);
        let shown = text(&view::view(&inbox.tips[0], &inbox, &AgencyNames::default(), view::Layout::Columns(80)));
        assert_eq!(shown.find("NOT YOUR AGENCY").is_some_and(|at| at < 300), is_warned, "{shown}");
    }
}

#[test]
fn a_tip_sent_in_a_hurry_does_not_sink_below_one_that_can_wait() {
    let hurried = tip(id(0, 0), 1, Answers::default());
    let unsure = tip(id(1, 0), 2, urgent(Some(Urgency::Unsure)));
    let can_wait = tip(id(2, 0), 3, urgent(Some(Urgency::NotNow)));
    let seqs: Vec<_> = inbox(vec![can_wait, hurried, unsure]).tips.iter().map(|entry| entry.tip.seq).collect();
    assert_eq!(seqs, [2, 1, 3]);
}

#[test]
fn signs_are_shown_in_words_and_unknown_ones_as_they_came() {
    let signs = vec!["keeps_id".into(), "newer\u{1b}[2J".into()];
    let inbox = inbox(vec![tip(id(1, 0), 1, Answers { signs, ..Answers::default() })]);
    let shown = text(&view::view(&inbox.tips[0], &inbox, &AgencyNames::default(), view::Layout::Columns(80)));
    assert!(shown.contains("someone keeps their ID or passport"), "{shown}");
    assert!(shown.contains("newer\\u{1b}[2J"), "{shown}");
}

#[test]
fn json_has_the_fields_that_were_answered_and_no_others() {
    let answers = Answers { story: Some("a\u{202e}b".into()), urgency: Some(Urgency::Now), ..Answers::default() };
    let inbox = inbox(vec![tip(id(0xff, 0), 1, answers)]);
    let full = id(0xff, 0).to_string();
    let expected = format!(
        r#"{{"tips":[{{"id":"T-ZW00","tip":"{full}","day":"2026-11-24","created":"2026-11-24T01:45Z","agency":2,"completeness":"2/10","urgency":"now","story":"a\u202eb","readers":[0,2],"status":"new","labels":[]}}],"unreadable":[]}}"#
    );
    assert_eq!(to_json(&json::inbox(&inbox)), expected);
}

#[test]
fn what_the_source_asks_for_stands_above_the_story() {
    let answers = Answers {
        story: Some("THE STORY".into()),
        exclude_text: Some("officer X".into()),
        share: Some(Share::Facts),
        contact: Some(Contact {
            mode: ContactMode::OtherWay,
            how: Some("call my sister".into()),
            when: None,
            ask_for: None,
            message_ok: None,
            cover_story: Some("a school form".into()),
        }),
        ..Answers::default()
    };
    let inbox = inbox(vec![tip(id(1, 0), 1, answers)]);
    let shown = text(&view::view(&inbox.tips[0], &inbox, &AgencyNames::default(), view::Layout::Columns(80)));
    let story = shown.find("THE STORY").unwrap();
    for wish in ["agency 0; agency 2", "officer X", "only the facts", "call my sister", "a school form"] {
        assert!(shown.find(wish).unwrap() < story, "{wish} in {shown}");
    }
}

#[test]
fn a_tip_without_answers_says_what_that_means() {
    let inbox = inbox(vec![tip(id(1, 0), 1, Answers::default())]);
    let shown = text(&view::view(&inbox.tips[0], &inbox, &AgencyNames::default(), view::Layout::Columns(80)));
    assert!(shown.contains("not answered: ask them first"), "{shown}");
    assert!(shown.contains("not answered: do not contact"), "{shown}");
}

#[test]
fn a_record_stays_on_its_line_whatever_the_source_typed() {
    let answers = Answers { story: Some("one\ntwo\tthree".into()), ..Answers::default() };
    let plain = text(&table::plain(&inbox(vec![tip(id(0xff, 0), 1, answers)])).collect::<Vec<_>>());
    assert_eq!(plain, "T-ZW00\t\t2026-11-24T01:45Z\t\t0,2\t\t\tone\\ntwo\\tthree\t\tnew\t\t\t\n");
}

proptest! {
    #[test]
    fn rows_fit_the_terminal(story in any::<String>(), created in any::<String>(), share in any::<String>(), width in 80_usize..200) {
        let share = Some(Share::Other(share));
        let mut tip = tip(id(1, 0), 1, Answers { story: Some(story), share, ..Answers::default() });
        tip.letter.created = created;
        for line in text(&table::table(&inbox(vec![tip]), false, width)).lines() {
            prop_assert!(crate::desk::output::Shown::new(line).width() <= width, "{}", line);
        }
    }
}

#[test]
fn who_listens_hears_one_thing_after_another_and_nothing_in_columns() {
    let mut inbox = inbox(vec![
        tip(id(0, 0), 1, Answers { minor: Some(YesNo::Yes), ..urgent(Some(Urgency::Now)) }),
        tip(id(0xff, 0), 2, Answers { story: Some("They took his passport".into()), ..Answers::default() }),
    ]);
    inbox.tips[1].priority = Some(Priority { level: Level::FIRST, reasons: vec!["place known".into()] });
    let heard = text(&spoken::list(&inbox, false));
    assert_eq!(
        heard,
        "\
2 tips.

Tip 1 of 2: T-0000.
Status: new. Came on 2026-11-24.
The source says: danger right now.
Under 18: yes.
May be shared: not answered: ask them first. Contact: do not contact.
Story: nothing

Tip 2 of 2: T-ZW00. Priority P1 place known.
Status: new. Came on 2026-11-24.
May be shared: not answered: ask them first. Contact: do not contact.
Story: They took his passport
"
    );
    let tip = text(&view::view(&inbox.tips[1], &inbox, &AgencyNames::default(), view::Layout::Spoken));
    assert!(
        tip.contains("\nstatus: new\n") && tip.contains("\nIn their own words:\n\"They took his passport\"\n"),
        "{tip}"
    );
    assert!(tip.lines().skip(1).all(|line| !line.contains("  ")), "{tip}");
}

#[test]
fn who_listens_hears_what_counts_by_now_and_not_what_a_later_letter_says() {
    let mut inbox = inbox(vec![tip(id(0, 0), 1, Answers { share: Some(Share::All), ..Answers::default() })]);
    let now = AsksNow { exclude_text: None, share: Some(Share::Facts), contact: None, is_waiting: true };
    inbox.tips[0].asks = Some(Arc::new(ThreadAsks { now, is_opened: true }));
    let heard = text(&spoken::list(&inbox, false));
    assert!(heard.contains("May be shared: only the facts") && heard.contains("Less was asked for since"), "{heard}");
}

#[test]
fn nobody_hears_a_line_of_a_source_as_one_of_ours() {
    let lie = "help\nstatus: closed\n\nWhat is being done:\u{2028}status: closed";
    let answers = Answers { story: Some(lie.into()), place: Some(lie.into()), ..Answers::default() };
    let inbox = inbox(vec![tip(id(0, 0), 1, answers)]);
    let heard = text(&view::view(&inbox.tips[0], &inbox, &AgencyNames::default(), view::Layout::Spoken));
    assert_eq!(
        heard.lines().filter(|line| line.starts_with("status: ")).collect::<Vec<_>>(),
        ["status: new"],
        "{heard}"
    );
    assert_eq!(heard.lines().filter(|line| line.starts_with("What is being done")).count(), 1, "{heard}");
    let list = text(&spoken::list(&inbox, false));
    assert!(!list.lines().any(|line| line.starts_with("status: ") || line.starts_with("What is")), "{list}");
}
