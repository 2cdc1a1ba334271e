//! The HTTP server: accepts connections, and ends some of them on purpose.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};

use crate::app::{App, SharedApp};
use crate::host_page;
use crate::options::Options;
use crate::router::router;
use crate::static_files;

mod connection;

/// How long open requests may take to finish when the sandbox stops.
const GRACE_PERIOD: Duration = Duration::from_secs(2);

/// A sandbox that accepts connections.
pub struct Running {
    address: SocketAddr,
    /// The origin of the host page.
    host_page: Option<String>,
    app: SharedApp,
    stopping: watch::Sender<bool>,
    accepting: Vec<JoinHandle<()>>,
}

/// Why a sandbox did not start.
#[derive(Debug)]
pub enum StartError {
    /// It cannot listen on the address.
    Listen(SocketAddr, io::Error),
    /// The data, the key or the console's files cannot be used; a sentence says why.
    Setup(String),
}

impl std::fmt::Display for StartError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Listen(address, error) if error.kind() == io::ErrorKind::AddrInUse => write!(
                f,
                "port {} is already in use: stop the program that uses it, or choose another with --port (0 for any free one)",
                address.port()
            ),
            Self::Listen(address, error) => write!(f, "cannot listen on {address}: {error}"),
            Self::Setup(message) => f.write_str(message),
        }
    }
}

impl std::error::Error for StartError {}

/// Starts a sandbox and returns once it accepts connections.
///
/// # Errors
/// When it cannot listen on the address, or cannot open the data, the key or the console's files.
pub async fn start(options: &Options) -> Result<Running, StartError> {
    // The port comes first: if another sandbox uses the same port and database, the port is the clearer complaint.
    let (listener, address) = listen(options.address).await?;
    let host_page = match options.console.as_ref().and_then(|console| console.host_page.as_ref()) {
        Some(page) => Some((page, listen(page.address).await?)),
        None => None,
    };
    let origins = host_page.as_ref().map(|(_, (_, address))| host_page::origins(*address));
    let app = App::new(options).map_err(StartError::Setup)?;
    let serve = |console| static_files::service(console, origins.as_ref().map_or(&[], |origins| origins));
    let console = options.console.as_ref().map(serve).transpose().map_err(StartError::Setup)?;
    let mut servers = vec![(listener, router(app.clone(), console))];
    if let Some((page, (listener, _))) = host_page {
        let mount = options.console.as_ref().map_or("/", |console| &console.mount);
        let console = format!("http://{address}{mount}");
        let page = host_page::router(app.clone(), &page.folder, console).map_err(StartError::Setup)?;
        servers.push((listener, page));
    }
    let stopping = watch::Sender::new(false);
    let serve = |(listener, router)| tokio::spawn(accept(listener, router, stopping.subscribe()));
    let accepting = servers.into_iter().map(serve).collect();
    let host_page = origins.map(|[origin, _]| origin);
    Ok(Running { address, host_page, app, stopping, accepting })
}

async fn listen(wanted: SocketAddr) -> Result<(TcpListener, SocketAddr), StartError> {
    let failed = |error| StartError::Listen(wanted, error);
    let listener = TcpListener::bind(wanted).await.map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    Ok((listener, address))
}

impl Running {
    /// The address it listens on, with the actual port when port 0 was asked for.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The origin of the host page, if there is one.
    #[must_use]
    pub fn host_page(&self) -> Option<&str> {
        self.host_page.as_deref()
    }

    /// How many runs are stored.
    #[must_use]
    pub fn run_count(&self) -> u64 {
        self.app.store.run_count()
    }

    /// Stops accepting connections and lets open requests finish for up to two seconds.
    pub async fn stop(self) {
        self.stopping.send_replace(true);
        for accepting in self.accepting {
            // An error means that the loop has panicked, and then there is nothing left to stop.
            drop(accepting.await);
        }
    }
}

async fn accept(listener: TcpListener, router: Router, mut stopping: watch::Receiver<bool>) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    connections.spawn(connection::serve(stream, router.clone(), stopping.clone()));
                }
                // The peer disconnected early, or no file handles are left. Neither is a reason to stop serving, but
                // without a pause the latter would be a busy loop.
                Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
            },
            Some(_) = connections.join_next(), if !connections.is_empty() => {}
            _ = stopping.changed() => break,
        }
    }
    drop(listener);
    let all_closed = async { while connections.join_next().await.is_some() {} };
    if tokio::time::timeout(GRACE_PERIOD, all_closed).await.is_err() {
        connections.shutdown().await;
    }
}
