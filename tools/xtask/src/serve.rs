//! `start` and `dev`: the console on this machine, with the sandbox behind it, until Ctrl-C.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use crate::command::step;
use crate::console;
use crate::failure::{Failure, OrFail, Outcome};
use crate::layout::Layout;
use crate::parallel;
use crate::port;
use crate::sandbox::{self, HostPage};
use crate::toolchain::{rust, trunk};

/// Where the proxies in Trunk.toml expect the sandbox.
const DEV_SANDBOX: u16 = 8081;

/// The example of a page that embeds the console; docs/embedding.md shows its files.
const HOST_PAGE: &str = "hosting/embed";

/// Builds the console for release and serves it with the sandbox; with `embed`, also a page that embeds it.
pub(crate) fn start(layout: &Layout, port: u16, embed: bool) -> Outcome {
    port::free(port, Some("--port"))?;
    let host_page = embed.then(|| HostPage { folder: layout.root.join(HOST_PAGE), port: port.wrapping_add(1) });
    if let Some(HostPage { port, .. }) = host_page {
        port::free(port, Some("--port"))?;
    }
    let (program, ()) = parallel::both(|| sandbox::build(layout), || console::build(layout))?;
    let data = data(layout, "start.db")?;
    step(format!("Serving dist/ with the sandbox; its runs are kept in {}", layout.shown(&data)));
    let stop = on_interrupt()?;
    let mut sandbox = sandbox::start(&program, port, &data, &layout.dist(), host_page.as_ref())?;
    match host_page {
        None => println!("Runboard is at {}/ (Ctrl-C stops it)", sandbox.address),
        Some(HostPage { port, .. }) => {
            println!("The host page is at http://localhost:{port}/ (Ctrl-C stops it)");
            println!("Its files are in {HOST_PAGE}/; it embeds the console at {}/", sandbox.address);
        }
    }
    while !stop.load(Ordering::Relaxed) {
        if sandbox.has_ended() {
            return Err(Failure::new("the sandbox ended by itself"));
        }
        pause();
    }
    Ok(())
}

/// Serves a debug build that follows the sources, and hands the API's paths on to the sandbox.
pub(crate) fn dev(layout: &Layout, port: u16) -> Outcome {
    port::free(port, Some("--port"))?;
    port::free(DEV_SANDBOX, None)?;
    let mut trunk = trunk::ready(layout)?;
    rust::fetch(layout)?;
    let program = sandbox::build(layout)?;
    let data = data(layout, "dev.db")?;
    // Its own folder, so that the release build in dist/ stays as it is.
    let dist = layout.root.join("target/dev");
    fs::create_dir_all(&dist).or_fail(format!("cannot create {}", dist.display()))?;
    let stop = on_interrupt()?;
    // Trunk serves the files; the sandbox is told of them because only then it answers config.json.
    let mut sandbox = sandbox::start(&program, DEV_SANDBOX, &data, &dist, None)?;
    step(format!("The sandbox is at {}; its runs are kept in {}", sandbox.address, layout.shown(&data)));

    let dist = layout.root.join("target/dev");
    fs::create_dir_all(&dist).or_fail(format!("cannot create {}", dist.display()))?;
    step(format!(
        "Building; then the console is at http://127.0.0.1:{port}/ and follows the sources (Ctrl-C stops it)"
    ));
    trunk.args(["serve", "--address", "127.0.0.1", "--port", &port.to_string(), "--dist"]);
    let mut trunk = trunk.arg(&dist).stdin(Stdio::null()).spawn().or_fail("cannot start Trunk")?;
    let ended = loop {
        if stop.load(Ordering::Relaxed) {
            break Ok(());
        }
        if sandbox.has_ended() {
            break Err(Failure::new("the sandbox ended by itself"));
        }
        if !matches!(trunk.try_wait(), Ok(None)) {
            break Err(Failure::new("Trunk ended by itself"));
        }
        pause();
    };
    let _ = trunk.kill();
    let _ = trunk.wait();
    ended
}

/// A database under `target/`: a person's runs are there again at the next start.
fn data(layout: &Layout, name: &str) -> Outcome<PathBuf> {
    let folder: &Path = &layout.state()?.join("data");
    fs::create_dir_all(folder).or_fail(format!("cannot create {}", folder.display()))?;
    Ok(folder.join(name))
}

/// Becomes true on Ctrl-C or a request to end, so that children are stopped before this program ends.
fn on_interrupt() -> Outcome<Arc<AtomicBool>> {
    let stop = Arc::new(AtomicBool::new(false));
    let seen = Arc::clone(&stop);
    ctrlc::set_handler(move || seen.store(true, Ordering::Relaxed)).or_fail("cannot listen for Ctrl-C")?;
    Ok(stop)
}

fn pause() {
    thread::sleep(Duration::from_millis(100));
}
