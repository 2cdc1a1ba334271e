//! `dist`: the folder `release/`, which is all that somebody needs who hosts the console.
//!
//! | in it | what |
//! | --- | --- |
//! | `site/` | the files of the console, for the web server: the same as `dist/` |
//! | `hosting/` | files for web servers and hosts, with what they have to name of this build |
//! | `integrity.json` | name, digest and size of every file in `site/` that nobody edits |
//! | `sbom.cdx.json` | what the program was compiled from (CycloneDX) |
//! | `README.md`, `docs/`, `LICENSE-*` | how to configure, host and embed it, what it protects, on which terms |
//!
//! The lists are beside `site/` and not in it: a list that comes from where the files come from proves nothing, and which
//! versions went into a program is nobody's business but its owner's.

mod archive;
mod hosts;
mod integrity;
mod sbom;
mod twin;

use std::fs;
use std::path::{Path, PathBuf};

use crate::command::step;
use crate::console;
use crate::failure::{Failure, OrFail, Outcome};
use crate::files::{copy_file, copy_folder, files, names};
use crate::layout::Layout;

use twin::same_bytes_elsewhere;

/// What goes into the release as it is, besides the texts in `docs/`.
const COPIED: [&str; 3] = ["LICENSE-MIT", "LICENSE-APACHE", "README.md"];

/// Builds the console and gathers the release; `check` proves that another folder gives the same bytes, `pack` makes an archive.
pub(crate) fn make(layout: &Layout, check: bool, pack: bool) -> Outcome {
    console::build(layout)?;
    refuse_machine_paths(layout)?;
    let release = gather(layout)?;
    if check {
        same_bytes_elsewhere(layout)?;
    }
    if pack {
        step("Packing the release into archive/");
        let (path, checksum) = archive::pack(layout, &release, &console::source(layout)?)?;
        println!("{} (SHA-256 below, and in a file beside it)\n{}", layout.shown(&path), checksum.trim_end());
    }
    Ok(())
}

/// A folder of this machine in a file would be another one elsewhere, and tells strangers who built it and where.
fn refuse_machine_paths(layout: &Layout) -> Outcome {
    let home = std::env::home_dir().filter(|home| home.components().count() > 1);
    let folders = [Some(layout.root.clone()), Some(layout.target.clone()), home];
    for path in files(&layout.dist())? {
        let bytes = fs::read(&path).or_fail(format!("cannot read {}", path.display()))?;
        for folder in folders.iter().flatten() {
            let name = format!("{}/", folder.display());
            if bytes.windows(name.len()).any(|window| window == name.as_bytes()) {
                return Err(Failure::new(format!("{} holds the name of the folder {name}", layout.shown(&path)))
                    .remedy(
                        "Build in folders without spaces in their names, which the compiler can be told to leave out",
                    ));
            }
        }
    }
    Ok(())
}

/// Makes `release/` from what is in `dist/`, and says where it is.
pub(crate) fn gather(layout: &Layout) -> Outcome<PathBuf> {
    step("Gathering the release in release/");
    let release = layout.release();
    let fresh = layout.root.join("target/fresh-release");
    let _ = fs::remove_dir_all(&fresh);
    let site = fresh.join("site");
    copy_folder(&layout.dist(), &site)?;
    copy_folder(&layout.root.join("hosting"), &fresh.join("hosting"))?;
    let docs = layout.root.join("docs");
    for name in names(&docs)?.iter().filter(|name| name.ends_with(".md")) {
        copy_file(&docs.join(name), &fresh.join("docs").join(name))?;
    }
    hosts::name_hashed_files(&fresh.join("hosting"), &site)?;
    for name in COPIED {
        copy_file(&layout.root.join(name), &fresh.join(name))?;
    }
    write(&fresh.join("integrity.json"), &integrity::list(&site)?)?;
    write(&fresh.join("sbom.cdx.json"), &sbom::document(layout)?)?;
    // Only a whole release takes the place of the one before.
    let _ = fs::remove_dir_all(&release);
    fs::rename(&fresh, &release).or_fail("cannot move the finished release to release/")?;
    Ok(release)
}

fn write(path: &Path, text: &str) -> Outcome {
    fs::write(path, text).or_fail(format!("cannot write {}", path.display()))
}
