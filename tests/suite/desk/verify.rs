//! `desk verify` and a server that shows something else than what the admins signed: to everyone, or to those only who do not
//! look like a robot.

use super::commands::{Said, said_now};
use super::site::{Site, today};
use super::true_server::at_true_server;
use crate::support::http::{exchange, request};
use knothole::crypto::keyring::{
    AgencyWords, Draft, LEGAL_NAMES, LegalText, Paper, Review, SignedVersion, SiteWords, Words,
};
use knothole::desk::admin;
use knothole::desk::failure::Exit;
use knothole::http::accept::Address;
use knothole::http::page::{Choices, manifest};
use knothole::http::serve::Running;
use knothole::model::agency::AgencyNumber;
use std::process::Command;
use std::sync::{Arc, Mutex};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

mod evading;
mod notice;
mod revoked;
mod rounds;
mod socks;

/// Changes an answer, by the head of the request.
type Lie = fn(&str, &mut Shown);

/// An answer on its way.
struct Shown {
    headers: String,
    body: String,
    /// After how many bytes the connection ends; none where all of it is sent.
    cut: Option<usize>,
}

impl Shown {
    fn has_status(&mut self, line: &str) {
        assert!(self.headers.contains(" 200 OK"), "{}", self.headers);
        self.headers = self.headers.replacen("200 OK", line, 1);
    }

    fn swap(&mut self, from: &str, to: &str) {
        assert!(self.body.contains(from), "{from} is not in {}", self.body);
        self.body = self.body.replacen(from, to, 1);
    }
}

/// A site with a signed page in English, and what stands between it and its visitors.
struct Form {
    site: Site,
    newest: SignedVersion,
    running: Running,
    dir: TempDir,
    address: String,
    heads: Arc<Mutex<Vec<String>>>,
}

impl Form {
    async fn behind(lie: Lie) -> Self {
        Self::of(lie, |_, _| ()).await
    }

    /// The same with a keyring in which something else is otherwise, too.
    async fn of(lie: Lie, change: impl FnOnce(&Site, &mut Draft)) -> Self {
        let (site, running, dir) = at_true_server().await;
        let two = site.publish_all().await;
        let newest = site.next(&two, |draft| {
            change(&site, draft);
            admin::set_words(draft, words());
            admin::pages::count_people(draft);
            draft.public.pages = manifest(&draft.clone().freeze().read().unwrap(), Choices::default()).unwrap();
        });
        admin::publish(&site.admins[0].client(), &newest, Some(&two.read().unwrap())).await.unwrap();
        let mut form = Self { site, newest, running, dir, address: String::new(), heads: Arc::default() };
        form.lie(lie).await;
        form
    }

    /// From now on visitors are shown this.
    async fn lie(&mut self, lie: Lie) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        self.address = format!("http://{}/", listener.local_addr().unwrap());
        tokio::spawn(relay(listener, self.running.public().clone(), lie, Arc::clone(&self.heads)));
    }

    async fn verified(&self, more: &[&str]) -> Said {
        let file = super::commands::passphrase_file(&self.site);
        self.verified_with(&["--passphrase-file", file.to_str().unwrap()], more).await
    }

    async fn verified_with(&self, keys: &[&str], more: &[&str]) -> Said {
        let start = ["--no-input", "--profile", self.site.members[0].profile.dir().to_str().unwrap()];
        said_now(&[&start[..], keys, &["verify", &self.address], more].concat()).await
    }
}

/// Words in English that lack nothing.
pub fn words() -> Words {
    let agency = |name: &str| AgencyWords { name: name.into(), line: "They help.".into() };
    let text = String::from;
    let legal = |about: &str| LegalText { text: about.into(), reviewed_by: text("A. Lawyer"), reviewed_on: today() };
    Words {
        lang: text("en"),
        agencies: [(AgencyNumber(0), agency("The help line")), (AgencyNumber(1), agency("State police"))].into(),
        site: SiteWords {
            state: text("Connecticut"),
            hotline_phone: text("1-888-373-7888"),
            hotline_text: text("233733"),
            exit_url: text("https://www.weather.gov/"),
            urgent_time: text("one hour"),
            normal_time: text("two days"),
        },
        legal: LEGAL_NAMES.iter().map(|known| (known.name.into(), legal(known.about))).collect(),
        review: Some(Review { translator: text("tess"), back_translator: text("bob"), on: today() }),
    }
}

