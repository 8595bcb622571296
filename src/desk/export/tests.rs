use super::*;
use crate::crypto::event::{Author, Event, Kind, NamedEvent, Span};
use crate::crypto::letter::{Answers, Contact, ContactMode, Route, Share, Urgency, YesNo};
use crate::desk::cache::{Known, KnownTip, ThreadSecret};
use crate::desk::clocks::Running;
use crate::desk::inbox::Rules;
use crate::desk::inbox::{Inbox, Viewer};
use crate::desk::output::is_obeyed;
use crate::model::agency::AgencyNumber;
use crate::model::hex::Hex;
use crate::model::tip::TipId;
use serde_json::Value;

mod standards;

/// What a source could write to do something to whoever opens the file, whatever opens it.
const HOSTILE: &str = "=HYPERLINK(\"http://evil.example\",\"x\");=2\u{1b}]52;c;aGk=\u{7}\u{1b}[2J\u{202e}abc\u{200b}\r\n\
    ,\"\"\n# h\n![p](http://evil.example/p.png) <script>alert(1)</script> ]]> --> </story> &amp; | `x` **b**\n\u{feff}\u{e0041}\u{0}\u{9b}31m";

fn hostile(text: &str) -> Answers {
    let text = || Some(text.to_owned());
    Answers {
        story: text(),
        urgency: Some(Urgency::from(HOSTILE.to_owned())),
        minor: Some(YesNo::Yes),
        signs: vec!["keeps_id".into(), "sex_for_needs".into(), HOSTILE.into()],
        place: text(),
        when: text(),
        suspects: text(),
        checkable: text(),
        exclude_text: text(),
        share: Some(Share::All),
        contact: Some(Contact {
            mode: ContactMode::OtherWay,
            how: text(),
            when: text(),
            ask_for: text(),
            message_ok: None,
            cover_story: text(),
        }),
        ..Answers::default()
    }
}

fn entry(answers: Answers) -> Entry {
    let created = "2026-11-24T01:45Z".to_owned();
    let mut letter = Letter::new(TipId([7; 32]), created, "en".into(), Route::Full, vec![AgencyNumber(0)]);
    letter.answers = answers;
    let tip = KnownTip::new(1, "2026-11-24".parse().unwrap(), ThreadSecret::new("x"), letter);
    let known = Known { tips: vec![tip], ..Known::default() };
    let viewer = Viewer { agency: AgencyNumber(0), person: "Mia".into(), now: 0 };
    Inbox::new(known, viewer, &Rules::default()).tips.remove(0)
}

fn case(kinds: Vec<Kind>) -> Case {
    let named = kinds.into_iter().zip(1_u8..).map(|(what, number)| NamedEvent {
        hash: Hex([number; 32]),
        event: Event {
            format: 1,
            tip: TipId([7; 32]),
            author: Author { member: "m".into(), person: "Mia\u{1b}[2J=1".into(), agency: AgencyNumber(0) },
            at: 1_795_521_600,
            keyring: 0,
            heads: if number == 1 { Vec::new() } else { vec![Hex([number - 1; 32])] },
            previous: None,
            log: None,
            what,
        },
    });
    Case::fold(TipId([7; 32]), named)
}

/// Where nothing came later.
fn asked(entry: &Entry, case: &Case) -> AskedFor {
    let (unmarked, is_marked) = withhold::without_marked(&entry.tip.letter, case);
    AskedFor { now: Letter::clone(&entry.tip.letter), asks_now: None, unmarked, is_marked }
}

fn file(form: Form, entry: &Entry, case: &Case, audience: Audience) -> String {
    let names = AgencyNames::default();
    let to = (audience != Audience::Own).then_some("County police");
    let head = Head { by: "mia", to, now: 1_795_521_600, names: &names };
    let subject = Subject::new(entry, &asked(entry, case), case, Vec::new(), audience);
    String::from_utf8_lossy(&render(form, &[subject], &head).unwrap()).into_owned()
}

