//! A server of buckets that others wrote, on this machine, which fails when it is told to.

use super::files::files_under;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use knothole::store::bucket::Bucket;
use s3s::auth::SimpleAuth;
use s3s::service::S3ServiceBuilder;
use s3s::{Body, HttpError};
use std::sync::{Arc, Mutex};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

const NAME: &str = "sealed";
const KEY: &str = "opens the bucket";

/// How it answers.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Answers {
    Well,
    /// 503 to everything, and does nothing.
    Unavailable,
    /// 500, after it has done what it was asked.
    Lost,
}

/// It, with one bucket.
pub struct TestBucket {
    pub bucket: Bucket,
    answers: Arc<Mutex<Answers>>,
    dir: TempDir,
    serving: JoinHandle<()>,
}

impl TestBucket {
    pub async fn start() -> Self {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join(NAME)).unwrap();
        let mut service = S3ServiceBuilder::new(s3s_fs::FileSystem::new(dir.path()).unwrap());
        service.set_auth(SimpleAuth::from_single("who", KEY));
        let service = service.build();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap()).parse().unwrap();
        let answers = Arc::new(Mutex::new(Answers::Well));
        let told = Arc::clone(&answers);
        let serving = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (service, told) = (service.clone(), Arc::clone(&told));
                let answer = service_fn(move |request: http::Request<Incoming>| {
                    let (service, answers) = (service.clone(), *told.lock().unwrap());
                    let request = request.map(Body::from);
                    async move {
                        let failed = |status: u16| {
                            http::Response::builder()
                                .status(status)
                                .body(Body::empty())
                                .map_err(|error| HttpError::new(Box::new(error)))
                        };
                        match answers {
                            Answers::Well => service.call(request).await,
                            Answers::Unavailable => failed(503),
                            Answers::Lost => {
                                let _lost = service.call(request).await?;
                                failed(500)
                            }
                        }
                    }
                });
                tokio::spawn(async move {
                    let _until_it_hangs_up =
                        Builder::new(TokioExecutor::new()).serve_connection(TokioIo::new(stream), answer).await;
                });
            }
        });
        let (region, name, key_id) = ("us-east-1".to_owned(), NAME.to_owned(), "who".to_owned());
        let bucket = Bucket { endpoint, region, name, is_host_style: false, key_id, key: KEY.to_owned().into() };
        Self { bucket, answers, dir, serving }
    }

    pub fn answer(&self, how: Answers) {
        *self.answers.lock().unwrap() = how;
    }

    /// What lies in the bucket: names and bytes.
    pub fn objects(&self) -> Vec<(String, Vec<u8>)> {
        let name = |path: std::path::PathBuf| path.file_name().unwrap().to_str().unwrap().to_owned();
        files_under(&self.dir.path().join(NAME)).into_iter().map(|(path, bytes)| (name(path), bytes)).collect()
    }
}

impl Drop for TestBucket {
    fn drop(&mut self) {
        self.serving.abort();
    }
}
