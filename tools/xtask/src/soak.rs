//! `soak`: a scripted operator works against random faults, and what the console shows is compared with what the server has. Playwright
//! runs it on the release build, in `tests/end2end/soak`.

use std::time::{SystemTime, UNIX_EPOCH};

use crate::command::{run, step};
use crate::failure::{Failure, Outcome};
use crate::layout::Layout;
use crate::sandbox;
use crate::toolchain::{browser, node};

/// How long, from which seed, and for a replay how many steps.
#[derive(Debug, Clone, Copy, clap::Args)]
pub(crate) struct Options {
    /// How long it runs
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..))]
    minutes: u32,
    /// Decides everything that is done and that goes wrong; another one each time by default
    #[arg(long)]
    seed: Option<u32>,
    /// Replay this many steps from the seed that a difference names, instead of running for some minutes
    #[arg(long, requires = "seed", conflicts_with = "minutes", value_parser = clap::value_parser!(u32).range(1..))]
    steps: Option<u32>,
    /// Use the build that is in dist/ already
    #[arg(long)]
    pub(crate) no_build: bool,
}

/// Runs it on the build that is in `dist/`.
pub(crate) fn work(layout: &Layout, options: Options) -> Outcome {
    if !layout.dist().join("index.html").is_file() {
        return Err(Failure::new("there is no build in dist/").remedy("Leave out --no-build"));
    }
    let browser = browser::ready()?;
    let node = node::ready(layout)?;
    let sandbox = sandbox::build(layout)?;
    let seed = options.seed.unwrap_or_else(seed_of_now);
    step(words(options, seed));
    let mut playwright = node.playwright();
    playwright
        .current_dir(layout.end2end())
        .args(["test", "--config", "soak/playwright.config.ts"])
        .env("CHROME", &browser.chrome)
        .env("RUNBOARD_SANDBOX", sandbox)
        .env("RUNBOARD_DIST", layout.dist())
        .env("RUNBOARD_SOAK_MINUTES", options.minutes.to_string())
        .env("RUNBOARD_SOAK_SEED", seed.to_string())
        .env("RUNBOARD_SOAK_STEPS", options.steps.unwrap_or_default().to_string());
    run(&mut playwright, "the soak")
}

fn words(options: Options, seed: u32) -> String {
    match options.steps {
        Some(steps) => format!("Replaying {steps} steps of the operator from seed {seed}"),
        None => {
            format!("Working as an operator against random faults for {} minutes from seed {seed}", options.minutes)
        }
    }
}

fn seed_of_now() -> u32 {
    let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    // Short enough to be typed again.
    u32::try_from(since_epoch.as_secs() % 1_000_000).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    #[derive(Debug, Parser)]
    struct Line {
        #[command(flatten)]
        options: Options,
    }

    fn parse(line: &str) -> Result<Options, String> {
        let words = ["soak"].into_iter().chain(line.split_whitespace());
        Line::try_parse_from(words).map(|line| line.options).map_err(|error| error.to_string())
    }

    #[test]
    fn a_replay_names_its_seed_and_its_steps() {
        let options = parse("--seed 7 --steps 23").unwrap();
        assert_eq!(words(options, 7), "Replaying 23 steps of the operator from seed 7");
        assert!(parse("--steps 23").unwrap_err().contains("--seed"));
        assert!(parse("--seed 7 --steps 0").is_err());
    }

    #[test]
    fn without_steps_it_runs_for_minutes() {
        let options = parse("--minutes 30 --seed 4").unwrap();
        assert_eq!(words(options, 4), "Working as an operator against random faults for 30 minutes from seed 4");
        assert_eq!(parse("").unwrap().minutes, 10);
        assert!(parse("--minutes 0").is_err());
    }
}