const TEXT_FORMS: [Form; 7] =
    [Form::Json, Form::Csv, Form::Markdown, Form::Htcds, Form::Deconflict, Form::Dcf136, Form::Cybertip];

#[test]
fn no_form_holds_a_character_that_a_terminal_obeys() {
    let case =
        case(vec![Kind::Note { text: HOSTILE.into() }, Kind::Label { add: vec![HOSTILE.into()], remove: vec![] }]);
    for form in TEXT_FORMS {
        let out = file(form, &entry(hostile(HOSTILE)), &case, Audience::Own);
        let raw: Vec<char> = out.chars().filter(|c| is_obeyed(*c) && !matches!(c, '\n' | '\r')).collect();
        assert!(raw.is_empty(), "{form:?}: {raw:?}");
    }
}

#[test]
fn every_form_begins_with_the_handling_label_and_carries_the_conditions() {
    for form in TEXT_FORMS {
        let plain = Answers {
            exclude_text: Some("cousin Rick".into()),
            story: Some("call 860 555 0101".into()),
            ..Answers::default()
        };
        let out = file(form, &entry(plain), &case(vec![]), Audience::Own);
        let label = out.find("TLP").unwrap_or(usize::MAX);
        let story = out.find("555").unwrap_or(usize::MAX - 1);
        assert!(label < story, "{form:?}: {out}");
        assert!(out.contains("Must not be seen by") && out.contains("cousin Rick"), "{form:?}: {out}");
    }
}

#[test]
fn the_json_form_holds_everything_exactly() {
    let case = case(vec![Kind::Note { text: HOSTILE.into() }]);
    let out: Value = serde_json::from_str(&file(Form::Json, &entry(hostile(HOSTILE)), &case, Audience::Own)).unwrap();
    assert_eq!(out["handling"], "TLP:AMBER+STRICT");
    assert_eq!(out["tips"][0]["letter"]["story"], HOSTILE);
    assert_eq!(out["tips"][0]["case"]["events"][0]["what"]["text"], HOSTILE);
    assert_eq!(out["tips"][0]["nibrs_suggested"], "64A");
    let mut keys: Vec<&String> = out["tips"][0].as_object().unwrap().keys().collect();
    keys.sort_unstable();
    let expected = ["case", "clocks", "conditions", "day", "handling", "id", "letter", "nibrs_suggested", "reasons"];
    assert_eq!(keys, expected);
}

#[test]
fn rows_have_as_many_cells_as_the_heading_whatever_is_in_them() {
    for form in [Form::Csv, Form::Htcds, Form::Deconflict] {
        let mut answers = hostile(HOSTILE);
        answers.story = Some(format!("{HOSTILE} call 860-555-0101"));
        let out = file(form, &entry(answers), &case(vec![]), Audience::Own);
        let counts: Vec<usize> = out.split("\r\n").filter(|row| !row.is_empty()).map(|row| cells(row).len()).collect();
        assert!(counts.len() > 1 && counts.iter().all(|count| *count == counts[0]), "{form:?}: {counts:?}");
        for cell in out.split("\r\n").flat_map(cells) {
            let begins_formula = cell.trim_start().starts_with(['=', '+', '-', '@']);
            assert!(!begins_formula, "{form:?}: {cell}");
        }
    }
}

/// As RFC 4180 reads a row.
fn cells(row: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut is_quoted = false;
    let mut chars = row.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if is_quoted && chars.peek() == Some(&'"') => cells.last_mut().unwrap().extend(chars.next()),
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => cells.push(String::new()),
            c => cells.last_mut().unwrap().push(c),
        }
    }
    cells
}

