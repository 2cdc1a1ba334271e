//! The program: reads the flags, starts the sandbox and waits for a signal to stop.

use std::process::ExitCode;

use clap::Parser;
use runboard_sandbox::{Cli, announce, start};

#[tokio::main]
async fn main() -> ExitCode {
    let cli = Cli::parse();
    match serve(&cli).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("runboard-sandbox: {message}");
            ExitCode::FAILURE
        }
    }
}

async fn serve(cli: &Cli) -> Result<(), String> {
    let options = cli.options()?;
    // Before anything is printed: whoever reads the first line may send a signal at once.
    let stopped = stop_signal().map_err(|error| format!("cannot wait for signals: {error}"))?;
    let running = start(&options).await.map_err(|error| error.to_string())?;
    announce(&mut std::io::stdout().lock(), &options, &running, cli.quiet)
        .map_err(|error| format!("cannot print: {error}"))?;
    stopped.await;
    running.stop().await;
    Ok(())
}

/// Completes on SIGINT (Ctrl-C) or SIGTERM.
#[cfg(unix)]
fn stop_signal() -> std::io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Completes on Ctrl-C.
#[cfg(not(unix))]
fn stop_signal() -> std::io::Result<impl Future<Output = ()>> {
    Ok(async {
        // Without a signal handler, only ending the process stops the sandbox.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}
