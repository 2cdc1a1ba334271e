//! The HTTP server: the accept loop, and the connections that can be broken off on purpose.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::app::{App, Options, Shared};

mod broken;
mod connection;

pub use broken::{BreakOff, breaking_body};

/// How long open requests may take to finish once the sandbox is told to stop.
const GRACE: Duration = Duration::from_secs(2);

/// A sandbox that is being served.
pub struct Running {
    address: SocketAddr,
    app: Shared,
    stopping: Arc<watch::Sender<bool>>,
    accepting: JoinHandle<()>,
}

/// Why a sandbox did not start.
#[derive(Debug)]
pub enum StartError {
    /// The address cannot be listened on.
    Listen(SocketAddr, io::Error),
    /// A part could not be made; the sentence says which and why.
    Part(String),
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
            Self::Part(sentence) => f.write_str(sentence),
        }
    }
}

impl std::error::Error for StartError {}

/// Starts a sandbox and answers once it accepts connections.
///
/// # Errors
/// When the address cannot be listened on or the data cannot be opened.
pub async fn start(options: &Options) -> Result<Running, StartError> {
    let taken = |error| StartError::Listen(options.address, error);
    // The port first: with a second sandbox on one port and one database, the port is the clearer complaint.
    let listener = TcpListener::bind(options.address).await.map_err(taken)?;
    let address = listener.local_addr().map_err(taken)?;
    let app = App::new(options).map_err(StartError::Part)?;
    let stopping = Arc::new(watch::Sender::new(false));
    let router = crate::router(app.clone());
    let accepting = tokio::spawn(accept(listener, router, stopping.subscribe()));
    Ok(Running { address, app, stopping, accepting })
}

impl Running {
    /// Where it listens, the real port included.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Its parts.
    #[must_use]
    pub fn app(&self) -> &App {
        &self.app
    }

    /// Stops accepting, lets open requests finish for up to two seconds, and returns.
    pub async fn stop(self) {
        self.stopping.send_replace(true);
        // An error means the loop has panicked; there is nothing left to stop then.
        drop(self.accepting.await);
    }
}

async fn accept(listener: TcpListener, router: Router, mut stopping: watch::Receiver<bool>) {
    let mut connections = tokio::task::JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    let serving = connection::serve(stream, router.clone(), stopping.clone());
                    connections.spawn(serving);
                }
                // Out of file handles, or the peer was gone before it was accepted: not a reason to stop serving,
                // and no reason to spin either.
                Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
            },
            Some(_) = connections.join_next(), if !connections.is_empty() => {}
            _ = stopping.changed() => break,
        }
    }
    drop(listener);
    let all_done = async { while connections.join_next().await.is_some() {} };
    if tokio::time::timeout(GRACE, all_done).await.is_err() {
        connections.shutdown().await;
    }
}