#[test]
fn nothing_that_a_source_wrote_is_markup() {
    let out = file(Form::Cybertip, &entry(hostile(HOSTILE)), &case(vec![]), Audience::Own);
    for raw in ["<script", "]]>", "</story>", "&amp; |"] {
        assert!(!out.contains(raw), "{raw}: {out}");
    }
    assert_eq!(out.matches("-->").count(), 1, "{out}");
    for form in [Form::Markdown, Form::Dcf136] {
        let out = file(form, &entry(hostile(HOSTILE)), &case(vec![]), Audience::Own);
        for raw in ["<script", "![", "](", "\n# h", " | ", "`x`", "**b**"] {
            assert!(!out.contains(raw), "{form:?} {raw}: {out}");
        }
    }
}

#[test]
fn the_sheet_on_paper_takes_hostile_words_too() {
    let out =
        file(Form::Pdf, &entry(hostile(HOSTILE)), &case(vec![Kind::Note { text: HOSTILE.into() }]), Audience::Own);
    assert!(out.starts_with("%PDF-1."));
    for name in ["/JavaScript", "/OpenAction", "/URI", "/Annots", "evil.example"] {
        assert!(!out.contains(name), "{name}");
    }
}

fn told() -> Answers {
    Answers {
        story: Some("Anna said that Rick keeps her".into()),
        place: Some("Elm St 5".into()),
        suspects: Some("Rick, white van".into()),
        exclude_text: Some("officer Dan".into()),
        contact: Some(Contact {
            mode: ContactMode::OtherWay,
            how: Some("my aunt".into()),
            when: None,
            ask_for: None,
            message_ok: None,
            cover_story: None,
        }),
        share: Some(Share::Facts),
        ..Answers::default()
    }
}

fn redaction(fields: &[&str], spans: &[(u32, u32)]) -> Kind {
    let span = |(start, end): &(u32, u32)| Span { field: "story".into(), start: *start, end: *end };
    let fields = fields.iter().map(|field| (*field).to_owned()).collect();
    Kind::Redact { fields, spans: spans.iter().map(span).collect(), reason: Some("her name".into()) }
}

#[test]
fn others_get_neither_what_was_withheld_nor_what_colleagues_wrote() {
    let case = case(vec![redaction(&["suspects"], &[(0, 4), (2, 5)]), Kind::Note { text: "our plan".into() }]);
    for form in TEXT_FORMS {
        let own = file(form, &entry(told()), &case, Audience::Own);
        let other = file(form, &entry(told()), &case, Audience::Other(Scope::All));
        for word in ["Anna", "white van", "our plan"] {
            assert!(!other.contains(word), "{form:?} {word}: {other}");
        }
        if matches!(form, Form::Json | Form::Csv | Form::Markdown | Form::Cybertip) {
            assert!(own.contains("Anna") && own.contains("white van"), "{form:?}: {own}");
            assert!(other.contains("withheld some parts") && other.contains("█████said that"), "{form:?}: {other}");
        }
    }
}

#[test]
fn facts_are_the_facts_alone() {
    for form in TEXT_FORMS {
        let out = file(form, &entry(told()), &case(vec![]), Audience::Other(Scope::Facts));
        for word in ["Anna", "my aunt"] {
            assert!(!out.contains(word), "{form:?} {word}: {out}");
        }
        if !matches!(form, Form::Deconflict) {
            assert!(out.contains("Elm St 5"), "{form:?}: {out}");
        }
        assert!(
            out.contains("TLP:AMBER+STRICT")
                || form == Form::Markdown
                || form == Form::Dcf136
                || form == Form::Deconflict,
            "{out}"
        );
    }
}

#[test]
fn how_the_source_is_reached_is_no_fact_about_a_suspect() {
    let mut answers = Answers { suspects: Some("860 555 0101, sam@example.com".into()), ..told() };
    answers.contact.as_mut().unwrap().how = Some("860 555 0199 or aunt@example.org".into());
    answers.exclude_text = Some("860 555 0177".into());
    for form in [Form::Deconflict, Form::Cybertip] {
        let out = file(form, &entry(answers.clone()), &case(vec![]), Audience::Own);
        assert!(out.contains("555 0101") && out.contains("sam@example.com"), "{form:?}: {out}");
        assert!(!out.contains("555 0199") && !out.contains("aunt@example.org"), "{form:?}: {out}");
        assert_eq!(out.matches("555 0177").count(), out.matches("Must not be seen by").count(), "{form:?}: {out}");
    }
}

