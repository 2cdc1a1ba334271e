//! The release as one file. The same release gives the same bytes, on whatever machine and in whatever order its files were
//! written, so that two people who build it can compare one checksum.

use std::env;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use flate2::{Compression, GzBuilder};
use sha2::{Digest, Sha256};
use tar::{Builder, EntryType, Header};

use crate::command::ask;
use crate::failure::{Failure, OrFail, Outcome};
use crate::files::names;
use crate::finish::Source;
use crate::layout::Layout;

/// What reproducible builds take their times from (reproducible-builds.org/specs/source-date-epoch).
const TIME: &str = "SOURCE_DATE_EPOCH";

/// Packs `release` into `archive/`, with its checksum beside it. Gives back the archive and the line of the checksum.
pub(super) fn pack(layout: &Layout, release: &Path, source: &Source) -> Outcome<(PathBuf, String)> {
    let name = name_of(source);
    let bytes = bytes(release, &name, time(layout)?)?;
    let file = format!("{name}.tar.gz");
    let digest: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    // As `sha256sum --check` reads it.
    let line = format!("{digest}  {file}\n");
    let folder = layout.root.join("archive");
    fs::create_dir_all(&folder).or_fail("cannot create archive/")?;
    let path = folder.join(&file);
    fs::write(&path, &bytes).or_fail(format!("cannot write archive/{file}"))?;
    fs::write(folder.join(format!("{file}.sha256")), &line).or_fail(format!("cannot write archive/{file}.sha256"))?;
    Ok((path, line))
}

/// `runboard-0.1.0-0123456789ab`, or without the commit where there is no repository.
fn name_of(source: &Source) -> String {
    let commit = source.commit.as_deref().unwrap_or_default();
    let (commit, changed) = commit.split_once('-').map_or((commit, false), |(commit, _)| (commit, true));
    let mut name = format!("runboard-{}", source.version);
    if let Some(commit) = commit.get(..12) {
        name.push('-');
        name.push_str(commit);
    }
    if changed {
        name.push_str("-modified");
    }
    name
}

/// The time of every file, in seconds: that of the commit. Not one time for all releases: servers tell two files of one length
/// apart by their times (docs/hosting.md, "Updating, and going back").
fn time(layout: &Layout) -> Outcome<u64> {
    let given = env::var(TIME).ok().filter(|text| !text.is_empty());
    let text = match given {
        Some(text) => text,
        None => {
            let git = ask(Command::new("git").current_dir(&layout.root).args(["log", "-1", "--format=%ct"]))?;
            if !git.ok {
                return Err(Failure::new("this folder is no Git repository, so the archive's files have no time")
                    .remedy(format!("Set {TIME} to the seconds since 1970 that they should have")));
            }
            git.stdout
        }
    };
    text.trim().parse().or_fail(format!("{TIME} is no number of seconds: {}", text.trim()))
}

/// A gzipped tar of `folder`: names in order, all below `top`; one time, one owner, and one mode for all.
fn bytes(folder: &Path, top: &str, time: u64) -> Outcome<Vec<u8>> {
    let failed = "cannot pack the release";
    // No name and no time in the gzip header; its "operating system" is always "unknown" (RFC 1952).
    let gzip = GzBuilder::new().operating_system(255).write(Vec::new(), Compression::best());
    let mut tar = Builder::new(gzip);
    for name in names(folder)? {
        let bytes = fs::read(folder.join(&name)).or_fail(format!("cannot read {name}"))?;
        let mut header = Header::new_ustar();
        header.set_entry_type(EntryType::Regular);
        header.set_mode(0o644);
        header.set_uid(0);
        header.set_gid(0);
        header.set_mtime(time);
        header.set_size(bytes.len().try_into().or_fail(failed)?);
        tar.append_data(&mut header, format!("{top}/{name}"), bytes.as_slice()).or_fail(failed)?;
    }
    let mut gzip = tar.into_inner().or_fail(failed)?;
    gzip.flush().or_fail(failed)?;
    gzip.finish().or_fail(failed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::read::GzDecoder;
    use std::io::Read;

    /// A release whose files are written in this order.
    fn release(name: &str, files: &[&str]) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("runboard-archive-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        for file in files {
            let path = folder.join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, format!("text of {file}")).unwrap();
        }
        folder
    }

    #[test]
    fn same_release_gives_the_same_bytes_whatever_the_order_times_and_modes_on_disk() {
        let one = release("one", &["site/index.html", "site/a/b.js", "hosting/nginx/runboard.conf"]);
        let other = release("other", &["hosting/nginx/runboard.conf", "site/a/b.js", "site/index.html"]);
        let touched = fs::File::options().write(true).open(other.join("site/index.html")).unwrap();
        touched.set_modified(std::time::SystemTime::UNIX_EPOCH).unwrap();
        let mut permissions = fs::metadata(other.join("site/a/b.js")).unwrap().permissions();
        permissions.set_readonly(true);
        fs::set_permissions(other.join("site/a/b.js"), permissions).unwrap();
        let packed = [&one, &other].map(|folder| bytes(folder, "runboard-1", 1_700_000_000).unwrap());
        assert_eq!(packed[0], packed[1]);
        assert_ne!(packed[0], bytes(&one, "runboard-1", 1_700_000_001).unwrap(), "the time of the commit is in it");

        let mut tar = tar::Archive::new(GzDecoder::new(packed[0].as_slice()));
        let mut found = Vec::new();
        for entry in tar.entries().unwrap() {
            let mut entry = entry.unwrap();
            let mut text = String::new();
            entry.read_to_string(&mut text).unwrap();
            let header = entry.header();
            assert_eq!((header.mode().unwrap(), header.mtime().unwrap()), (0o644, 1_700_000_000));
            assert_eq!((header.uid().unwrap(), header.gid().unwrap()), (0, 0));
            found.push((entry.path().unwrap().to_string_lossy().into_owned(), text));
        }
        let expected = ["hosting/nginx/runboard.conf", "site/a/b.js", "site/index.html"]
            .map(|name| (format!("runboard-1/{name}"), format!("text of {name}")));
        assert_eq!(found, expected);
        for folder in [one, other] {
            fs::remove_dir_all(folder).unwrap();
        }
    }

    #[test]
    fn archive_is_named_after_version_and_commit() {
        let named =
            |commit: Option<&str>| name_of(&Source { version: "1.2.3".to_owned(), commit: commit.map(str::to_owned) });
        assert_eq!(named(Some("0123456789abcdef0123")), "runboard-1.2.3-0123456789ab");
        assert_eq!(named(Some("0123456789abcdef0123-modified")), "runboard-1.2.3-0123456789ab-modified");
        assert_eq!(named(None), "runboard-1.2.3");
    }
}
