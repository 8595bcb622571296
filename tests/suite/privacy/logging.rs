//! `docs/LOGGING.md` is the list of all that is ever logged: the code is held to it, and so is what the program prints.

use crate::support::app::{TestApp, settings};
use crate::support::process::{Program, lasting_site};
use crate::support::tip::TipParts;
use crate::support::{http, site};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;
use std::path::Path;
use std::sync::{Arc, Mutex};
use tracing::field::{Field, Visit};
use tracing::span;
use tracing_subscriber::layer::{Context, Layer, SubscriberExt as _};

/// One line of the log, without its values.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Line {
    level: String,
    target: String,
    message: String,
    fields: BTreeSet<String>,
}

/// The rows of the table in `docs/LOGGING.md`.
fn listed() -> BTreeSet<Line> {
    let text = include_str!("../../../docs/LOGGING.md");
    let table = text.lines().skip_while(|line| !line.starts_with("| level |"));
    let rows = table.skip(2).take_while(|line| line.starts_with("| "));
    rows.map(|row| {
        let cells: Vec<_> = row.trim_matches('|').split(" | ").map(str::trim).collect();
        let [level, message, target, fields, _when] = cells[..] else { panic!("not five cells: {row}") };
        // What stands in backquotes before a colon is a name; what follows explains it.
        let names = fields.split(':').next().unwrap().split('`').skip(1).step_by(2);
        let fields = names.map(str::to_owned).collect();
        Line { level: level.into(), target: target.trim_matches('`').into(), message: message.into(), fields }
    })
    .collect()
}

/// The target of lines that are written in a source file.
fn target_of(path: &Path) -> String {
    let module = path.with_extension("");
    let names = module.iter().map(|name| name.to_str().unwrap()).skip_while(|name| *name != "src").skip(1);
    let names: Vec<_> = names.filter(|name| *name != "bin").collect();
    if names[0] == "knothole" { names.join("::") } else { format!("knothole::{}", names.join("::")) }
}

/// What stands between the parentheses that open at the start of `text`, cut at the commas between arguments.
fn arguments(text: &str) -> Vec<String> {
    let (mut depth, mut is_quoted, mut is_escaped) = (0, false, false);
    let mut arguments = vec![String::new()];
    for c in text.chars() {
        match c {
            '"' if !is_escaped => is_quoted = !is_quoted,
            '(' | '[' | '{' if !is_quoted => depth += 1,
            ')' | ']' | '}' if !is_quoted => depth -= 1,
            _ => {}
        }
        is_escaped = c == '\\' && !is_escaped;
        if depth == 0 {
            break;
        }
        match c {
            ',' if depth == 1 && !is_quoted => arguments.push(String::new()),
            '(' if depth == 1 && arguments == [""] => {}
            _ => arguments.last_mut().unwrap().push(c),
        }
    }
    arguments.into_iter().map(|argument| argument.trim().to_owned()).filter(|argument| !argument.is_empty()).collect()
}

/// The lines that a source file can write. Panics at any use of `tracing` that this reading does not understand.
fn written_in(target: &str, source: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    for (at, _) in source.match_indices("tracing::") {
        let rest = &source[at + "tracing::".len()..];
        let name: String = rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
        assert!(["error", "warn", "info", "debug", "trace"].contains(&name.as_str()), "{target} uses tracing::{name}");
        let call = rest[name.len()..].strip_prefix('!').expect("a call of a macro by its whole name");
        let (mut message, mut fields) = (String::new(), BTreeSet::new());
        for argument in arguments(call) {
            match argument.split_once(" = ") {
                _ if argument.starts_with('"') => message = argument.trim_matches('"').to_owned(),
                Some((name, _)) => assert!(fields.insert(name.to_owned())),
                None => assert!(fields.insert(argument.trim_start_matches(['%', '?']).to_owned())),
            }
        }
        assert!(!message.contains('{'), "{target} puts values into a message: {message}");
        lines.push(Line { level: name, target: target.into(), message, fields });
    }
    lines
}

fn written() -> BTreeSet<Line> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut lines = BTreeSet::new();
    for (path, source) in crate::support::files::files_under(&root) {
        if path.extension().is_some_and(|extension| extension == "rs") {
            let source = String::from_utf8(source).unwrap().replace("tracing_subscriber::", "");
            lines.extend(written_in(&target_of(path.strip_prefix(root.parent().unwrap()).unwrap()), &source));
        }
    }
    lines
}

#[test]
fn the_list_and_the_code_say_the_same() {
    assert_eq!(listed(), written());
}

