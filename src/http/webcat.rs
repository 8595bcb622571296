//! The files by which WEBCAT, a browser extension, knows what this site's page must be. Those who run the site sign them with
//! tools of WEBCAT's and put them into a folder beside the database; `knothole page --webcat` prints what is to be signed.

use super::problem::Problem;
use super::public::Door;
use axum::extract::{Path, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse as _, Response};
use std::io::{self, Read as _};

/// Where they are asked for.
pub const PATH: &str = "/.well-known/webcat/{name}";
/// The folder beside the database.
pub const DIR_NAME: &str = "webcat";
const NAMES: [&str; 4] = ["bundle.json", "bundle-prev.json", "enrollment.json", "manifest.json"];
const MAX_BYTES: u64 = 4 << 20;

/// One of them; none of any other name.
pub async fn file(State(door): State<Door>, Path(name): Path<String>) -> Result<Response, Problem> {
    let name = NAMES.into_iter().find(|known| *known == name).ok_or(Problem::NotFound)?;
    let path = door.webcat_dir.join(name);
    let read = tokio::task::spawn_blocking(move || {
        let mut bytes = Vec::new();
        std::fs::File::open(path)?.take(MAX_BYTES).read_to_end(&mut bytes).map(|_| bytes)
    });
    match read.await {
        Ok(Ok(bytes)) => Ok(([(CONTENT_TYPE, "application/json")], bytes).into_response()),
        Ok(Err(error)) if error.kind() == io::ErrorKind::NotFound => Err(Problem::NotFound),
        Ok(Err(_)) | Err(_) => {
            tracing::error!("a file of the folder webcat cannot be read");
            Err(Problem::Unavailable)
        }
    }
}
