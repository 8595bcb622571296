//! The PROXY protocol header, version 1, at the start of a connection: where the proxy says that it came from.
//!
//! Never reads past the header, and wipes what it read: the caller turns the address into a key and forgets it too.

use proxy_header::{ParseConfig, ProxyHeader};
use std::io;
use std::net::IpAddr;
use tokio::io::{AsyncRead, AsyncReadExt as _};
use zeroize::Zeroizing;

/// The shortest header there is, so that reading this much reads none of what follows.
const MIN_LEN: usize = b"PROXY UNKNOWN\r\n".len();
/// The longest, by the specification.
const MAX_LEN: usize = 107;

/// The address of the source, or none when the proxy speaks for itself. An error when this is no such header.
pub async fn read_source(stream: &mut (impl AsyncRead + Unpin)) -> io::Result<Option<IpAddr>> {
    let malformed = || io::Error::from(io::ErrorKind::InvalidData);
    let mut header = Zeroizing::new([0; MAX_LEN]);
    let mut len = MIN_LEN;
    stream.read_exact(&mut header[..len]).await?;
    while header[len - 1] != b'\n' {
        let next = header.get_mut(len..=len).ok_or_else(malformed)?;
        stream.read_exact(next).await?;
        len += 1;
    }
    let config = ParseConfig { allow_v2: false, ..ParseConfig::default() };
    let (parsed, read) = ProxyHeader::parse(&header[..len], config).map_err(|_| malformed())?;
    if read != len {
        return Err(malformed());
    }
    Ok(parsed.proxied_address().map(|address| address.source.ip()))
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn read(bytes: &[u8]) -> io::Result<(Option<IpAddr>, &[u8])> {
        let mut stream = bytes;
        let source = read_source(&mut stream).await?;
        Ok((source, stream))
    }

    #[tokio::test]
    async fn the_source_is_read_and_nothing_after_the_header() {
        let circuit = b"PROXY TCP6 fc00:dead:beef:4dad::0:29 ::1 65535 42\r\nGET /";
        let (source, rest) = read(circuit).await.unwrap();
        assert_eq!((source, rest), (Some("fc00:dead:beef:4dad::29".parse().unwrap()), &b"GET /"[..]));
        let (source, rest) = read(b"PROXY TCP4 192.0.2.1 127.0.0.1 5 80\r\n").await.unwrap();
        assert_eq!((source, rest), (Some("192.0.2.1".parse().unwrap()), &b""[..]));
        assert_eq!(read(b"PROXY UNKNOWN\r\nGET /").await.unwrap(), (None, &b"GET /"[..]));
    }

    #[tokio::test]
    async fn anything_else_is_refused() {
        let long = format!("PROXY UNKNOWN {}\r\n", "x".repeat(MAX_LEN));
        for bytes in [
            "GET / HTTP/1.1\r\nhost: door\r\n\r\n",
            "PROXY TCP4 192.0.2.1\r\n and more of it",
            "PROXY TCP4 here there 5 80\r\n",
            "PROXY TCP4 192.0.2.1 127.0.0.1 5 80\n",
            "PROXY UNIX a b 1 2\r\n",
            "PROXY TCP4 192.0.2.1 127.0.0.1 5",
            "\r\n\r\n\0\r\nQUIT\n\x20\x00\x00\x00",
            &long,
        ] {
            assert!(read(bytes.as_bytes()).await.is_err(), "{bytes:?}");
        }
    }
}