#[test]
fn the_reading_of_the_code_sees_what_is_not_listed() {
    let source = r#"fn f() { tracing::debug!(%peer, agent = ?headers.get("user-agent"), "someone, (came"); }"#;
    let fields = ["agent", "peer"].map(str::to_owned).into();
    let line =
        Line { level: "debug".into(), target: "knothole::http".into(), message: "someone, (came".into(), fields };
    assert_eq!(written_in("knothole::http", source), [line]);
    let span = r#"fn f() { let _span = tracing::info_span!("request", %peer); }"#;
    assert!(std::panic::catch_unwind(|| written_in("knothole::http", span)).is_err());
    let import = "use tracing::instrument;";
    assert!(std::panic::catch_unwind(|| written_in("knothole::http", import)).is_err());
}

#[tokio::test]
async fn the_program_prints_listed_lines_with_listed_fields_and_nothing_else() {
    let site = lasting_site().await;
    let server = Program::start(site.path(), "info");
    for target in ["/", "/knothole.js", "/nothing", "/v1/tips?after=0"] {
        for door in [server.public(), server.staff()] {
            http::exchange(door, &http::request("GET", target, &[("user-agent", "\u{1b}[31mred")], b"")).await;
        }
    }
    let log = String::from_utf8(server.stop()).unwrap();
    let listed = listed();
    for line in log.lines() {
        let (level, rest) = line.trim_start().split_once(' ').unwrap();
        let row = listed.iter().find(|row| row.level.to_uppercase() == level && rest.starts_with(&row.message));
        let row = row.unwrap_or_else(|| panic!("not listed: {line}"));
        let fields: BTreeSet<_> = rest[row.message.len()..]
            .split_whitespace()
            .map(|field| field.split_once('=').unwrap().0.to_owned())
            .collect();
        assert_eq!(fields, row.fields, "{line}");
    }
    assert_eq!(log.lines().count(), 2, "{log}");
}

#[test]
fn no_level_below_info_can_be_asked_for() {
    for level in ["debug", "trace", "TRACE", "knothole=trace", "info,hyper=trace", ""] {
        assert!(level.parse::<knothole::telemetry::Level>().is_err(), "{level}");
    }
}

/// Keeps every event and every span of our own code, whatever its level, with its values.
#[derive(Clone, Default)]
struct Recorder(Arc<Mutex<Vec<(Line, Values)>>>);

#[derive(Debug, Default)]
struct Values(BTreeMap<String, String>);

impl Visit for Values {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.insert(field.name().into(), format!("{value:?}"));
    }
}

impl<S: tracing::Subscriber> Layer<S> for Recorder {
    fn on_event(&self, event: &tracing::Event<'_>, _: Context<'_, S>) {
        let data = event.metadata();
        if data.target().starts_with("knothole") {
            let mut values = Values::default();
            event.record(&mut values);
            let message = values.0.remove("message").unwrap_or_default();
            let (level, target) = (data.level().as_str().to_lowercase(), data.target().to_owned());
            let fields = values.0.keys().cloned().collect();
            self.0.lock().unwrap().push((Line { level, target, message, fields }, values));
        }
    }

    fn on_new_span(&self, span: &span::Attributes<'_>, _: &span::Id, _: Context<'_, S>) {
        assert!(!span.metadata().target().starts_with("knothole"), "a span of our own: {span:?}");
    }
}

#[tokio::test]
async fn at_trace_level_our_own_code_says_no_more_than_is_listed() {
    let recorder = Recorder::default();
    let _here = tracing::subscriber::set_default(tracing_subscriber::registry().with(recorder.clone()));
    // While there is one alone, whichever thread is the first at a line decides for all whether anyone listens.
    let _another = tracing::Dispatch::new(tracing_subscriber::registry());
    let app = TestApp::new().await;
    assert_eq!(app.put(TipParts::new(1)).await.status, 201);
    assert_eq!(app.put_body("planted", b"planted").await.status, 400);
    assert_eq!(app.person("stranger").get("/v1/tips?after=0").await.status, 401);
    assert_eq!(app.person("mia").post("/v1/keyring", &site::version_1()).await.status, 403);
    assert_eq!(app.person("mia").tips(0).await.1, 1);
    assert!(
        knothole::http::serve::start(settings(Path::new("/dev/null/planted")), Arc::new(knothole::clock::SystemClock))
            .await
            .is_err()
    );

    let listed = listed();
    let lines = recorder.0.lock().unwrap();
    for (line, values) in lines.iter() {
        assert!(listed.contains(line), "not listed: {line:?} {values:?}");
    }
    let published = lines.iter().filter(|(line, _)| line.message == "a version of the keyring was published");
    assert_eq!(published.count(), 2, "what is logged is recorded here: {lines:?}");
}
