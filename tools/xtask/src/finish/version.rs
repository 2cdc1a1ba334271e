//! What a build says of itself: `version.json`, and the id by which a page knows its own build.

use std::fs;
use std::path::Path;

use serde_json::json;

use super::digest::Contents;
use crate::failure::{OrFail, Outcome};
use crate::files::names;

/// The name of the file that says which build is hosted.
pub(crate) const VERSION_FILE: &str = "version.json";

/// What the build was made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Source {
    /// The version in Cargo.toml.
    pub(crate) version: String,
    /// The commit, with `-modified` behind it when files differ from it; none outside of a repository.
    pub(crate) commit: Option<String>,
}

/// An id that is the same for the same files, wherever and whenever they were built. What a host edits has no part in it.
pub(crate) fn id(dist: &Path) -> Outcome<String> {
    let mut contents = Contents::default();
    for name in names(dist)? {
        if name == super::compress::EDITED_BY_THE_HOST || name == VERSION_FILE {
            continue;
        }
        let bytes = fs::read(dist.join(&name)).or_fail(format!("cannot read {name}"))?;
        contents.add(&name, &bytes);
    }
    Ok(contents.fingerprint())
}

/// Writes `version.json`: no clock in it, so that it is reproducible, too.
pub(crate) fn write(dist: &Path, source: &Source, id: &str) -> Outcome {
    let text = json!({ "version": source.version, "commit": source.commit, "build": id }).to_string() + "\n";
    fs::write(dist.join(VERSION_FILE), text).or_fail(format!("cannot write dist/{VERSION_FILE}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_id_changes_with_the_files_and_not_with_what_a_host_edits() {
        let dist = std::env::temp_dir().join(format!("runboard-build-id-{}", std::process::id()));
        fs::create_dir_all(&dist).unwrap();
        let with = |name: &str, text: &str| {
            fs::write(dist.join(name), text).unwrap();
            id(&dist).unwrap()
        };
        let first = with("a.js", "1");
        let configured = with("config.json", r#"{"environment": "production"}"#);
        let versioned = with("version.json", "{}");
        let changed = with("a.js", "2");
        let renamed = {
            fs::rename(dist.join("a.js"), dist.join("b.js")).unwrap();
            id(&dist).unwrap()
        };
        fs::remove_dir_all(&dist).unwrap();
        assert_eq!([&configured, &versioned], [&first, &first]);
        assert!(first != changed && changed != renamed);
    }

    #[test]
    fn version_json_is_the_same_for_the_same_source() {
        let dist = std::env::temp_dir().join(format!("runboard-version-{}", std::process::id()));
        fs::create_dir_all(&dist).unwrap();
        let source = Source { version: "1.2.3".into(), commit: None };
        write(&dist, &source, "0123").unwrap();
        let text = fs::read_to_string(dist.join("version.json")).unwrap();
        fs::remove_dir_all(&dist).unwrap();
        assert_eq!(text, "{\"build\":\"0123\",\"commit\":null,\"version\":\"1.2.3\"}\n");
    }
}
