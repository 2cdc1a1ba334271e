//! The HTTP server: accepts connections, and ends some of them on purpose.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};

use crate::app::{App, SharedApp};
use crate::options::Options;
use crate::router::router;
use crate::static_files;

mod connection;

/// How long open requests may take to finish when the sandbox stops.
const GRACE_PERIOD: Duration = Duration::from_secs(2);

/// A sandbox that accepts connections.
pub struct Running {
    address: SocketAddr,
    app: SharedApp,
    stopping: watch::Sender<bool>,
    accepting: JoinHandle<()>,
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
    let listen_error = |error| StartError::Listen(options.address, error);
    // The port comes first: if another sandbox uses the same port and database, the port is the clearer complaint.
    let listener = TcpListener::bind(options.address).await.map_err(listen_error)?;
    let address = listener.local_addr().map_err(listen_error)?;
    let app = App::new(options).map_err(StartError::Setup)?;
    let console = options.console.as_ref().map(static_files::service).transpose().map_err(StartError::Setup)?;
    let stopping = watch::Sender::new(false);
    let accepting = tokio::spawn(accept(listener, router(app.clone(), console), stopping.subscribe()));
    Ok(Running { address, app, stopping, accepting })
}

impl Running {
    /// The address it listens on, with the actual port when port 0 was asked for.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// How many runs are stored.
    #[must_use]
    pub fn run_count(&self) -> u64 {
        self.app.store.run_count()
    }

    /// Stops accepting connections and lets open requests finish for up to two seconds.
    pub async fn stop(self) {
        self.stopping.send_replace(true);
        // An error means that the loop has panicked, and then there is nothing left to stop.
        drop(self.accepting.await);
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
