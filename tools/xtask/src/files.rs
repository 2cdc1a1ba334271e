//! Listing and copying files.

use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::{OrFail, Outcome};

/// All files of a folder and the folders in it, by name.
pub(crate) fn files(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).or_fail(format!("cannot list {}", folder.display()))? {
        let path = entry.or_fail(format!("cannot list {}", folder.display()))?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// The names of the files in a folder, with slashes.
pub(crate) fn names(folder: &Path) -> Outcome<Vec<String>> {
    let name = |path: PathBuf| path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().replace('\\', "/");
    Ok(files(folder)?.into_iter().map(name).collect())
}

/// Copies a folder with all that is in it.
pub(crate) fn copy_folder(from: &Path, to: &Path) -> Outcome {
    for path in files(from)? {
        copy_file(&path, &to.join(path.strip_prefix(from).unwrap_or(&path)))?;
    }
    Ok(())
}

/// Copies a file, and creates the folder it goes to.
pub(crate) fn copy_file(from: &Path, to: &Path) -> Outcome {
    let failed = format!("cannot copy {} to {}", from.display(), to.display());
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder).or_fail(&failed)?;
    }
    fs::copy(from, to).map(drop).or_fail(failed)
}
