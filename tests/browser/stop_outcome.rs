//! Asked is not done: what each state of a stop says, and which of them can be dismissed.

use super::run_detail::detail;
use super::support::{at, run_between, settle};
use runboard_core::policy::stop::Stop;
use runboard_core::problem::{Problem, ProblemKind};
use runboard_core::run::Status;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn each_state_says_what_is_known_and_only_outcomes_can_be_dismissed() {
    let asked_at = at("2026-05-02T14:05:10Z");
    let confirmed_at = at("2026-05-02T14:05:12Z");
    let unreachable = Problem::bare(ProblemKind::Unreachable { offline: false });
    let cases = [
        (Stop::Sending { asked_at, before: None }, "status", "Asking the API to stop the run…", false),
        (
            Stop::Requested { asked_at, before: None },
            "status",
            "Stop requested 2026-05-02 14:05:10 UTC. The API took the request; its status does not say “stopped” yet.",
            false,
        ),
        (
            Stop::Confirmed { asked_at, confirmed_at, status: Some(Status::new("stopped")) },
            "status",
            "Stopped. Asked 2026-05-02 14:05:10 UTC; the API’s status was “stopped” at 2026-05-02 14:05:12 UTC.",
            true,
        ),
        (Stop::AlreadyOver, "status", "The API says this run is already over. Nothing was changed.", true),
        (Stop::Refused(Problem::bare(ProblemKind::Forbidden)), "alert", "The run was not stopped.", true),
        (
            Stop::Unknown { asked_at, before: None, problem: unreachable },
            "alert",
            "It is not known whether the run was stopped",
            true,
        ),
    ];
    let (stage, parts) = detail(run_between(-60, 60, "running"));
    for (state, role, words, done) in cases {
        parts.stopping.set(state.clone());
        settle().await;
        let notice = stage.texts(role).concat();
        assert!(notice.contains(words), "{state:?}: {notice}");
        assert_eq!(stage.found("button", "Dismiss").len(), usize::from(done), "{state:?}");
    }
}

#[wasm_bindgen_test]
async fn nothing_is_said_before_and_after() {
    let (stage, parts) = detail(run_between(-60, 60, "running"));
    assert!(!stage.has(".notice"));
    parts.stopping.set(Stop::AlreadyOver);
    settle().await;
    stage.press("Dismiss");
    assert_eq!(parts.seen.get_untracked(), 1);
    parts.stopping.set(Stop::Idle);
    settle().await;
    assert!(!stage.has(".notice"));
}

#[wasm_bindgen_test]
async fn a_refusal_gives_the_servers_words() {
    let (stage, parts) = detail(run_between(-60, 60, "running"));
    let said = Some("not <b>yours</b>".to_owned());
    parts.stopping.set(Stop::Refused(Problem { said, ..Problem::bare(ProblemKind::Forbidden) }));
    settle().await;
    assert_eq!(stage.text(".said"), "The API says: not <b>yours</b>");
    assert!(stage.says("Your token does not allow this."));
}

#[wasm_bindgen_test]
async fn a_word_the_api_did_not_give_is_said_to_be_missing() {
    let (stage, parts) = detail(run_between(-60, 60, "running"));
    let (asked_at, confirmed_at) = (at("2026-05-02T14:05:10Z"), at("2026-05-02T14:05:12Z"));
    parts.stopping.set(Stop::Confirmed { asked_at, confirmed_at, status: None });
    settle().await;
    assert!(stage.says("the API’s status was “no status”"));
}
