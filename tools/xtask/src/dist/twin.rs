//! Proof that a build is reproducible: the same source in another folder, built from nothing, gives the same bytes.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::command::{ask, step};
use crate::console;
use crate::failure::{Failure, OrFail, Outcome};
use crate::files::{copy_file, names};
use crate::layout::Layout;

/// Builds what is in the checkout once more, elsewhere, and compares it with `dist/`.
pub(crate) fn same_bytes_elsewhere(layout: &Layout) -> Outcome {
    // Of another length than the checkout's, and deeper.
    let root = layout.state()?.join("built-once-more/in-another-folder");
    step(format!("Building once more in {} (some minutes)", layout.shown(&root)));
    let _ = fs::remove_dir_all(&root);
    copy_sources(layout, &root)?;
    let twin = Layout { target: root.join("target"), tools: layout.tools.clone(), root: root.clone() };
    console::build_from(&twin, &console::tools(layout)?, &console::source(layout)?)?;
    let differing = differing(&contents(&layout.dist())?, &contents(&twin.dist())?);
    if !differing.is_empty() {
        return Err(Failure::new(format!("two builds of one source differ in {}", differing.join(", ")))
            .remedy(format!("Compare dist/ with {}", layout.shown(&twin.dist()))));
    }
    step("Both builds are the same, byte by byte");
    // It holds a target folder of its own.
    fs::remove_dir_all(&root).or_fail(format!("cannot remove {}", root.display()))
}

/// What Git knows or would take up, as it is now.
fn copy_sources(layout: &Layout, to: &Path) -> Outcome {
    let listed = ask(std::process::Command::new("git").current_dir(&layout.root).args([
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
    ]))?;
    if !listed.ok {
        return Err(Failure::new("this folder is no Git repository, so there is no list of its sources")
            .remedy("Run the check in a clone"));
    }
    for name in listed.stdout.split('\0').filter(|name| !name.is_empty()) {
        let from = layout.root.join(name);
        // Deleted, but not yet in a commit.
        if from.is_file() {
            copy_file(&from, &to.join(name))?;
        }
    }
    Ok(())
}

fn contents(folder: &Path) -> Outcome<BTreeMap<String, Vec<u8>>> {
    let read = |name: String| {
        let bytes = fs::read(folder.join(&name)).or_fail(format!("cannot read {name}"))?;
        Ok((name, bytes))
    };
    names(folder)?.into_iter().map(read).collect()
}

/// The names of the files that are not the same in both, or only in one.
fn differing(one: &BTreeMap<String, Vec<u8>>, other: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let mut all: Vec<_> = one.keys().chain(other.keys().filter(|name| !one.contains_key(*name))).cloned().collect();
    all.retain(|name| one.get(name) != other.get(name));
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_byte_another_name_and_a_missing_file_are_differences() {
        let folder = |files: &[(&str, &str)]| {
            files.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect::<BTreeMap<_, _>>()
        };
        let one = folder(&[("a", "1"), ("b", "2"), ("c", "3")]);
        assert!(differing(&one, &one).is_empty());
        assert_eq!(differing(&one, &folder(&[("a", "1"), ("b", "x"), ("d", "3")])), ["b", "c", "d"]);
    }
}
