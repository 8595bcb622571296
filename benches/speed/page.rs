//! What a source's browser loads, and what the server holds of the machine while nobody comes.

use super::server::Server;
use super::site::Site;
use super::table::Table;
use anyhow::{Context as _, Result};
use std::path::Path;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::runtime::Runtime;

/// Bytes of the page in brotli, and memory after it was asked for once.
pub fn rows(dir: &Path, runtime: &Runtime, table: &mut Table) -> Result<()> {
    let site = Site::make(dir, runtime)?;
    let server = site.serve(&[])?;
    let (page, text) = runtime.block_on(get(&server, "/"))?;
    let text = text.context("the page is brotli")?;
    let mut all = page;
    let mut requests = 1;
    let mut detail = format!("/ {page} bytes");
    for path in loaded_by(&text) {
        let (len, _) = runtime.block_on(get(&server, &path))?;
        all += len;
        requests += 1;
        detail = format!("{detail}, {path} {len} bytes, {requests} requests");
    }
    let kilobytes = f64::from(u32::try_from(all)?) / 1024.0;
    table.row(
        "the page, all that it loads, brotli, with heads",
        format!("{kilobytes:.1} KB"),
        "≤ 50 KB, ≤ 2 requests",
        detail,
    );
    let resident = f64::from(server.resident_kib()?) / 1024.0;
    table.row("server memory, idle", format!("{resident:.1} MB"), "≤ 40 MB", String::new());
    server.stop()
}

/// Addresses that a browser asks for by itself: whatever stands in `src`, and in `href` of what is not a link to follow. What stands in a
/// template waits for who comes back with a code.
fn loaded_by(page: &str) -> Vec<String> {
    let shown = page.split("<template").enumerate().map(|(part, text)| {
        if part == 0 { text } else { text.split_once("</template>").map_or("", |(_, after)| after) }
    });
    let tags = shown.flat_map(|text| text.split('<')).filter(|tag| !tag.starts_with("a "));
    let values = tags.flat_map(|tag| [" src=\"", " href=\""].map(|name| tag.split_once(name)));
    let values = values.flatten().filter_map(|(_, rest)| rest.split('"').next());
    let values = values.map(|value| value.replace("&#x2f;", "/"));
    values.filter(|value| !value.starts_with("data:") && !value.starts_with('#')).collect()
}

/// Bytes of the whole answer, and the text of its body.
async fn get(server: &Server, path: &str) -> Result<(usize, Option<String>)> {
    let mut stream = TcpStream::connect(server.public).await?;
    let request = format!(
        "GET {path} HTTP/1.1\r\nhost: knothole\r\naccept-encoding: gzip, deflate, br\r\nconnection: close\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).await?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await?;
    let head_len = answer.windows(4).position(|four| four == b"\r\n\r\n").context("an answer has a head")? + 4;
    let head = std::str::from_utf8(&answer[..head_len])?;
    anyhow::ensure!(head.starts_with("HTTP/1.1 200 "), "{path}: {head}");
    let mut text = String::new();
    let is_brotli = head.contains("\r\ncontent-encoding: br\r\n");
    let mut body = brotli::Decompressor::new(&answer[head_len..], 4096);
    let read = is_brotli.then(|| std::io::Read::read_to_string(&mut body, &mut text)).transpose()?;
    Ok((answer.len(), read.map(|_| text)))
}
