//! Whether `dist/` already holds what a build would make: a digest of all that goes into it, and of what came out.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::command::ask;
use crate::failure::{OrFail, Outcome};
use crate::files::names;
use crate::finish::{Contents, EDITED_BY_THE_HOST, Source};
use crate::layout::Layout;
use crate::toolchain::node::Node;

/// What has no part in the build, at the top of the checkout or in `tools/`. All else counts, so that what is new counts, too.
const APART: [&str; 9] = [".git", ".ci", "target", "dist", "release", "docs", "hosting", "tests", "tools/sandbox"];

/// Digests of what a build is made of.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Stamp {
    inputs: String,
}

impl Stamp {
    /// Of the checkout as it is. Without Node.js the files are others than with it.
    pub(crate) fn of(layout: &Layout, node: Option<&Node>, source: &Source) -> Outcome<Self> {
        let mut contents = Contents::default();
        for name in inputs(layout)? {
            let bytes = fs::read(layout.root.join(&name)).or_fail(format!("cannot read {name}"))?;
            contents.add(&name, &bytes);
        }
        // The versions of wasm-opt and terser.
        let packages = fs::read(layout.end2end().join("package-lock.json")).or_fail("cannot read package-lock.json")?;
        contents.add("packages", &packages);
        contents.add("compiler", ask(Command::new("rustc").arg("-vV"))?.stdout.as_bytes());
        contents.add("node", node.map_or("none", |_| "there").as_bytes());
        contents.add("source", format!("{source:?}").as_bytes());
        Ok(Self { inputs: contents.fingerprint() })
    }

    /// Whether the last build was of the same, and its files are still as it left them.
    pub(crate) fn is_built(&self, layout: &Layout) -> bool {
        let noted = path(layout).and_then(|path| fs::read_to_string(path).or_fail("no stamp"));
        let now = self.with_outputs(layout);
        noted.is_ok_and(|noted| now.is_ok_and(|now| noted == now))
    }

    /// Notes that `dist/` is what a build made.
    pub(crate) fn note(&self, layout: &Layout) -> Outcome {
        let path = path(layout)?;
        fs::write(&path, self.with_outputs(layout)?).or_fail(format!("cannot write {}", path.display()))
    }

    fn with_outputs(&self, layout: &Layout) -> Outcome<String> {
        let dist = layout.dist();
        let mut contents = Contents::default();
        for name in names(&dist)?.iter().filter(|name| *name != EDITED_BY_THE_HOST) {
            contents.add(name, &fs::read(dist.join(name)).or_fail(format!("cannot read {name}"))?);
        }
        Ok(format!("{} {}\n", self.inputs, contents.fingerprint()))
    }
}

fn path(layout: &Layout) -> Outcome<PathBuf> {
    Ok(layout.state()?.join("build-stamp"))
}

/// Every file of the checkout that may go into the build, by name.
fn inputs(layout: &Layout) -> Outcome<Vec<String>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(&layout.root).or_fail("cannot list the checkout")? {
        let entry = entry.or_fail("cannot list the checkout")?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if APART.contains(&name.as_str()) || entry.path() == layout.target {
            continue;
        }
        if entry.path().is_dir() {
            found.extend(names(&entry.path())?.into_iter().map(|inner| format!("{name}/{inner}")));
        } else {
            found.push(name);
        }
    }
    found.retain(|name| !APART.iter().any(|apart| name.strip_prefix(apart).is_some_and(|rest| rest.starts_with('/'))));
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_build_is_up_to_date_until_a_source_or_a_built_file_changes() {
        let root = std::env::temp_dir().join(format!("runboard-stamp-{}", std::process::id()));
        let layout = Layout { root: root.clone(), target: root.join("target"), tools: root.join("tools-cache") };
        let write = |name: &str, text: &str| {
            let path = root.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        for name in ["src/main.rs", "tests/end2end/package-lock.json", "dist/index.html", "tools/sandbox/src/a.rs"] {
            write(name, "first");
        }
        let source = Source { version: "1.0.0".into(), commit: Some("abc".into()) };
        let up_to_date = |source: &Source| Stamp::of(&layout, None, source).unwrap().is_built(&layout);

        let before = up_to_date(&source);
        Stamp::of(&layout, None, &source).unwrap().note(&layout).unwrap();
        let after = up_to_date(&source);
        let other_commit = up_to_date(&Source { commit: None, ..source.clone() });
        let mut kept = Vec::new();
        for (name, counts) in [
            ("dist/config.json", false),
            ("docs/a.md", false),
            ("tools/sandbox/src/a.rs", false),
            ("src/main.rs", true),
            ("src/new.rs", true),
            ("tests/end2end/package-lock.json", true),
            ("dist/index.html", true),
        ] {
            let old = fs::read_to_string(root.join(name)).ok();
            write(name, "second");
            kept.push((name, up_to_date(&source) != counts));
            match old {
                Some(old) => write(name, &old),
                None => fs::remove_file(root.join(name)).unwrap(),
            }
        }
        fs::remove_dir_all(&root).unwrap();
        assert_eq!([before, after, other_commit], [false, true, false]);
        assert!(kept.iter().all(|(_, right)| *right), "{kept:?}");
    }
}
