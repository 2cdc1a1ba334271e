//! Where things are: the checkout, what is built in it, and the cache of tools outside it.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::{Failure, OrFail, Outcome};

/// The folders and files the commands work with.
#[derive(Debug, Clone)]
pub(crate) struct Layout {
    /// The checkout.
    pub(crate) root: PathBuf,
    /// Cargo's target folder, `CARGO_TARGET_DIR` respected.
    pub(crate) target: PathBuf,
    /// The installed tools, one folder for each version; shared by all checkouts of this person.
    pub(crate) tools: PathBuf,
}

impl Layout {
    /// Finds the checkout from the current folder upwards, as Cargo does.
    pub(crate) fn find() -> Outcome<Self> {
        let here = env::current_dir().or_fail("cannot tell the current folder")?;
        let root = here
            .ancestors()
            .find(|folder| folder.join("tools/xtask/Cargo.toml").is_file() && folder.join("Cargo.lock").is_file())
            .ok_or_else(|| Failure::new("this folder is not in a checkout of the project").remedy("Run it in one"))?
            .to_path_buf();
        let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |dir| root.join(dir));
        Ok(Self { target, tools: tool_cache()?, root })
    }

    /// The release build of the console, ready to be hosted.
    pub(crate) fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// All that somebody needs who hosts the console.
    pub(crate) fn release(&self) -> PathBuf {
        self.root.join("release")
    }

    /// The Playwright package, which also pins `wasm-opt`.
    pub(crate) fn end2end(&self) -> PathBuf {
        self.root.join("tests/end2end")
    }

    /// The joined style sheet. `index.html` names it, so it does not follow `CARGO_TARGET_DIR`.
    pub(crate) fn joined_styles(&self) -> PathBuf {
        self.root.join("target/style/runboard.css")
    }

    /// What the commands keep between runs: the sandbox's data, generated settings.
    pub(crate) fn state(&self) -> Outcome<PathBuf> {
        let folder = self.target.join("xtask");
        fs::create_dir_all(&folder).or_fail(format!("cannot create {}", folder.display()))?;
        Ok(folder)
    }

    /// A path as a person in the checkout would write it.
    pub(crate) fn shown<'p>(&self, path: &'p Path) -> std::path::Display<'p> {
        path.strip_prefix(&self.root).unwrap_or(path).display()
    }
}

/// `RUNBOARD_TOOLS`, else `runboard-tools` in the platform's cache folder.
fn tool_cache() -> Outcome<PathBuf> {
    let set = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    if let Some(chosen) = set("RUNBOARD_TOOLS") {
        return Ok(chosen);
    }
    let caches = if cfg!(windows) {
        set("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        set("HOME").map(|home| home.join("Library/Caches"))
    } else {
        set("XDG_CACHE_HOME").or_else(|| set("HOME").map(|home| home.join(".cache")))
    };
    caches
        .map(|folder| folder.join("runboard-tools"))
        .ok_or_else(|| Failure::new("no cache folder is known").remedy("Set RUNBOARD_TOOLS to a folder for tools"))
}
