//! The outcomes of restored stops, on every page but the run's own.

use super::support::{Screen, in_minutes, problem, render, run_between, settle};
use leptos::prelude::*;
use runboard::components::StopNotices;
use runboard_core::policy::stop::{Event, StopState};
use runboard_core::problem::ProblemKind;
use runboard_core::run::RunId;
use runboard_core::time::Span;
use wasm_bindgen_test::wasm_bindgen_test;

fn after(events: Vec<Event>) -> StopState {
    let sent = Event::StopNow(Box::new(run_between(-60, 60, "running")), None);
    let now = in_minutes(0);
    std::iter::once(sent).chain(events).fold(StopState::default(), |state, event| state.step(event, now).0)
}

#[derive(Clone, Copy)]
struct Fixture {
    dismissed: RwSignal<Vec<RunId>>,
    on_screen: RwSignal<Option<RunId>>,
}

fn notices(state: StopState) -> (Screen, Fixture) {
    render(move |_| {
        let fixture = Fixture { dismissed: RwSignal::new(Vec::new()), on_screen: RwSignal::new(None) };
        let Fixture { dismissed, on_screen } = fixture;
        let stops = vec![(RunId::new("r-1"), "Spring sale".to_owned(), state)];
        let on_dismiss = move |id| dismissed.update(|dismissed| dismissed.push(id));
        let node = view! { <StopNotices stops=RwSignal::new(stops) on_screen=on_screen on_dismiss=on_dismiss /> };
        (fixture, node.into_any())
    })
}

#[wasm_bindgen_test]
fn each_outcome_is_told_and_only_final_ones_can_be_dismissed() {
    let read = |status: &str| Event::Read(Box::new(run_between(-60, 60, status)), 1);
    let unreachable = || Event::Answered(Err(problem(ProblemKind::Unreachable { offline: false })));
    for (events, role, text, can_dismiss) in [
        (vec![unreachable()], "alert", "It is not known yet whether “Spring sale” was stopped.", false),
        (vec![Event::Answered(Ok(None))], "status", "The API accepted the stop of “Spring sale”", false),
        (vec![unreachable(), read("stopped")], "status", "“Spring sale” was stopped.", true),
        (vec![Event::Answered(Err(problem(ProblemKind::Forbidden)))], "alert", "“Spring sale” was not stopped.", true),
    ] {
        let (screen, fixture) = notices(after(events));
        assert!(screen.texts(role).concat().contains(text), "{role}: {}", screen.full_text());
        assert_eq!(screen.link("Open the run"), "./?run=r-1");
        assert_eq!(screen.has_role("button", "Dismiss"), can_dismiss, "{text}");
        if can_dismiss {
            screen.click_button("Dismiss");
            assert_eq!(fixture.dismissed.get_untracked(), [RunId::new("r-1")]);
        }
    }
}

#[wasm_bindgen_test]
async fn outcome_that_stays_unknown_can_be_dismissed_after_a_minute() {
    let unreachable = Event::Answered(Err(problem(ProblemKind::Unreachable { offline: false })));
    let (screen, _) = notices(after(vec![unreachable]));
    assert!(!screen.has_role("button", "Dismiss"));
    screen.advance_clock(Span::from_seconds(60));
    settle().await;
    assert!(screen.has_role("button", "Dismiss"));
}

#[wasm_bindgen_test]
async fn page_of_the_run_says_it_itself() {
    let (screen, fixture) = notices(after(vec![Event::Answered(Ok(None))]));
    assert!(screen.shows("Spring sale"));
    fixture.on_screen.set(Some(RunId::new("r-1")));
    settle().await;
    assert!(!screen.shows("Spring sale"));
}
