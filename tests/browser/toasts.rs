//! Confirmations at the bottom of the window.

use super::support::{Screen, at, attribute, focused, render, settle, text_of};
use leptos::prelude::*;
use runboard::components::{Done, Toast, Toasts};
use runboard_core::draft::NewRun;
use runboard_core::policy::reschedule::{CreateOutcome, Event, RescheduleState};
use runboard_core::policy::toasts;
use runboard_core::run::{JobId, RunId};
use runboard_core::time::Span;
use wasm_bindgen_test::wasm_bindgen_test;

fn new_run() -> NewRun {
    NewRun {
        job_id: JobId::new("j"),
        name: "Spring sale".to_owned(),
        start_at: at("2026-05-03T09:00:00Z"),
        end_at: at("2026-05-03T17:00:00Z"),
    }
}

fn toasts(done: Vec<Done>) -> Vec<Toast> {
    let mut toasts = toasts::Toasts::default();
    done.into_iter().for_each(|done| toasts.add(done));
    toasts.shown().to_vec()
}

#[derive(Clone, Copy)]
struct Fixture {
    toasts: RwSignal<Vec<Toast>>,
    reschedule: RwSignal<Option<(RescheduleState, String)>>,
    on_screen: RwSignal<Option<RunId>>,
    ticks: RwSignal<Vec<bool>>,
    dismissed: RwSignal<Vec<u32>>,
}

fn mounted() -> (Screen, Fixture) {
    render(move |_| {
        let fixture = Fixture {
            toasts: RwSignal::new(Vec::new()),
            reschedule: RwSignal::new(None),
            on_screen: RwSignal::new(None),
            ticks: RwSignal::new(Vec::new()),
            dismissed: RwSignal::new(Vec::new()),
        };
        let Fixture { toasts, reschedule, on_screen, ticks, dismissed } = fixture;
        let node = view! {
            <Toasts
                toasts=toasts
                reschedule=reschedule
                on_screen=on_screen
                on_tick=move |is_held| ticks.update(|ticks| ticks.push(is_held))
                on_dismiss=move |id| dismissed.update(|dismissed| dismissed.push(id))
            />
        };
        (fixture, node.into_any())
    })
}

#[wasm_bindgen_test]
async fn region_is_there_before_anything_is_said() {
    let (screen, fixture) = mounted();
    let region = screen.one(".toasts[role=status]");
    assert_eq!(attribute(&region, "aria-atomic").as_deref(), Some("false"), "one toast does not repeat the others");
    fixture.toasts.set(toasts(vec![Done::Scheduled(RunId::new("r-7"), new_run())]));
    settle().await;
    assert!(region.is_connected());
    assert!(text_of(&region).contains("Scheduled: Spring sale, Sun 3 May 09:00 – 17:00 UTC"), "{}", text_of(&region));
}

#[wasm_bindgen_test]
async fn each_success_names_its_run_and_links_to_it_unless_it_is_on_screen() {
    let (screen, fixture) = mounted();
    for (done, words) in [
        (Done::Scheduled(RunId::new("r-7"), new_run()), "Scheduled: Spring sale, Sun 3 May 09:00 – 17:00 UTC"),
        (Done::Stopped(RunId::new("r-7"), "Spring sale".to_owned()), "Stopped: Spring sale"),
        (
            Done::Rescheduled(RunId::new("r-7"), new_run()),
            "Rescheduled: Spring sale, Sun 3 May 09:00 – 17:00 UTC. The old run is stopped.",
        ),
    ] {
        fixture.on_screen.set(None);
        fixture.toasts.set(Vec::new());
        settle().await;
        fixture.toasts.set(toasts(vec![done]));
        settle().await;
        assert!(screen.shows(words), "{}", screen.full_text());
        assert_eq!(screen.link("Open the run"), "./?run=r-7");
        fixture.on_screen.set(Some(RunId::new("r-7")));
        settle().await;
        assert!(!screen.has_role("link", "Open the run"));
    }
}

#[wasm_bindgen_test]
async fn toast_is_dismissed_alone() {
    let (screen, fixture) = mounted();
    let both = toasts(vec![
        Done::Stopped(RunId::new("a"), "First".to_owned()),
        Done::Stopped(RunId::new("b"), "Second".to_owned()),
    ]);
    let first = both[0].id;
    fixture.toasts.set(both);
    settle().await;
    screen.find_all("button", "Dismiss")[0].click();
    assert_eq!(fixture.dismissed.get_untracked(), [first]);
}

#[wasm_bindgen_test]
async fn toast_is_held_while_it_has_the_focus() {
    let (screen, fixture) = mounted();
    // Away from the corner in which the browser's pointer rests: it would hold the toast, too.
    screen.host.set_attribute("style", "padding: 300px").unwrap();
    fixture.toasts.set(toasts(vec![Done::Stopped(RunId::new("a"), "First".to_owned())]));
    settle().await;
    screen.advance_clock(Span::from_seconds(1));
    settle().await;
    assert_eq!(fixture.ticks.get_untracked().last(), Some(&false));
    let dismiss = screen.find("button", "Dismiss");
    dismiss.focus().unwrap();
    assert!(focused(&dismiss));
    screen.advance_clock(Span::from_seconds(1));
    settle().await;
    assert_eq!(fixture.ticks.get_untracked().last(), Some(&true));
}

#[wasm_bindgen_test]
async fn reschedule_under_way_is_told_step_by_step_and_not_once_it_needs_the_person() {
    let (screen, fixture) = mounted();
    let state = RescheduleState::new(RunId::new("old"), new_run(), "key".to_owned());
    let now = at("2026-05-02T14:05:10Z");
    let verifying = state.clone().step(Event::Created(CreateOutcome::Made(RunId::new("new"))), now).0;
    let refused = state.clone().step(Event::Created(CreateOutcome::Refused), now).0;
    for (state, words) in [(state, "Scheduling the new run…"), (verifying, "Checking the new run…"), (refused, "")]
    {
        fixture.reschedule.set(Some((state, "Old".to_owned())));
        settle().await;
        assert_eq!(text_of(&screen.one(".toasts")), words);
    }
}
