//! Builds the console for release into `dist/`.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::command::{ask, step, timed};
use crate::failure::{Failure, OrFail, Outcome};
use crate::finish::{Source, finish};
use crate::layout::Layout;
use crate::parallel;
use crate::program;
use crate::site;
use crate::stamp::Stamp;
use crate::toolchain::node::{self, Node};
use crate::toolchain::{bindgen, rust};

/// What a release build is made with besides the compiler.
#[derive(Debug)]
pub(crate) struct Tools<'a> {
    /// The checkout whose bundler is used.
    layout: &'a Layout,
    /// Runs what makes the files smaller; they stay larger without it.
    node: Option<Node>,
}

/// Sets up the tools.
pub(crate) fn tools(layout: &Layout) -> Outcome<Tools<'_>> {
    tools_with(layout, node::ready(layout))
}

/// Without Node.js it says what that costs.
fn tools_with(layout: &Layout, node: Outcome<Node>) -> Outcome<Tools<'_>> {
    if let Err(lack) = &node {
        step(format!("Leaving wasm-opt and terser out, so what is sent stays about a quarter larger: {lack}"));
    }
    rust::fetch(layout)?;
    Ok(Tools { layout, node: node.ok() })
}

/// Builds what is in the checkout, unless that was built last and is still there.
pub(crate) fn build(layout: &Layout) -> Outcome {
    let source = source(layout)?;
    let node = node::ready(layout);
    let stamp = Stamp::of(layout, node.as_ref().ok(), &source)?;
    if stamp.is_built(layout) {
        step("Nothing has changed since dist/ was built");
        return Ok(());
    }
    build_from(layout, &tools_with(layout, node)?, &source)?;
    stamp.note(layout)
}

/// Builds what `source` names, with tools that may be another checkout's.
pub(crate) fn build_from(layout: &Layout, tools: &Tools<'_>, source: &Source) -> Outcome {
    let words = "Compiling the console for release (2 minutes on two cores the first time)";
    // Beside each other: the compiler ends with a minute on one processor.
    let (bundler, linked) =
        parallel::both(|| bindgen::bundler(tools.layout), || timed(words, || program::compile(layout)))?;
    let fresh = layout.target.join("fresh-dist");
    timed("Bundling the program", || {
        let bundle = program::bundle(layout, &bundler, &linked)?;
        site::assemble(layout, program::NAME, &bundle, &fresh)
    })?;
    finish(&fresh, tools.node.as_ref(), source)?;
    // Only a finished build becomes dist/: a failure on the way leaves the old one whole.
    let dist = layout.dist();
    let _ = fs::remove_dir_all(&dist);
    fs::rename(&fresh, &dist).or_fail("cannot move the finished build to dist/")
}

/// What is built: the version, and the commit if this is a Git repository.
pub(crate) fn source(layout: &Layout) -> Outcome<Source> {
    let manifest = fs::read_to_string(layout.root.join("Cargo.toml")).or_fail("cannot read Cargo.toml")?;
    let version = manifest
        .lines()
        .find_map(|line| line.strip_prefix("version = \"")?.strip_suffix('"'))
        .ok_or_else(|| Failure::new("Cargo.toml does not say the version"))?;
    Ok(Source { version: version.to_owned(), commit: commit(layout) })
}

fn commit(layout: &Layout) -> Option<String> {
    let git = |arguments: &[&str]| {
        let answer = ask(Command::new("git").current_dir(&layout.root).args(arguments)).ok()?;
        answer.ok.then(|| answer.stdout.trim().to_owned())
    };
    // A checkout that lies in somebody else's repository is not at that one's commit.
    let top = PathBuf::from(git(&["rev-parse", "--show-toplevel"])?);
    if fs::canonicalize(top).ok()? != fs::canonicalize(&layout.root).ok()? {
        return None;
    }
    let commit = git(&["rev-parse", "HEAD"])?;
    let changed = git(&["status", "--porcelain"]).is_none_or(|changes| !changes.is_empty());
    Some(if changed { format!("{commit}-modified") } else { commit })
}
