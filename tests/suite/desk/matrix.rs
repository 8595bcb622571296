//! Every verb against every wish: what lets a tip out stops with the code for wishes where the source said so, and nothing
//! else does. A new verb has no row, and fails here until somebody has thought about it.

use super::commands::{Said, does, says};
use super::door::{Door, StoredTip, files};
use super::events::{note, plant_sealed};
use super::replying::{first_answers, receipt};
use super::sharing::event;
use super::site::{Site, recipient};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use clap::CommandFactory as _;
use knothole::crypto::event::{Author, Event, Kind, Shared, SignedEvent};
use knothole::crypto::hybrid::HybridRecipient;
use knothole::crypto::letter::{Answers, Share};
use knothole::crypto::thread::ThreadKey;
use knothole::desk::cli::Cli;
use knothole::desk::events::authors::author;
use knothole::desk::failure::Exit;
use knothole::model::agency::AgencyNumber;
use knothole::model::tip::TipId;
use std::collections::{BTreeSet, HashMap};

/// What sources ask for, one tip each, all picked by the help line alone; only the last one may be
/// contacted.
const WISHES: [&str; 8] =
    ["all", "facts", "none", "not answered", "no police", "not the reader", "held", "write to me by my code"];

/// The first member of the other agency, which is the police.
const PAM: usize = 2;

/// What a verb does to a tip.
enum Row {
    /// Nothing: it works on no tip.
    NoTip,
    /// It shows, or writes what the readers see alone: no wish is in its way. Its words, and how it ends on the tip whose
    /// source forbids everything.
    Own(&'static str, Exit),
    /// It answers or takes back what somebody has written before: its words, and how they end, on tips of which each has just that and
    /// whose sources forbid everything.
    Begun(&'static [(&'static str, Exit)]),
    /// It lets the tip out of the agency's hands, or ends it. Its words, and for each wish `.` or `8`.
    Out(&'static [(&'static str, &'static str)]),
}
use Row::{Begun, NoTip, Out, Own};

/// `{}` is the tip's id, `{other}` another's, `{new}` a file that is not there. The order is that in which they are tried.
const VERBS: [(&str, Row); 52] = [
    ("init", NoTip),
    ("pin", NoTip),
    ("tui", NoTip), // runs the others
    ("keys", NoTip),
    ("enrolment", NoTip),
    ("unlock", NoTip),
    ("lock", NoTip),
    ("config", NoTip),
    ("agent", NoTip),
    ("doctor", NoTip),
    ("canary", NoTip),
    ("cover", NoTip),
    ("admin", NoTip),
    ("verify", NoTip), // a site's page
    ("help", NoTip),
    ("man", NoTip),
    ("completions", NoTip),
    ("inbox", Own("inbox --all", Exit::Ok)),
    ("show", Own("show {}", Exit::Ok)),
    ("attachments", Own("attachments {}", Exit::Ok)),
    ("next", Own("next --dry-run", Exit::Ok)),
    ("watch", Own("watch --once", Exit::Ok)),
    ("search", Own("search story", Exit::Ok)),
    ("similar", Own("similar {}", Exit::Ok)),
    ("stats", Own("stats", Exit::Ok)),
    ("audit", Own("audit verify {}", Exit::Ok)),
    ("disseminations", Own("disseminations {}", Exit::Ok)),
    ("claim", Own("claim {}", Exit::Ok)),
    ("note", Own("note {} -m x", Exit::Ok)),
    ("label", Own("label {} --add x", Exit::Ok)),
    ("status", Own("status {} --to acting", Exit::Ok)),
    ("priority", Own("priority {} p1 --reason x", Exit::Ok)),
    ("grade", Own("grade {} refuted -m x", Exit::Ok)),
    ("outcome", Own("outcome {} safe", Exit::Ok)),
    ("link", Own("link {} {other} --as duplicate", Exit::Ok)),
    ("redact", Own("redact {} --field story", Exit::Ok)),
    ("hold", Own("hold {} --reason x", Exit::Ok)),
    ("release", Own("release {}", Exit::Ok)),
    ("assign", Own("assign {} --to ned", Exit::Ok)),
    ("accept", Begun(&[("accept {offered}", Exit::Ok)])),
    ("decline", Begun(&[("decline {refused} --reason x --confirm {refused}", Exit::Ok)])),
    ("return", Begun(&[("return {taken} --reason x --confirm {taken}", Exit::Ok)])),
    ("object", Begun(&[("object {contested} --reason x", Exit::Ok)])),
    ("withdraw", Begun(&[("withdraw {marked} {mark}", Exit::Ok)])),
    (
        "countersign",
        Begun(&[
            // Whom the source named can say so; it counts for nothing.
            ("countersign {crossed} {crossing} --confirm {crossed}", Exit::Ok),
            ("countersign {doomed} {request} --confirm {doomed}", Exit::Policy),
        ]),
    ),
    ("reply", Out(&[("reply {} -m x --dry-run", "8888888.")])),
    (
        "refer",
        Out(&[
            ("refer {} --to 1 --share facts --purpose x --reason x --dry-run", "..8888.."),
            ("refer {} --to 1 --share all --purpose x --reason x --dry-run", ".88888.."),
        ]),
    ),
    (
        "export",
        Out(&[
            ("export {} --offline --form json --yes -o {new}", ".....8.."),
            ("export {} --offline --form evidence --yes -o {new}", ".....8.."),
            ("export {} --offline --form json --yes -o {new} --to 1 --share facts --reason x", "..8888.."),
            ("export {} --offline --form json --yes -o {new} --to 1 --share all --reason x", ".88888.."),
            ("export {} --offline --form csv --yes -o {new} --to 1 --share all --reason x", ".88888.."),
            ("export {} --offline --form md --yes -o {new} --to 1 --share all --reason x", ".88888.."),
            ("export {} --offline --form pdf --yes -o {new} --to 1 --share all --reason x", ".88888.."),
            ("export {} --offline --form htcds --yes -o {new} --to 1 --share all --reason x", ".88888.."),
            ("export {} --offline --form json --yes -o {new} --to lawyers --share all --reason x", ".88888.."),
            (
                "export {} --offline --form json --yes -o {new} --to lawyers --kind other --share all --reason x",
                ".888.8..",
            ),
            (
                "export {} --offline --form json --yes -o {new} --to lawyers --kind police --share all --reason x",
                ".88888..",
            ),
            ("export {} --offline --form deconflict --yes -o {new}", "..8888.."),
            ("export {} --offline --form dcf136 --yes -o {new}", ".....8.."),
            ("export {} --offline --form cybertip --yes -o {new}", ".888.8.."),
        ]),
    ),
    ("save", Out(&[("save {} 1 -o {new}", ".....8..")])), // as an export for one's own agency
    ("deconflict", Out(&[("deconflict --tip {} --with 1 --dry-run", "..8888..")])),
    ("recuse", Own("recuse {} --reason x --confirm {}", Exit::Ok)),
    ("delete", Out(&[("delete {} --reason x --confirm {}", ".....88.")])),
];

