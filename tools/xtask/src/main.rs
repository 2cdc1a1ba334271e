//! The project's commands: `cargo xtask <command>`.
//!
//! Each sets up what it needs, says in one line what it does, and ends with one line and exit code 1 when something
//! is missing. Nothing is installed into the checkout except Node.js packages; tools go into a cache folder of their
//! own (`RUNBOARD_TOOLS`, by default `runboard-tools` in the platform's cache folder).

mod bench;
mod check;
mod command;
mod console;
mod dist;
mod failure;
mod files;
mod finish;
mod html;
mod layout;
mod parallel;
mod port;
mod program;
mod sandbox;
mod serve;
mod site;
mod size;
mod soak;
mod stamp;
mod styles;
mod table;
mod toolchain;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use check::Part;
use failure::Outcome;
use layout::Layout;
use toolchain::rust;

/// The project's commands
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Build the console and serve it with the sandbox; needs only Rust
    Start {
        /// Port on this machine
        #[arg(long, default_value_t = 8080)]
        port: u16,
        /// Also serve a page that embeds the console (hosting/embed), on the next port
        #[arg(long)]
        embed: bool,
    },
    /// Serve a debug build that follows the sources, with the sandbox
    Dev {
        /// Port on this machine
        #[arg(long, default_value_t = 8080)]
        port: u16,
    },
    /// Build the console for release into dist/
    Build,
    /// Build, and gather in release/ all that hosting needs: site, host files, integrity list, bill of materials
    Dist {
        /// Build a second time in another folder and fail if a byte differs
        #[arg(long)]
        check: bool,
        /// Also pack it into one reproducible .tar.gz in archive/, and print its checksum
        #[arg(long)]
        archive: bool,
    },
    /// Run every check; the last line is "N passed, N failed"
    Test {
        /// Run only this part
        #[arg(long)]
        only: Option<Part>,
        /// Arguments for the part's own runner
        #[arg(last = true, requires = "only")]
        arguments: Vec<String>,
    },
    /// Measure
    Bench {
        #[command(subcommand)]
        what: Measure,
        /// Measure the build that is in dist/ already
        #[arg(long, global = true)]
        no_build: bool,
    },
    /// Work as an operator against random faults, and compare what the console shows with what the server has
    Soak(soak::Options),
    /// Join the style sheets (Trunk calls this)
    #[command(hide = true)]
    Styles,
}

#[derive(Debug, Subcommand)]
enum Measure {
    /// What the first visit transfers, file by file, against the budget
    Size,
    /// The request graph of a cold start on a slow link; fails when a request waits for what it does not need
    Boot,
    /// What a step of the timeline costs with 1,000, 10,000 and 100,000 runs, against a bare page
    Timeline,
    /// What the list costs with 1,000, 10,000 and 100,000 runs, in a browser with a sandbox
    List,
    /// How long a new tab takes to show the list beside one that knows it, and what each keeps in memory
    Tabs,
}

impl Task {
    /// What of the Rust toolchain it needs. The checks know it themselves, by part; the style sheets need nothing.
    const fn toolchain(&self) -> &'static [rust::Part] {
        match self {
            Self::Bench { no_build: true, .. }
            | Self::Soak(soak::Options { no_build: true, .. })
            | Self::Test { .. }
            | Self::Styles => &[],
            Self::Start { .. }
            | Self::Dev { .. }
            | Self::Build
            | Self::Dist { .. }
            | Self::Bench { .. }
            | Self::Soak(_) => &[rust::Part::WasmTarget],
        }
    }
}

fn main() -> ExitCode {
    match perform(Arguments::parse().task) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::FAILURE
        }
    }
}

/// False when a check failed and has said so itself.
fn perform(task: Task) -> Outcome<bool> {
    let layout = Layout::find()?;
    rust::install_missing(&layout, task.toolchain())?;
    match task {
        Task::Start { port, embed } => serve::start(&layout, port, embed)?,
        Task::Dev { port } => serve::dev(&layout, port)?,
        Task::Build => console::build(&layout)?,
        Task::Dist { check, archive } => dist::make(&layout, check, archive)?,
        Task::Test { only, arguments } => return Ok(check::run(&layout, only, &arguments)),
        Task::Bench { what, no_build } => {
            if !no_build {
                console::build(&layout)?;
            }
            match what {
                Measure::Size => size::report(&layout.dist())?,
                Measure::Boot => bench::boot(&layout)?,
                Measure::Timeline => bench::timeline(&layout)?,
                Measure::List => bench::list(&layout)?,
                Measure::Tabs => bench::tabs(&layout)?,
            }
        }
        Task::Soak(options) => {
            if !options.no_build {
                console::build(&layout)?;
            }
            soak::work(&layout, options)?;
        }
        Task::Styles => styles::join(&layout)?,
    }
    Ok(true)
}