/// Passes requests on, one a connection and unpacked, and changes what comes back.
async fn relay(listener: TcpListener, door: Address, lie: Lie, heads: Arc<Mutex<Vec<String>>>) {
    loop {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut bytes = Vec::new();
        while !bytes.ends_with(b"\r\n\r\n") && stream.read_buf(&mut bytes).await.unwrap() > 0 {}
        let head = String::from_utf8(bytes).unwrap();
        let lines = head.lines().filter(|line| !line.to_ascii_lowercase().starts_with("accept-encoding"));
        let asked = format!("{}\r\nconnection: close\r\n\r\n", lines.collect::<Vec<_>>().join("\r\n").trim_end());
        heads.lock().unwrap().push(head.clone());
        let Address::Tcp(address) = &door else { panic!("tests use TCP") };
        let mut server = TcpStream::connect(address).await.unwrap();
        server.write_all(asked.as_bytes()).await.unwrap();
        let mut answer = String::new();
        server.read_to_string(&mut answer).await.unwrap();
        let (headers, body) = answer.split_once("\r\n\r\n").unwrap();
        let mut shown = Shown { headers: headers.to_owned(), body: body.to_owned(), cut: None };
        lie(&head, &mut shown);
        let headers = shown.headers.lines().filter(|line| !line.starts_with("content-length"));
        let headers = headers.collect::<Vec<_>>().join("\r\n");
        let answer = format!("{headers}\r\ncontent-length: {}\r\n\r\n{}", shown.body.len(), shown.body);
        let end = shown.cut.map_or(answer.len(), |cut| cut.min(answer.len() - 1));
        let _gone = stream.write_all(&answer.as_bytes()[..end]).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_that_is_what_the_admins_signed_is_said_to_be() {
    let form = Form::behind(|_, _| {}).await;
    let done = form.verified(&[]).await;
    assert_eq!((done.exit, done.notes.as_str()), (Exit::Ok, ""), "{}", done.out);
    assert!(done.out.starts_with("the form is what the admins signed with version 3: "), "{}", done.out);
    let json = form.verified(&["--json"]).await;
    assert_eq!(
        (json.exit, json.out.as_str()),
        (Exit::Ok, "{\"version\":3,\"looks\":3,\"proposed\":[],\"differences\":[]}\n")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn one_byte_of_page_script_header_or_keyring_is_enough() {
    let lies: [(Lie, &str); 11] = [
        (
            |head, shown| {
                if head.starts_with("GET /en ") {
                    shown.swap("Contact form", "Contact fOrm");
                }
            },
            "/en: the document is another\n",
        ),
        (
            |head, shown| {
                if head.starts_with("GET / ") {
                    shown.swap("Tell us what", "Tell us whAt");
                }
            },
            "/: the document is another\n",
        ),
        (
            |head, shown| {
                if head.starts_with("GET /knothole.js ") {
                    shown.body.push(' ');
                }
            },
            "/knothole.js: the script is another\n",
        ),
        (
            |head, shown| {
                if head.starts_with("GET /en/later.js ") {
                    shown.body.push(' ');
                }
            },
            "/en/later.js: the script is another\n",
        ),
        (
            |head, shown| {
                if head.starts_with("GET /en/later.js ") {
                    shown.headers.push_str("\r\nlink: </x>");
                }
            },
            "/en/later.js: header link is \"</x>\"\n",
        ),
        (
            |head, shown| {
                if head.starts_with("GET /en/offline ") {
                    shown.swap("Contact form", "Contact fOrm");
                }
            },
            "/en/offline: the document is another\n",
        ),
        (
            |head, shown| {
                if head.starts_with("GET /en ") {
                    shown.headers.push_str("\r\nset-cookie: a=b");
                }
            },
            "/en: header set-cookie is \"a=b\"\n",
        ),
        (
            |head, shown| {
                if head.starts_with("GET / ") {
                    shown.headers = shown.headers.replacen("connect-src 'self'", "connect-src *", 1);
                }
            },
            "/: header content-security-policy is ",
        ),
        (
            |head, shown| {
                if head.starts_with("GET /knothole.js ") {
                    shown.headers = shown.headers.replacen("no-store", "max-age=9", 1);
                }
            },
            "/knothole.js: header cache-control is \"max-age=9\"\n",
        ),
        (
            |head, shown| {
                if head.starts_with("GET /en ") {
                    shown.swap("\"recipient\":\"age1pq1", "\"recipient\":\"age1pq2");
                }
            },
            "/en: it carries another version 3 of the keyring than the one that was signed\n",
        ),
        (
            |head, shown| {
                if head.starts_with("GET / ") {
                    shown.swap("\"version\":3", "\"version\":2");
                }
            },
            "/: it carries version 2 of the keyring, and version 3 is known: rolled back\n",
        ),
    ];
    let mut form = Form::behind(|_, _| {}).await;
    for (lie, said) in lies {
        form.lie(lie).await;
        let done = form.verified(&[]).await;
        assert!(done.exit == Exit::Integrity && done.out.starts_with(said), "{said}: {} {}", done.out, done.notes);
        assert_eq!(done.out.lines().count(), 1, "{}", done.out);
        assert!(done.notes.contains("call two admins of two agencies"), "{}", done.notes);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_honest_to_robots_only_is_caught_and_hears_only_a_browser() {
    let form = Form::behind(|head, shown| {
        let is_browser = head.contains("Sec-Fetch-Mode: ") && head.contains("User-Agent: Mozilla/5.0 ");
        if is_browser && head.starts_with("GET / ") {
            shown.swap("Contact form", "Contact fOrm");
        }
    })
    .await;
    let address: Address = form.address.trim_start_matches("http://").trim_end_matches('/').parse().unwrap();
    let robot = exchange(&address, &request("GET", "/", &[("user-agent", "monitor/1")], b"")).await;
    assert!(robot.text().contains("<title>Contact form</title>"));
    form.heads.lock().unwrap().clear();
    let mut orders = std::collections::BTreeSet::new();
    while orders.len() < 2 {
        let done = form.verified(&[]).await;
        assert_eq!((done.exit, done.out.as_str()), (Exit::Integrity, "/: the document is another\n"));
        let heads = std::mem::take(&mut *form.heads.lock().unwrap());
        let told = heads.concat().to_lowercase();
        assert!(
            ["cookie", "referer", "reqwest", "knothole/", "desk"].iter().all(|word| !told.contains(word)),
            "{told}"
        );
        orders.insert(heads.iter().map(|head| head.lines().next().unwrap().to_owned()).collect::<Vec<_>>());
    }
    for order in orders {
        let after = |page: &str| order[order.iter().position(|line| line.starts_with(page)).unwrap() + 1].clone();
        assert!(
            [after("GET / "), after("GET /en ")].iter().all(|next| next.starts_with("GET /knothole.js ")),
            "{order:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_lies_to_one_kind_of_browser_is_caught_since_each_look_is_another_ones() {
    let form = Form::behind(|head, shown| {
        if head.contains("iPhone") && head.starts_with("GET /en ") {
            shown.swap("Contact form", "Contact fOrm");
        }
    })
    .await;
    let mut agents = std::collections::BTreeSet::new();
    let mut was_caught = false;
    // By chance alone one of four is missing after so many looks once in ten million times.
    for _ in 0..60 {
        let done = form.verified(&[]).await;
        was_caught |= done.out == "/en: the document is another\n";
        let heads = std::mem::take(&mut *form.heads.lock().unwrap());
        let agent = |head: &String| head.lines().find_map(|line| line.strip_prefix("User-Agent: ")).unwrap().to_owned();
        agents.extend(heads.iter().map(agent));
        let at = heads.iter().position(|head| head.starts_with("GET /en ")).unwrap();
        assert_eq!(agent(&heads[at]), agent(&heads[at + 1]), "one look is one browser's");
        if was_caught && agents.len() == 4 {
            break;
        }
    }
    assert!(was_caught && agents.len() == 4, "{agents:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_keyring_without_a_page_is_nothing_to_compare_with() {
    let (site, running, _dir) = at_true_server().await;
    site.publish_all().await;
    let file = super::commands::passphrase_file(&site);
    let words =
        ["--profile", site.members[0].profile.dir().to_str().unwrap(), "--passphrase-file", file.to_str().unwrap()];
    let done = said_now(&[&words[..], &["verify", &format!("http://{}/", running.public())]].concat()).await;
    assert_eq!(done.exit, Exit::Other);
    assert!(done.notes.contains("the admins have signed no page") && done.notes.contains("knothole page --manifest"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_program_prints_the_same_hashes_wherever_it_runs_and_admins_put_them_into_the_draft() {
    let form = Form::behind(|_, _| {}).await;
    let newest = form.newest.read().unwrap();
    let dir = form.site.dir.path();
    let draft_path = dir.join("keyring-draft.json");
    let draft = admin::next_draft(&newest, today(), 30);
    assert!(draft.public.pages.is_empty(), "its day of expiry is another one");
    Paper::Draft(Box::new(draft)).write(&draft_path).unwrap();
    let print = |more: &[&str], from: &str| {
        let words = [&["page", draft_path.to_str().unwrap()], more].concat();
        Command::new(env!("CARGO_BIN_EXE_knothole")).args(words).current_dir(from).env_clear().output().unwrap()
    };
    let [here, there] = [".", "/"].map(|from| print(&["--manifest"], from));
    assert!(here.status.success() && here.stdout == there.stdout, "{}", String::from_utf8_lossy(&here.stderr));
    std::fs::write(dir.join("pages.json"), &here.stdout).unwrap();
    let (file, ada) = (super::commands::passphrase_file(&form.site), form.site.admins[0].profile.dir());
    let admin = async |words: &[&str]| {
        let start =
            ["--profile", ada.to_str().unwrap(), "--passphrase-file", file.to_str().unwrap(), "--no-input", "admin"];
        said_now(&[&start, words, &["--draft", draft_path.to_str().unwrap()]].concat()).await
    };
    let before = admin(&["show"]).await;
    assert!(before.out.contains("it has no hashes of the page"), "{}", before.out);
    let put = admin(&["pages", dir.join("pages.json").to_str().unwrap()]).await;
    assert_eq!(
        (put.exit, put.out.as_str()),
        (Exit::Ok, "the draft has the hashes of the page in: en\n"),
        "{}",
        put.notes
    );
    let show = admin(&["show"]).await;
    assert!(!show.out.contains("it has no hashes of the page"), "{}", show.out);
    let Some(Paper::Draft(draft)) = Paper::read(&draft_path).unwrap() else { panic!("nobody has signed it") };
    assert_ne!(draft.public.pages["en"].offline, newest.public.pages["en"].offline);
    assert_eq!(draft.public.pages["en"].html, newest.public.pages["en"].html);

    let unsigned = print(&["--webcat", "--genesis", &admin::hash(&form.site.zero).to_string()], "/");
    assert!(!unsigned.status.success() && String::from_utf8_lossy(&unsigned.stderr).contains("not signed yet"));
    assert_eq!(admin(&["sign", "--yes"]).await.exit, Exit::Ok);
    let tree_head = dir.join("tree-head");
    let genesis = admin::hash(&form.site.zero).to_string();
    let with_tree_head = ["--webcat", "--genesis", &genesis, "--tree-head", tree_head.to_str().unwrap()];
    std::fs::write(&tree_head, "<html>Not Found</html>\n").unwrap();
    let refused = print(&with_tree_head, "/");
    assert!(!refused.status.success() && String::from_utf8_lossy(&refused.stderr).contains("is no tree head"));
    let text = "size=7\nroot_hash=00\nsignature=00\ncosignature=00 1 00";
    std::fs::write(&tree_head, format!("{text}\n")).unwrap();
    let [bare, webcat] = [&with_tree_head[..3], &with_tree_head].map(|words| {
        serde_json::from_slice::<serde_json::Value>(&print(words, "/").stdout).unwrap()["manifest"].clone()
    });
    assert_eq!((&bare["timestamp"], &webcat["timestamp"]), (&serde_json::Value::Null, &text.into()));
    let index = webcat["default_index"].as_str().unwrap();
    assert!(webcat["files"][format!("/{index}")].is_string() && webcat["files"]["/knothole.js"].is_string());
    assert!(webcat["files"][format!("/{index}/later.js")].is_string());
    assert!(webcat["files"][webcat["default_fallback"].as_str().unwrap()].is_string());
    let policies = webcat["extra_csp"].as_object().unwrap();
    assert!(policies.values().all(|policy| !policy.as_str().unwrap().contains(',')), "{policies:?}");
}