/// A tip for each wish, and one that forbids all at once; their ids by the words above.
async fn tips(site: &Site, door: &Door, to: &[Option<HybridRecipient>]) -> HashMap<&'static str, String> {
    let with = |share, exclude: Option<&str>| Answers {
        story: Some("a story".into()),
        share,
        exclude_text: exclude.map(str::to_owned),
        ..Answers::default()
    };
    let all = [
        ("all", with(Some(Share::All), None)),
        ("facts", with(Some(Share::Facts), None)),
        ("none", with(Some(Share::Nothing), None)),
        ("not answered", with(None, None)),
        ("no police", with(Some(Share::All), Some("no police, please"))),
        ("not the reader", with(Some(Share::All), Some("Mia, who works there"))),
        ("held", with(Some(Share::All), None)),
        ("write to me by my code", Answers { exclude_text: None, ..first_answers(&receipt()) }),
        ("everything", with(Some(Share::Nothing), Some("no police, and not Mia"))),
    ];
    let mut ids = HashMap::new();
    for (wish, answers) in all {
        let thread = ThreadKey::generate();
        let (file, listed) = files::sealed(1, "image/png", b"\x89PNG\r\n\x1a\n");
        let sent = vec![file, files::manifest(&thread, 2, &[listed])];
        door.state().bring(thread.id(), sent);
        let tip = StoredTip::new(thread, answers, to);
        ids.insert(wish, tip.id.to_string());
        door.state().tips.push(tip);
    }
    for id in ids.values() {
        // The agency is a help line, which compares nothing without its client's consent.
        let label = says(site, 0, &["label", id, "--add", "compare-until:2027-01-31"]).await;
        assert_eq!(label.exit, Exit::Ok, "{}", label.notes);
    }
    let held = says(site, 0, &["hold", &ids["held"], "--reason", "case 26-114"]).await;
    assert_eq!(held.exit, Exit::Ok, "{}", held.notes);
    ids
}

