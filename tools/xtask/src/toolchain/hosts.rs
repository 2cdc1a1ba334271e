//! The web servers that the hosting journeys run on: the machine's own, never a download.

use std::path::{Path, PathBuf};

use super::apt;
use crate::command::on_path;
use crate::failure::{Failure, Outcome};

/// The servers: program, Debian package, and the variable that the journeys read.
const SERVERS: [(&str, &str, &str); 3] = [
    ("nginx", "nginx", "RUNBOARD_NGINX"),
    ("caddy", "caddy", "RUNBOARD_CADDY"),
    ("apache2", "apache2", "RUNBOARD_APACHE2"),
];

/// Finds all servers on PATH; on Debian, as root, installs what is missing. Each with the variable that tells the journeys.
pub(crate) fn ready() -> Outcome<Vec<(&'static str, PathBuf)>> {
    let lacking = || SERVERS.into_iter().filter(|(program, ..)| find(program).is_none());
    let packages: Vec<_> = lacking().map(|(_, package, _)| package).collect();
    if !packages.is_empty() && apt::is_possible() {
        let words = packages.join(", ");
        apt::install(&packages, &words, &format!("install {words} yourself"))?;
    }
    let names: Vec<_> = lacking().map(|(program, ..)| program).collect();
    if !names.is_empty() {
        let words = names.join(", ");
        return Err(Failure::new(format!(
            "{words} not found, so the console was tried on the sandbox's own server only"
        ))
        .remedy(format!("Put {words} on PATH (Debian: apt-get install {})", packages.join(" "))));
    }
    Ok(SERVERS.into_iter().filter_map(|(program, _, variable)| Some((variable, find(program)?))).collect())
}

/// Debian keeps servers where only root's PATH leads.
fn find(program: &str) -> Option<PathBuf> {
    on_path(program).or_else(|| Some(Path::new("/usr/sbin").join(program)).filter(|path| path.is_file()))
}
