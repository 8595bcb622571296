//! Where the sealed bytes of files lie: each part as an object of its own, under a random name that says nothing.
//!
//! In a folder an object is on the disk, its name too, when `put` returns. Times of files are those of the day. In a bucket it is as
//! safe as its server makes what it has answered for, and has the time that the server gives it.

use super::StoreError;
use super::bucket::Bucket;
use super::uploads::ObjectName;
use crate::model::day::Day;
use bytes::Bytes;
use object_store::local::LocalFileSystem;
use object_store::path::Path as ObjectPath;
use object_store::{Error as ObjectError, ObjectStore, ObjectStoreExt as _};
use std::error::Error;
use std::fs::{self, DirBuilder, File, FileTimes};
use std::io;
use std::ops::Range;
use std::os::unix::fs::{DirBuilderExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// The folder beside the database.
pub const DIR_NAME: &str = "uploads";

/// See the module.
pub struct Blobs {
    objects: Arc<dyn ObjectStore>,
    folder: Option<PathBuf>,
}

impl Blobs {
    /// In a folder, which is made where it does not exist, so that nobody else on the machine can look into it.
    pub fn in_folder(dir: &Path) -> io::Result<Self> {
        DirBuilder::new().recursive(true).mode(0o700).create(dir)?;
        fs::set_permissions(dir, fs::Permissions::from_mode(0o700))?;
        let objects = LocalFileSystem::new_with_prefix(dir).map_err(io::Error::other)?.with_fsync(true);
        Ok(Self { objects: Arc::new(objects), folder: Some(dir.to_owned()) })
    }

    /// In a bucket. Connects to nobody yet: a site whose bucket is away takes letters.
    #[cfg(feature = "bucket")]
    pub fn in_bucket(bucket: &Bucket) -> Result<Self, String> {
        let objects = bucket.open().map_err(|error| error.to_string())?;
        Ok(Self { objects: Arc::new(objects), folder: None })
    }

    /// A program that was built for one machine has no client for buckets in it.
    #[cfg(not(feature = "bucket"))]
    pub fn in_bucket(_: &Bucket) -> Result<Self, String> {
        Err("this program was built without the feature `bucket`".into())
    }

    /// Puts bytes there. When this returns `Ok` they outlive a power cut; else they may lie there, whole or in part.
    pub async fn put(&self, name: &ObjectName, bytes: Vec<u8>, day: Day) -> Result<(), StoreError> {
        self.objects.put(&place(name), bytes.into()).await.map_err(|error| failure(&error))?;
        let name = *name;
        self.in_files(move |folder| set_day(folder, &name, day)).await
    }

    /// Some of the bytes of an object.
    pub async fn get(&self, name: &ObjectName, range: Range<u64>) -> Result<Bytes, StoreError> {
        let wanted = range.end - range.start;
        let bytes = self.objects.get_range(&place(name), range).await.map_err(|error| failure(&error))?;
        if bytes.len() as u64 == wanted { Ok(bytes) } else { Err(StoreError::Damaged) }
    }

    /// Takes objects away, also what was only half put. What is not there is none the worse.
    pub async fn delete(&self, names: &[ObjectName]) -> Result<(), StoreError> {
        for name in names {
            match self.objects.delete(&place(name)).await {
                Ok(()) | Err(ObjectError::NotFound { .. }) => {}
                Err(error) => return Err(failure(&error)),
            }
        }
        let names = names.to_vec();
        self.in_files(move |folder| clear_halves(folder, &names)).await
    }

    /// Does something in the folder, where there is one, off the threads that serve.
    async fn in_files(&self, act: impl FnOnce(&Path) -> io::Result<()> + Send + 'static) -> Result<(), StoreError> {
        let Some(folder) = self.folder.clone() else { return Ok(()) };
        let done = tokio::task::spawn_blocking(move || act(&folder)).await;
        let done = done.map_err(|_| StoreError::Unavailable("stopped".into()))?;
        done.map_err(|error| StoreError::Unavailable(error.kind().to_string()))
    }
}

fn place(name: &ObjectName) -> ObjectPath {
    ObjectPath::from(name.to_string())
}

/// The file keeps no time but its day, and so does the folder.
fn set_day(folder: &Path, name: &ObjectName, day: Day) -> io::Result<()> {
    let seconds = u64::try_from(day.epoch_days()).unwrap_or_default() * 86_400;
    let midnight = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
    let times = FileTimes::new().set_accessed(midnight).set_modified(midnight);
    File::open(folder.join(name.to_string()))?.set_times(times)?;
    File::open(folder)?.set_times(times)
}

/// Takes away what `object_store` had begun to write beside the place when the power went, and makes sure that nothing of all that was
/// deleted comes back.
fn clear_halves(folder: &Path, names: &[ObjectName]) -> io::Result<()> {
    for name in names {
        match fs::remove_file(folder.join(format!("{name}#1"))) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    File::open(folder)?.sync_all()
}

/// Keeps the kind of the failure and drops its text.
fn failure(error: &ObjectError) -> StoreError {
    let mut cause: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(one) = cause {
        if let Some(io) = one.downcast_ref::<io::Error>() {
            return match io.kind() {
                io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => StoreError::DiskFull,
                io::ErrorKind::NotFound => StoreError::Damaged,
                kind => StoreError::Unavailable(kind.to_string()),
            };
        }
        cause = one.source();
    }
    match error {
        ObjectError::NotFound { .. } => StoreError::Damaged,
        _ => StoreError::Unavailable("the objects' store failed".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::hex::Hex;

    fn day() -> Day {
        Day::from_epoch_days(20_000).unwrap()
    }

    fn blobs() -> (Blobs, tempfile::TempDir) {
        let dir = tempfile::tempdir().unwrap();
        (Blobs::in_folder(&dir.path().join(DIR_NAME)).unwrap(), dir)
    }

    #[tokio::test]
    async fn what_is_put_reads_back_in_pieces_and_is_gone_when_it_was_deleted() {
        let (blobs, dir) = blobs();
        let (name, other) = (Hex([1; 16]), Hex([2; 16]));
        blobs.put(&name, b"sealed bytes".to_vec(), day()).await.unwrap();
        assert_eq!(blobs.get(&name, 7..12).await.unwrap(), &b"bytes"[..]);
        assert_eq!(blobs.get(&name, 7..13).await, Err(StoreError::Damaged));
        fs::write(dir.path().join(DIR_NAME).join(format!("{other}#1")), "half").unwrap();
        blobs.delete(&[name, other]).await.unwrap();
        assert_eq!(fs::read_dir(dir.path().join(DIR_NAME)).unwrap().count(), 0);
        assert_eq!(blobs.get(&name, 0..1).await, Err(StoreError::Damaged));
    }

    #[tokio::test]
    async fn no_file_keeps_a_time_of_day_and_nobody_else_looks_into_the_folder() {
        let (blobs, dir) = blobs();
        blobs.put(&Hex([1; 16]), b"sealed".to_vec(), day()).await.unwrap();
        let folder = dir.path().join(DIR_NAME);
        assert_eq!(folder.metadata().unwrap().permissions().mode() & 0o777, 0o700);
        for path in [folder.join(Hex([1; 16]).to_string()), folder] {
            let changed = path.metadata().unwrap().modified().unwrap();
            assert_eq!(changed.duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs(), 20_000 * 86_400);
        }
    }
}
