//! The stand-in for the runs API: built, started, stopped with the command that started it.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use crate::command::{run, timed};
use crate::failure::{Failure, OrFail, Outcome};
use crate::layout::Layout;
use crate::toolchain::rust;

/// What the sandbox prints before its address once it answers.
const READY: &str = "listening on ";
/// It opens a small database and seeds it; more than this means that it hangs.
const START: Duration = Duration::from_secs(30);

/// Builds the sandbox and says where its program is.
pub(crate) fn build(layout: &Layout) -> Outcome<PathBuf> {
    let mut cargo = rust::cargo(layout);
    cargo.args(["build", "--locked", "--quiet", "--profile", "tools", "--package", "runboard-sandbox"]);
    timed("Building the sandbox (a minute or two the first time)", || run(&mut cargo, "building the sandbox"))?;
    Ok(layout.target.join("tools").join(format!("runboard-sandbox{}", std::env::consts::EXE_SUFFIX)))
}

/// A sandbox that answers. It is stopped when this is dropped.
#[derive(Debug)]
pub(crate) struct Sandbox {
    child: Child,
    /// Where it answers: scheme, host and port.
    pub(crate) address: String,
}

/// A page that embeds the console, and the port it is served on.
#[derive(Debug)]
pub(crate) struct HostPage {
    pub(crate) folder: PathBuf,
    pub(crate) port: u16,
}

/// Starts a sandbox on a port of this machine, with runs that are kept in `database` and the console from `dist`.
pub(crate) fn start(
    program: &Path,
    port: u16,
    database: &Path,
    dist: &Path,
    host_page: Option<&HostPage>,
) -> Outcome<Sandbox> {
    let mut command = Command::new(program);
    command.arg("--quiet").args(["--port", &port.to_string(), "--seed-runs", "250", "--db"]).arg(database);
    command.arg("--static").arg(dist);
    if let Some(HostPage { folder, port }) = host_page {
        command.arg("--host-page").arg(folder).args(["--host-page-port", &port.to_string()]);
    }
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().or_fail("cannot start the sandbox")?;
    let (ready, answers) = mpsc::channel();
    if let Some(stdout) = child.stdout.take() {
        thread::spawn(move || {
            for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                match line.split_once(READY) {
                    Some((_, address)) => drop(ready.send(address.trim().to_owned())),
                    None => println!("{line}"),
                }
            }
        });
    }
    let mut sandbox = Sandbox { child, address: String::new() };
    sandbox.address = answers.recv_timeout(START).map_err(|_| {
        Failure::new("the sandbox did not start")
            .remedy(format!("If its data is damaged, remove {}", database.display()))
    })?;
    Ok(sandbox)
}

impl Sandbox {
    /// Whether it ended by itself.
    pub(crate) fn has_ended(&mut self) -> bool {
        !matches!(self.child.try_wait(), Ok(None))
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