#[test]
fn what_was_withheld_follows_from_nothing_else_in_the_file() {
    let answers = Answers { minor: Some(YesNo::Yes), ..told() };
    let case = case(vec![redaction(&["minor", "exclude_text"], &[])]);
    let (entry, clock) =
        (entry(answers), Running { name: "child".into(), agencies: Vec::new(), started: 0, due: 9, done: None });
    let clocks =
        |audience| Subject::new(&entry, &asked(&entry, &case), &case, vec![clock.clone()], audience).clocks.len();
    assert_eq!((clocks(Audience::Own), clocks(Audience::Other(Scope::All))), (1, 0));
    for form in [Form::Json, Form::Csv, Form::Markdown, Form::Htcds] {
        for scope in [Scope::All, Scope::Facts] {
            let out = file(form, &entry, &case, Audience::Other(scope));
            assert!(!out.contains("Someone under 18") && !out.contains("officer Dan"), "{form:?} {scope:?}: {out}");
        }
        assert!(file(form, &entry, &case, Audience::Own).contains("Someone under 18"), "{form:?}");
    }
}

#[test]
fn a_sheet_of_facts_has_no_line_without_words() {
    let out = file(Form::Markdown, &entry(told()), &case(vec![]), Audience::Other(Scope::Facts));
    assert!(!out.contains("may read it"), "{out}");
    assert!(file(Form::Markdown, &entry(told()), &case(vec![]), Audience::Own).contains("may read it"));
}

#[test]
fn the_report_of_a_child_says_when_any_agency_first_opened_the_tip_whoever_drafts_it() {
    let case = case(vec![Kind::Opened { letter: Hex([0; 32]) }]);
    for audience in [Audience::Own, Audience::Other(Scope::All)] {
        let out = file(Form::Dcf136, &entry(told()), &case, audience);
        assert!(
            out.contains("first opened\\:** 2026\\-11\\-24") || out.contains("first opened:** 2026\\-11\\-24"),
            "{out}"
        );
    }
}

#[test]
fn the_strictest_label_stands_above_a_file_of_many() {
    assert_eq!(Tlp::strictest([Tlp::Amber, Tlp::Red, Tlp::AmberStrict]), Tlp::Red);
    assert_eq!(Tlp::strictest([Tlp::Amber, Tlp::AmberStrict]), Tlp::AmberStrict);
    assert_eq!(Tlp::strictest([]), Tlp::Red);
}

#[test]
fn the_label_follows_the_wishes() {
    let of = |share: Option<Share>, exclude: Option<&str>| {
        let answers = Answers { share, exclude_text: exclude.map(str::to_owned), ..Answers::default() };
        let letter = entry(answers).tip.letter;
        handling(&letter, &letter, None, Audience::Own).0
    };
    assert_eq!(of(None, None), Tlp::Red);
    assert_eq!(of(Some(Share::Nothing), None), Tlp::Red);
    assert_eq!(of(Some(Share::Other("everyone".into())), None), Tlp::Red);
    assert_eq!(of(Some(Share::Facts), None), Tlp::AmberStrict);
    assert_eq!(of(Some(Share::All), None), Tlp::Amber);
    assert_eq!(of(Some(Share::All), Some("Rick")), Tlp::AmberStrict);
    assert_eq!(of(Some(Share::All), Some(" ")), Tlp::Amber);
}

#[test]
fn a_draft_says_that_it_is_one_and_leaves_room_for_what_no_tip_holds() {
    for form in [Form::Dcf136, Form::Cybertip] {
        let out = file(form, &entry(told()), &case(vec![]), Audience::Own);
        assert!(out.contains("Nobody has sent it"), "{form:?}: {out}");
        assert!(out.contains("________") || out.contains("\\_\\_"), "{form:?}: {out}");
    }
}