async fn run(site: &Site, line: &str, tip: &str, other: &str) -> Said {
    let new = site.dir.path().join("new");
    let _ = std::fs::remove_file(&new); // none was written where it was stopped
    let word = |word: &str| word.replace("{other}", other).replace("{new}", new.to_str().unwrap()).replace("{}", tip);
    let words: Vec<String> = line.split(' ').map(word).collect();
    says(site, 0, &words.iter().map(String::as_str).collect::<Vec<_>>()).await
}

#[test]
fn every_verb_has_a_row_and_every_row_a_verb() {
    let command = Cli::command();
    let verbs: BTreeSet<&str> = command.get_subcommands().map(clap::Command::get_name).collect();
    let rows: BTreeSet<&str> = VERBS.iter().map(|(verb, _)| *verb).collect();
    assert_eq!(verbs, rows, "say in this file what a wish means for the verb");
    for (verb, row) in &VERBS {
        match row {
            NoTip => {}
            Own(line, _) => assert!(line.split(' ').next() == Some(verb), "{line}"),
            Begun(lines) => {
                for (line, _) in *lines {
                    assert!(line.split(' ').next() == Some(verb), "{line}");
                }
            }
            Out(lines) => {
                for (line, ends) in *lines {
                    assert!(line.split(' ').next() == Some(verb) && ends.len() == WISHES.len(), "{line}");
                }
            }
        }
    }
}

#[test]
fn whatever_reads_tips_is_there_for_programs_in_both_ways() {
    let command = Cli::command();
    for verb in ["inbox", "show", "search", "similar", "attachments", "stats", "disseminations"] {
        let verb = command.find_subcommand(verb).unwrap();
        for way in ["json", "plain"] {
            assert!(verb.get_arguments().any(|arg| arg.get_id() == way), "{} --{way}", verb.get_name());
        }
    }
}

