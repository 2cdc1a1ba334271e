//! The list by which a file on a server can be compared with the one that was built.

use std::fs;
use std::path::Path;

use serde_json::json;

use crate::failure::{OrFail, Outcome};
use crate::files::names;
use crate::finish::{EDITED_BY_THE_HOST, integrity};

/// Every file of the site with its digest and size, as JSON. What a host edits is left out: a digest of it would call
/// every configured console broken.
pub(super) fn list(site: &Path) -> Outcome<String> {
    let mut listed = Vec::new();
    for name in names(site)? {
        if name == EDITED_BY_THE_HOST {
            continue;
        }
        let bytes = fs::read(site.join(&name)).or_fail(format!("cannot read {name}"))?;
        listed.push(json!({ "name": name, "integrity": integrity(&bytes), "bytes": bytes.len() }));
    }
    serde_json::to_string_pretty(&json!({ "files": listed })).map(|text| text + "\n").or_fail("cannot write the list")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_listed_but_the_one_that_hosts_edit() {
        let site = std::env::temp_dir().join(format!("runboard-integrity-{}", std::process::id()));
        fs::create_dir_all(site.join("a")).unwrap();
        for name in ["index.html", "a/b.js", "a/b.js.br", "config.json", "version.json"] {
            fs::write(site.join(name), name).unwrap();
        }
        let list: serde_json::Value = serde_json::from_str(&list(&site).unwrap()).unwrap();
        fs::remove_dir_all(&site).unwrap();
        let files = list["files"].as_array().unwrap();
        let names: Vec<_> = files.iter().map(|file| file["name"].as_str().unwrap()).collect();
        assert_eq!(names, ["a/b.js", "a/b.js.br", "index.html", "version.json"]);
        assert_eq!(files[2]["bytes"], "index.html".len());
        assert_eq!(files[2]["integrity"], integrity(b"index.html"));
    }
}
