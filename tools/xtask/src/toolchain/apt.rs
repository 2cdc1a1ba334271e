//! Installing with apt, where this is Debian and the person is root.

use std::path::Path;
use std::process::Command;

use crate::command::{ask, on_path, run, timed};
use crate::failure::Outcome;

/// Whether packages can be installed without asking anybody.
pub(crate) fn is_possible() -> bool {
    let root = || ask(Command::new("id").arg("-u")).is_ok_and(|answer| answer.stdout.trim() == "0");
    Path::new("/etc/debian_version").exists() && on_path("apt-get").is_some() && root()
}

/// Installs packages without what they only recommend. `what` names them in a sentence, `otherwise` is the other way out.
pub(crate) fn install(packages: &[&str], what: &str, otherwise: &str) -> Outcome {
    let apt = |arguments: &[&str]| {
        let mut command = Command::new("apt-get");
        // As in single-user mode: no web server begins to listen because its package was installed.
        command.env("DEBIAN_FRONTEND", "noninteractive").env("RUNLEVEL", "1").args(["-qq", "-y"]).args(arguments);
        run(&mut command, &format!("installing {what}"))
            .map_err(|failure| failure.remedy(format!("Check the network connection, or {otherwise}")))
    };
    timed(format!("Installing {what} with apt"), || {
        apt(&["update"])?;
        apt(&[&["install", "--no-install-recommends"], packages].concat())
    })
}
