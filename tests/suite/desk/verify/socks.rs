//! `desk verify` by way of a SOCKS proxy, as Tor is one: an onion is looked at by its name, and each visit is a stranger to the others.

use super::Form;
use knothole::desk::failure::Exit;
use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};

const ONION: &str = "knotholeknotholeknotholeknotholeknotholeknotholeknothol2.onion";

/// A proxy that leads every name to one address, and what it was asked: in whose name, and for which host.
#[derive(Clone)]
struct Proxy {
    address: SocketAddr,
    leads_to: Arc<Mutex<SocketAddr>>,
    asked: Arc<Mutex<Vec<(String, String)>>>,
}

impl Proxy {
    async fn before(form: &Form) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let leads_to = Arc::new(Mutex::new(address_of(form)));
        let proxy = Self { address: listener.local_addr().unwrap(), leads_to, asked: Arc::default() };
        let serving = proxy.clone();
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                tokio::spawn(serving.clone().serve(stream));
            }
        });
        proxy
    }

    /// RFC 1928 and 1929, as far as a client asks for a name in a name.
    async fn serve(self, mut client: TcpStream) {
        let count = byte(&mut client, 1).await;
        let methods = take(&mut client, count).await;
        assert!(methods.contains(&2), "it gives a name");
        client.write_all(&[5, 2]).await.unwrap();
        let name_len = byte(&mut client, 1).await;
        let name = String::from_utf8(take(&mut client, name_len).await).unwrap();
        let password_len = byte(&mut client, 0).await;
        take(&mut client, password_len).await;
        client.write_all(&[1, 0]).await.unwrap();
        let request = take(&mut client, 4).await;
        assert_eq!(request, [5, 1, 0, 3], "it looks up no name itself");
        let host_len = byte(&mut client, 0).await;
        let host = String::from_utf8(take(&mut client, host_len).await).unwrap();
        assert_eq!(take(&mut client, 2).await, [0, 80]);
        self.asked.lock().unwrap().push((name, host));
        let leads_to = *self.leads_to.lock().unwrap();
        let mut server = TcpStream::connect(leads_to).await.unwrap();
        client.write_all(&[5, 0, 0, 1, 127, 0, 0, 1, 0, 80]).await.unwrap();
        let _ended = copy_bidirectional(&mut client, &mut server).await;
    }
}

async fn take(stream: &mut TcpStream, count: usize) -> Vec<u8> {
    let mut bytes = vec![0; count];
    stream.read_exact(&mut bytes).await.unwrap();
    bytes
}

/// One byte, as a number, behind others.
async fn byte(stream: &mut TcpStream, behind: usize) -> usize {
    usize::from(take(stream, behind + 1).await[behind])
}

fn address_of(form: &Form) -> SocketAddr {
    form.address.trim_start_matches("http://").trim_end_matches('/').parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_onion_is_looked_at_through_a_proxy_each_visit_in_a_name_of_its_own_and_its_lies_are_caught() {
    let mut form = Form::behind(|_, _| {}).await;
    let proxy = Proxy::before(&form).await;
    let url = format!("socks5h://{}", proxy.address);
    form.address = format!("http://{ONION}/");
    let honest = form.verified(&["--proxy", &url]).await;
    assert_eq!((honest.exit, honest.notes.as_str()), (Exit::Ok, ""), "{honest:?}");
    let asked = std::mem::take(&mut *proxy.asked.lock().unwrap());
    assert!(asked.iter().all(|(_, host)| host == ONION), "{asked:?}");
    let names: BTreeSet<_> = asked.iter().map(|(name, _)| name).collect();
    assert_eq!(names.len(), 3, "page, its language and what recovery admins propose: {asked:?}");

    form.lie(|head, shown| {
        if head.starts_with("GET /en ") {
            shown.swap("Contact form", "Contact fOrm");
        }
    })
    .await;
    *proxy.leads_to.lock().unwrap() = address_of(&form);
    form.address = format!("http://{ONION}/");
    let lied = form.verified(&["--proxy", &url]).await;
    assert_eq!((lied.exit, lied.out.as_str()), (Exit::Integrity, "/en: the document is another\n"));
}