#[test]
fn no_secret_is_an_argument_and_every_question_has_one() {
    fn all(command: &clap::Command) -> Vec<(String, bool)> {
        let name = command.get_name();
        let takes =
            |arg: &clap::Arg| arg.get_action().takes_values() && arg.get_value_hint() == clap::ValueHint::Unknown;
        let own = command.get_arguments().map(|arg| (format!("{name} {}", arg.get_id()), takes(arg)));
        own.chain(command.get_subcommands().flat_map(all)).collect()
    }
    for (arg, takes) in all(&Cli::command()) {
        let is_secret =
            ["passphrase", "password", "pin", "secret", "words", "token"].iter().any(|word| arg.ends_with(word));
        assert!(
            !is_secret || !takes || arg.ends_with("redact words"),
            "a secret on the line is seen by all on the machine: {arg}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_is_one_line_with_as_many_fields_each_time() {
    let (site, door, newest) = Site::at_door().await;
    let ids = tips(&site, &door, &[Some(recipient(&newest, 0)), None]).await;
    let id = ids["all"].as_str();
    let given = run(&site, "export {} --form csv --yes -o {new} --to lawyers --share facts --reason x", id, id).await;
    assert_eq!(given.exit, Exit::Ok, "{given:?}");
    for (words, fields) in [
        (vec!["inbox", "--plain"], 13),
        (vec!["show", id, "--plain"], 13),
        (vec!["search", "story", "--plain"], 5),
        (vec!["similar", id, "--plain"], 4),
        (vec!["attachments", id, "--plain"], 6),
        (vec!["stats", "--plain"], 3),
        (vec!["disseminations", "--plain"], 9),
    ] {
        let said = says(&site, 0, &words).await;
        assert_eq!(said.exit, Exit::Ok, "{words:?}: {said:?}");
        assert!(!said.out.is_empty(), "{words:?}");
        for line in said.out.lines() {
            assert_eq!(line.split('\t').count(), fields, "{words:?}: {line}");
        }
    }
    let said = says(&site, 0, &["show", id]).await;
    assert!(said.out.contains("Files that came with it") && said.out.contains("image/png"), "{said:?}");
    let said = says(&site, 0, &["show", id, "--no-media"]).await;
    assert!(!said.out.contains("Files that came with it") && !said.out.contains("image/png"), "{said:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_lets_a_tip_out_stops_at_each_wish_that_forbids_it_and_nothing_else_does() {
    let (site, door, newest) = Site::at_door().await;
    let ids = tips(&site, &door, &[Some(recipient(&newest, 0)), None]).await;
    let stored = || {
        let state = door.state();
        (state.tips.len(), state.referrals.len(), state.deletions.len())
    };
    let mut wrong = Vec::new();
    for (_, row) in &VERBS {
        let Out(lines) = row else { continue };
        for (line, ends) in *lines {
            let mut found = String::new();
            for wish in WISHES {
                let (before, file) = (stored(), site.dir.path().join("new"));
                let said = run(&site, line, &ids[wish], &ids["all"]).await;
                found.push(match said.exit {
                    Exit::Ok => '.',
                    Exit::Policy => '8',
                    _ => '?',
                });
                if said.exit == Exit::Policy {
                    assert!(stored() == before && !file.exists(), "{line}: {wish}: something was done");
                    assert!(said.notes.contains("hint: "), "{line}: {wish}: {}", said.notes);
                }
            }
            if found != *ends {
                wrong.push(format!("{line}: {found}, not {ends}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn no_wish_stops_what_the_readers_alone_see() {
    let (site, door, newest) = Site::at_door().await;
    let ids = tips(&site, &door, &[Some(recipient(&newest, 0)), None]).await;
    for (_, row) in &VERBS {
        let Own(line, wanted) = row else { continue };
        let said = run(&site, line, &ids["everything"], &ids["all"]).await;
        assert_eq!(said.exit, *wanted, "{line}: {} {}", said.out, said.notes);
    }
}

/// Tips whose source forbids everything, on each of which somebody has written what a command answers or takes back; their ids and
/// the names of those events, as the rows name them.
async fn begun(site: &Site, door: &Door, to: &[Option<HybridRecipient>]) -> HashMap<&'static str, String> {
    let mut names = HashMap::new();
    for name in ["{offered}", "{refused}", "{taken}", "{contested}", "{marked}", "{crossed}", "{doomed}"] {
        let thread = ThreadKey::generate();
        names.insert(name, thread.id().to_string());
        let answers = Answers {
            story: Some("a story".into()),
            share: Some(Share::Nothing),
            exclude_text: Some("no police, and not Mia".into()),
            ..Answers::default()
        };
        if ["{offered}", "{refused}", "{taken}"].contains(&name) {
            let event = offer(thread.id(), author(&site.members[PAM].as_member()));
            let signed = SignedEvent::new(&event, &site.members[PAM].identity.signing);
            plant_sealed(door, &thread, STANDARD.encode(signed.seal(&thread).unwrap()));
        }
        door.state().tips.push(StoredTip::new(thread, answers, to));
    }
    for member in [0, PAM] {
        does(site, member, &["inbox"]).await;
    }
    does(site, 0, &["accept", &names["{taken}"]]).await;
    does(site, 0, &["redact", &names["{marked}"], "--field", "story"]).await;
    for doomed in ["{contested}", "{doomed}"] {
        let id = &names[doomed];
        does(site, PAM, &["delete", id, "--reason", "x", "--confirm", id]).await;
    }
    let (id, out) = (&names["{crossed}"], site.dir.path().join("new"));
    let export = ["export", id, "--form", "json", "--to", "lawyers", "--kind", "other", "--reason", "x", "--yes"];
    let crossing = ["-o", out.to_str().unwrap(), "--override", "a life", "--confirm", id];
    let said = says(site, PAM, &[&export[..], &crossing].concat()).await;
    assert_eq!(said.exit, Exit::Policy, "one alone crosses nothing: {said:?}");
    for (name, tip, kind) in
        [("{mark}", "{marked}", "redact"), ("{crossing}", "{crossed}", "override"), ("{request}", "{doomed}", "delete")]
    {
        let event = event(site, 0, &names[tip], kind).await;
        names.insert(name, event);
    }
    names
}

/// Another agency offers the tip to the first one, whatever its source asked.
fn offer(tip: TipId, by: Author) -> Event {
    let what = Kind::Refer {
        to: AgencyNumber(0),
        share: Shared::All,
        purpose: "look".into(),
        reason: "x".into(),
        new_tip: None,
        deadline: None,
        contact: None,
        consent_until: None,
        consent_by: None,
        withheld: false,
    };
    Event { what, ..note(tip, by, 2) }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_wish_stops_what_answers_others_or_takes_back_but_the_word_of_whom_the_source_named_for_its_end() {
    let (site, door, newest) = Site::at_door().await;
    let names = begun(&site, &door, &[0, 1].map(|agency| Some(recipient(&newest, agency)))).await;
    for (_, row) in &VERBS {
        let Begun(lines) = row else { continue };
        for (line, wanted) in *lines {
            let filled = names.iter().fold((*line).to_owned(), |line, (name, value)| line.replace(name, value));
            let said = says(&site, 0, &filled.split(' ').collect::<Vec<_>>()).await;
            assert_eq!(said.exit, *wanted, "{line}: {} {}", said.out, said.notes);
        }
    }
}
