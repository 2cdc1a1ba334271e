//! The command line flags, and what the program prints at its start.

use std::io::Write;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use clap::Parser;
use serde_json::{Map, Value};

use crate::options::{API_BASE, CONTROL_BASE, ConsoleConfig, ConsoleOptions, HostPageOptions, Options};
use crate::server::Running;
use crate::timestamp::Timestamp;

/// The name of the database in the data folder.
const DATABASE: &str = "runboard-sandbox.db";

/// A local stand-in for the runs API. It is not the vendor's service and sends nothing to anyone.
#[derive(Clone, Debug, Parser)]
#[command(name = "runboard-sandbox", version)]
pub struct Cli {
    /// Port to listen on; 0 takes any free port
    #[arg(long, default_value_t = 8787)]
    port: u16,

    /// Address to listen on
    #[arg(long, default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    host: IpAddr,

    /// Allow an address that other machines can reach; they can then read and change everything in the sandbox
    #[arg(long)]
    allow_remote: bool,

    /// Folder for the database and the signing key
    #[arg(long, value_name = "DIR", default_value = ".runboard-sandbox")]
    data_dir: PathBuf,

    /// Database file, instead of runboard-sandbox.db in the data folder; ":memory:" stores nothing on disk
    #[arg(long, value_name = "PATH")]
    db: Option<PathBuf>,

    /// PEM file with the RSA key that signs tokens, created if missing [default: the database's path plus .key.pem]
    #[arg(long, value_name = "PATH")]
    key: Option<PathBuf>,

    /// Number that decides ids, audiences and sample runs
    #[arg(long, default_value_t = 1)]
    seed: u64,

    /// Number of sample runs to add to an empty database
    #[arg(long, value_name = "N", default_value_t = 0)]
    seed_runs: u64,

    /// Time to start at, in RFC 3339, instead of this machine's time
    #[arg(long, value_name = "TIME", value_parser = parse_time)]
    clock: Option<Timestamp>,

    /// Send no CORS headers and answer no preflights
    #[arg(long)]
    no_cors: bool,

    /// Folder with the built console, to serve it from the same origin
    #[arg(long = "static", value_name = "DIR")]
    static_dir: Option<PathBuf>,

    /// Path to serve the console under
    #[arg(long, value_name = "PATH", default_value = "/", value_parser = parse_mount)]
    mount: String,

    /// Contents of config.json: JSON, a file with JSON, or "none" for the file in the folder [default: a configuration
    /// for this sandbox]
    #[arg(long, value_name = "JSON|FILE|none", value_parser = parse_console_config)]
    console_config: Option<ConsoleConfig>,

    /// Origin that may embed the console, added to frame-ancestors; repeatable
    #[arg(long, value_name = "SOURCE", value_parser = parse_source)]
    frame_ancestors: Vec<String>,

    /// Origin that the console may connect to, added to connect-src; repeatable
    #[arg(long, value_name = "SOURCE", value_parser = parse_source)]
    connect_src: Vec<String>,

    /// Folder with a page that embeds the console, to serve it on a port of its own
    #[arg(long, value_name = "DIR", requires = "static_dir")]
    host_page: Option<PathBuf>,

    /// Port of the host page; 0 takes any free port
    #[arg(long, value_name = "PORT", default_value_t = 8788)]
    host_page_port: u16,

    /// Print only the line "listening on ..."
    #[arg(long)]
    pub quiet: bool,
}

impl Cli {
    /// The options that the flags stand for.
    ///
    /// # Errors
    /// A sentence when flags contradict each other.
    pub fn options(&self) -> Result<Options, String> {
        if !self.host.is_loopback() && !self.allow_remote {
            return Err(format!(
                "other machines can reach {}, and the sandbox has no protection: use 127.0.0.1, or add --allow-remote",
                self.host
            ));
        }
        let database = match &self.db {
            Some(path) if path.as_os_str() == ":memory:" => None,
            Some(path) => Some(path.clone()),
            None => Some(self.data_dir.join(DATABASE)),
        };
        let default_key = database.as_ref().map(|path| {
            let mut key = path.clone().into_os_string();
            key.push(".key.pem");
            PathBuf::from(key)
        });
        Ok(Options {
            address: SocketAddr::new(self.host, self.port),
            allow_remote: self.allow_remote,
            key: self.key.clone().or(default_key),
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
                host_page: self.host_page.as_ref().map(|folder| HostPageOptions {
                    folder: folder.clone(),
                    address: SocketAddr::new(self.host, self.host_page_port),
                }),
            }),
        })
    }
}

/// Prints what this is and where, and last the line that programs wait for.
///
/// # Errors
/// When standard output is closed.
pub fn announce(out: &mut impl Write, options: &Options, running: &Running, quiet: bool) -> std::io::Result<()> {
    let origin = format!("http://{}", running.address());
    if !quiet {
        let runs = running.run_count();
        writeln!(
            out,
            "Runboard sandbox: a local stand-in for the runs API. It is not the vendor's service and sends nothing to anyone."
        )?;
        writeln!(out, "  API base   {origin}{API_BASE}")?;
        writeln!(out, "  token      POST {origin}{CONTROL_BASE}/token")?;
        if let Some(console) = &options.console {
            writeln!(out, "  console    {origin}{} (from {})", console.mount, console.folder.display())?;
        }
        if let Some(origin) = running.host_page() {
            writeln!(out, "  host page  {origin}/")?;
        }
        match &options.database {
            Some(path) => writeln!(out, "  data       {} ({runs} runs)", path.display())?,
            None => writeln!(out, "  data       in memory, lost when the sandbox stops ({runs} runs)")?,
        }
    }
    writeln!(out, "listening on {origin}")?;
    out.flush()
}

fn parse_time(text: &str) -> Result<Timestamp, String> {
    Timestamp::parse(text).ok_or_else(|| "expected RFC 3339, for example 2022-05-03T10:51:03.993Z".to_owned())
}

/// A path that begins and ends with a slash. Only characters that are never percent-encoded are allowed, so that it can
/// be compared with a request's path as sent.
fn parse_mount(text: &str) -> Result<String, String> {
    let inner = text.trim_matches('/');
    let is_plain = |segment: &str| {
        !segment.is_empty()
            && segment != "."
            && segment != ".."
            && segment.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte))
    };
    if inner.is_empty() {
        return Ok("/".to_owned());
    }
    if !inner.split('/').all(is_plain) {
        return Err("expected a path of letters, digits, '-', '.', '_' and '~', for example /a/b/".to_owned());
    }
    let first = format!("/{}", inner.split('/').next().unwrap_or(inner));
    if first == API_BASE || first == CONTROL_BASE {
        return Err(format!("{first} is reserved for the sandbox itself"));
    }
    Ok(format!("/{inner}/"))
}

/// A source of a content security policy. A space, comma or semicolon in it would change the rest of the policy.
fn parse_source(text: &str) -> Result<String, String> {
    let valid = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b';' && byte != b',');
    if valid {
        Ok(text.to_owned())
    } else {
        Err("expected one origin or keyword, for example https://portal.example".to_owned())
    }
}

fn parse_console_config(text: &str) -> Result<ConsoleConfig, String> {
    if text == "none" {
        return Ok(ConsoleConfig::File);
    }
    let json = if text.trim_start().starts_with('{') {
        text.to_owned()
    } else {
        std::fs::read_to_string(text).map_err(|error| format!("cannot read {text}: {error}"))?
    };
    match serde_json::from_str::<Map<String, Value>>(&json) {
        Ok(_) => Ok(ConsoleConfig::Given(json)),
        Err(error) => Err(format!("expected a JSON object: {error}")),
    }
}
