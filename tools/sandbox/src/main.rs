//! The program: reads the flags, starts the sandbox, and waits to be told to stop.

use std::process::ExitCode;

use clap::Parser;
use runboard_sandbox::cli::{Cli, announce};
use runboard_sandbox::server;

#[tokio::main]
async fn main() -> ExitCode {
    let cli = Cli::parse();
    match serve(&cli).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("runboard-sandbox: {sentence}");
            ExitCode::FAILURE
        }
    }
}

async fn serve(cli: &Cli) -> Result<(), String> {
    let options = cli.options()?;
    // Before the first line is printed: whoever reads it may send a signal at once.
    let stopped = stop_signal().map_err(|error| format!("cannot wait for signals: {error}"))?;
    let running = server::start(&options).await.map_err(|error| error.to_string())?;
    let runs = running.app().store.total();
    announce(&mut std::io::stdout().lock(), &options, running.address(), runs, cli.quiet)
        .map_err(|error| format!("cannot print: {error}"))?;
    stopped.await;
    running.stop().await;
    Ok(())
}

/// Done on Ctrl-C and, where there is one, on a request to terminate.
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

/// Done on Ctrl-C.
#[cfg(not(unix))]
fn stop_signal() -> std::io::Result<impl Future<Output = ()>> {
    Ok(async {
        // Without a signal there is only the end of the process.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}
