//! The program: what it prints, how it stops, and what is still there after a restart.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use serde_json::{Value, json};

use crate::harness::key;

struct Program {
    child: Child,
    printed: Vec<String>,
    origin: String,
    client: reqwest::Client,
}

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_runboard-sandbox"));
    command.args(arguments).args(["--key", key().to_str().unwrap()]).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn fails(arguments: &[&str]) -> (Output, String) {
    let output = command(arguments).output().unwrap();
    let error = String::from_utf8(output.stderr.clone()).unwrap();
    assert!(!output.status.success(), "{arguments:?}");
    (output, error)
}

impl Program {
    fn start(arguments: &[&str]) -> Self {
        let mut child = command(arguments).spawn().unwrap();
        let mut printed = Vec::new();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let origin = loop {
            let Some(line) = lines.next() else {
                let mut error = String::new();
                child.stderr.take().unwrap().read_to_string(&mut error).unwrap();
                panic!("exited before it listened: {error}");
            };
            let line = line.unwrap();
            printed.push(line.clone());
            if let Some(origin) = line.strip_prefix("listening on ") {
                break origin.to_owned();
            }
        };
        Self { child, printed, origin, client: reqwest::Client::builder().no_proxy().build().unwrap() }
    }

    async fn token(&self) -> String {
        let answer: Value = self.send(self.client.post(format!("{}/sandbox/token", self.origin))).await.1;
        answer["token"].as_str().unwrap().to_owned()
    }

    async fn send(&self, request: reqwest::RequestBuilder) -> (u16, Value) {
        let response = request.send().await.unwrap();
        (response.status().as_u16(), response.json().await.unwrap())
    }

    async fn get(&self, path: &str) -> (u16, Value) {
        let token = self.token().await;
        self.send(self.client.get(format!("{}{path}", self.origin)).bearer_auth(token)).await
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // So that a failed test leaves no process behind.
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

fn database(folder: &Path) -> String {
    folder.join("data/runs.db").to_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_run_survives_a_kill_right_after_the_201() {
    let folder = tempfile::tempdir().unwrap();
    let database = database(folder.path());
    let start = |hour: usize| {
        Program::start(&["--port", "0", "--db", &database, "--clock", &format!("2030-06-15T{hour}:00:00Z")])
    };
    let mut ids = Vec::new();
    for hour in 12..15 {
        let mut program = start(hour);
        let token = program.token().await;
        let request =
            program.client.post(format!("{}/beta/jobs/runs", program.origin)).bearer_auth(token).json(&json!({
                "jobId": "12345678", "name": "Stored", "startAt": "2030-06-15T11:00:00Z", "endAt": "2030-06-16T00:00:00Z",
            }));
        let (status, run) = program.send(request).await;
        // SIGKILL on Unix.
        program.child.kill().unwrap();
        program.child.wait().unwrap();
        assert_eq!(status, 201);
        ids.push(run["id"].clone());
    }
    let program = start(15);
    let (_, list) = program.get("/beta/runs/").await;
    let stored: Vec<_> = list["_embedded"]["runs"].as_array().unwrap().iter().map(|run| run["id"].clone()).collect();
    assert_eq!(stored, ids);
}

#[tokio::test]
async fn a_restart_with_another_seed_changes_no_summary() {
    let folder = tempfile::tempdir().unwrap();
    let database = database(folder.path());
    let mut seen = Vec::new();
    for seed in ["7", "8"] {
        let program = Program::start(&[
            "--port",
            "0",
            "--db",
            &database,
            "--seed",
            seed,
            "--seed-runs",
            "40",
            "--clock",
            "2030-06-15T12:00:00Z",
        ]);
        let clock = json!({"set": "2030-06-15T12:00:30Z", "freeze": true});
        program.send(program.client.post(format!("{}/sandbox/clock", program.origin)).json(&clock)).await;
        let (_, list) = program.get("/beta/runs/").await;
        let mut summaries = Vec::new();
        for run in list["_embedded"]["runs"].as_array().unwrap() {
            let path = format!("/beta/jobs/runs/{}/summary", run["id"].as_str().unwrap());
            summaries.push(program.get(&path).await.1["_embedded"].clone());
        }
        seen.push((list["_embedded"].clone(), summaries));
    }
    assert_eq!(seen[0], seen[1]);
}

#[cfg(unix)]
#[tokio::test]
async fn signals_stop_it_cleanly() {
    for signal in ["-TERM", "-INT"] {
        let mut program = Program::start(&["--port", "0", "--db", ":memory:"]);
        let id = program.child.id().to_string();
        // Leaves an idle connection open, which must not delay the stop.
        program.token().await;
        assert!(Command::new("kill").args([signal, &id]).status().unwrap().success());
        assert!(program.child.wait().unwrap().success(), "{signal}");
    }
}

#[test]
fn prints_what_it_is_and_its_addresses() {
    let folder = tempfile::tempdir().unwrap();
    let database = database(folder.path());
    let program = Program::start(&["--port", "0", "--db", &database, "--seed-runs", "3"]);
    let all = program.printed.join("\n");
    assert!(all.contains("stand-in") && all.contains("not the vendor's service"), "{all}");
    assert!(
        all.contains(&format!("{}/beta", program.origin)) && all.contains(&format!("{database} (3 runs)")),
        "{all}"
    );
    assert!(folder.path().join("data/.gitignore").exists(), "it will hold the private key");

    let quiet = Program::start(&["--port", "0", "--db", ":memory:", "--quiet"]);
    assert_eq!(quiet.printed, [format!("listening on {}", quiet.origin)]);
}

#[test]
fn a_port_in_use_is_reported_in_one_line_with_a_remedy() {
    let program = Program::start(&["--port", "0", "--db", ":memory:"]);
    let port = program.origin.rsplit(':').next().unwrap();
    let (_, error) = fails(&["--port", port, "--db", ":memory:"]);
    assert_eq!(error.lines().count(), 1, "{error}");
    assert!(error.contains(port) && error.contains("--port"), "{error}");
}

#[test]
fn two_sandboxes_cannot_share_a_database() {
    let folder = tempfile::tempdir().unwrap();
    let database = database(folder.path());
    let _program = Program::start(&["--port", "0", "--db", &database]);
    let (_, error) = fails(&["--port", "0", "--db", &database]);
    assert!(error.contains("is another sandbox using it?"), "{error}");
}

#[test]
fn invalid_flags_are_refused() {
    for (arguments, part) in [
        (&["--host", "0.0.0.0"][..], "--allow-remote"),
        (&["--host", "192.168.1.1"], "--allow-remote"),
        (&["--static", "/does/not/exist"], "/does/not/exist"),
        (&["--mount", "/beta/x"], "reserved for the sandbox"),
        (&["--mount", "/a/../b"], "expected a path"),
        (&["--console-config", "[]"], "cannot read"),
        (&["--console-config", "{"], "expected a JSON object"),
        (&["--frame-ancestors", "x; script-src *"], "expected one origin"),
        (&["--clock", "noon"], "RFC 3339"),
        (&["--port", "65536"], "65536"),
    ] {
        let mut all = vec!["--port", "0", "--db", ":memory:"];
        if arguments[0] == "--port" {
            all.drain(..2);
        }
        all.extend(arguments);
        let (_, error) = fails(&all);
        assert!(error.contains(part), "{arguments:?}: {error}");
    }
}
