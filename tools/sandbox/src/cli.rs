//! The flags, and what the program prints.

use std::io::Write;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use clap::Parser;

use crate::app::{API_BASE, CONTROL_BASE, ConsoleConfig, ConsoleOptions, Options};
use crate::time::Millis;

/// The database's name in the data folder.
const DATABASE: &str = "runboard-sandbox.db";

/// A local stand-in for the runs API. It is not the vendor's service and sends nothing to anybody.
#[derive(Clone, Debug, Parser)]
#[command(name = "runboard-sandbox", version)]
pub struct Cli {
    /// Port to listen on; 0 for any free one
    #[arg(long, default_value_t = 8787)]
    pub port: u16,

    /// Address to listen on
    #[arg(long, default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    pub host: IpAddr,

    /// Allow an address that other machines can reach; they can then read and change everything in the sandbox
    #[arg(long)]
    pub allow_remote: bool,

    /// Folder for the database and the key pair
    #[arg(long, value_name = "DIR", default_value = ".runboard-sandbox")]
    pub data_dir: PathBuf,

    /// Database file, instead of runboard-sandbox.db in the data folder; ":memory:" keeps nothing
    #[arg(long, value_name = "PATH")]
    pub db: Option<PathBuf>,

    /// PEM file of the RSA key that signs tokens, made when missing [default: the database's path plus .key.pem]
    #[arg(long, value_name = "PATH")]
    pub key: Option<PathBuf>,

    /// Number that decides ids, audiences and seeded runs
    #[arg(long, default_value_t = 1)]
    pub seed: u64,

    /// Runs to fill an empty database with
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub seed_runs: u64,

    /// Time to start at, as RFC 3339, instead of this machine's
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub clock: Option<Millis>,

    /// Do not answer other origins (no CORS headers)
    #[arg(long)]
    pub no_cors: bool,

    /// Folder with the built console, to serve it on the same origin
    #[arg(long = "static", value_name = "DIR")]
    pub static_dir: Option<PathBuf>,

    /// Path to serve the console under
    #[arg(long, value_name = "PATH", default_value = "/", value_parser = mount)]
    pub mount: String,

    /// What config.json answers: JSON, a file with JSON, or "none" for the one in the folder [default: one for this sandbox]
    #[arg(long, value_name = "JSON|FILE|none", value_parser = console_config)]
    pub console_config: Option<ConsoleConfig>,

    /// Origin that may embed the console (adds to frame-ancestors); may be repeated
    #[arg(long, value_name = "SOURCE", value_parser = source)]
    pub frame_ancestors: Vec<String>,

    /// Origin that the console may connect to (adds to connect-src); may be repeated
    #[arg(long, value_name = "SOURCE", value_parser = source)]
    pub connect_src: Vec<String>,

    /// Print only the line "listening on ..."
    #[arg(long)]
    pub quiet: bool,
}

impl Cli {
    /// The options these flags mean.
    ///
    /// # Errors
    /// A sentence when a flag contradicts another.
    pub fn options(&self) -> Result<Options, String> {
        if !self.host.is_loopback() && !self.allow_remote {
            return Err(format!(
                "{} can be reached by other machines, and the sandbox protects nothing: use 127.0.0.1, or add --allow-remote",
                self.host
            ));
        }
        let database = match &self.db {
            Some(path) if path.as_os_str() == ":memory:" => None,
            Some(path) => Some(path.clone()),
            None => Some(self.data_dir.join(DATABASE)),
        };
        let beside = |path: &PathBuf| {
            let mut key = path.clone().into_os_string();
            key.push(".key.pem");
            PathBuf::from(key)
        };
        Ok(Options {
            address: SocketAddr::new(self.host, self.port),
            allow_remote: self.allow_remote,
            key: self.key.clone().or_else(|| database.as_ref().map(beside)),
            database,
            seed: self.seed,
            seed_runs: self.seed_runs,
            clock: self.clock,
            cors: !self.no_cors,
            console: self.static_dir.as_ref().map(|folder| ConsoleOptions {
                folder: folder.clone(),
                mount: self.mount.clone(),
                config: self.console_config.clone().unwrap_or(ConsoleConfig::Generated),
                frame_ancestors: self.frame_ancestors.clone(),
                connect_src: self.connect_src.clone(),
            }),
        })
    }
}

/// Says what this is and where, then the one line that programs wait for.
///
/// # Errors
/// When standard output is closed.
pub fn announce(
    out: &mut impl Write,
    options: &Options,
    address: SocketAddr,
    runs: u64,
    quiet: bool,
) -> std::io::Result<()> {
    let origin = format!("http://{address}");
    if !quiet {
        writeln!(
            out,
            "Runboard sandbox: a local stand-in for the runs API. It is not the vendor's service; nothing is sent to anybody."
        )?;
        writeln!(out, "  API base   {origin}{API_BASE}")?;
        writeln!(out, "  token      POST {origin}{CONTROL_BASE}/token")?;
        if let Some(console) = &options.console {
            writeln!(out, "  console    {origin}{} (from {})", console.mount, console.folder.display())?;
        }
        match &options.database {
            Some(path) => writeln!(out, "  data       {} ({runs} runs)", path.display())?,
            None => writeln!(out, "  data       in memory, gone when it stops ({runs} runs)")?,
        }
    }
    writeln!(out, "listening on {origin}")?;
    out.flush()
}

fn time(text: &str) -> Result<Millis, String> {
    Millis::parse(text).ok_or_else(|| "expected RFC 3339, for example 2022-05-03T10:51:03.993Z".to_owned())
}

/// Begins and ends with a slash and holds only plain segments, so that it can be compared with a request's path as sent.
fn mount(text: &str) -> Result<String, String> {
    let inner = text.trim_matches('/');
    let plain = |segment: &str| {
        !segment.is_empty()
            && segment != "."
            && segment != ".."
            && segment.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte))
    };
    if inner.is_empty() {
        return Ok("/".to_owned());
    }
    if !inner.split('/').all(plain) {
        return Err("expected a path of letters, digits, '-', '.', '_' and '~', for example /a/b/".to_owned());
    }
    let first = format!("/{}", inner.split('/').next().unwrap_or(inner));
    if first == API_BASE || first == CONTROL_BASE {
        return Err(format!("{first} is taken by the sandbox itself"));
    }
    Ok(format!("/{inner}/"))
}

/// A policy's source ends at a space, a comma or a semicolon; one with such a character would be another policy.
fn source(text: &str) -> Result<String, String> {
    let fine = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b';' && byte != b',');
    if fine {
        Ok(text.to_owned())
    } else {
        Err("expected one origin or keyword, for example https://portal.example".to_owned())
    }
}

fn console_config(text: &str) -> Result<ConsoleConfig, String> {
    if text == "none" {
        return Ok(ConsoleConfig::File);
    }
    let json = if text.trim_start().starts_with('{') {
        text.to_owned()
    } else {
        std::fs::read_to_string(text).map_err(|error| format!("cannot read {text}: {error}"))?
    };
    match serde_json::from_str::<serde_json::Value>(&json) {
        Ok(serde_json::Value::Object(_)) => Ok(ConsoleConfig::Given(json)),
        Ok(_) => Err("expected a JSON object".to_owned()),
        Err(error) => Err(format!("expected JSON: {error}")),
    }
}
