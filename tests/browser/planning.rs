//! What stands under the times of the form: the strip, free slots, and quiet hours.

use super::new_run_form::complete_draft;
use super::support::create_states;
use super::support::{Screen, attribute, render, run, settle, text_of};
use leptos::prelude::*;
use runboard::browser::zones::Zone;
use runboard::components::{KnownRuns, NewRunForm, Prefill};
use runboard::context::AppContext;
use runboard::state::planning::surroundings;
use runboard_core::draft::{Draft, EndChoice, JobOptions, NewRun, StartChoice};
use runboard_core::policy::create::CreateState;
use runboard_core::time::Span;
use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

/// The form with a run of its job from 12:00 to 20:00, and one of another job from 18:00 to 22:00.
pub(super) fn form(known: KnownRuns) -> (Screen, RwSignal<Draft>) {
    form_of(known, complete_draft(), |_| ())
}

/// The same form with another draft, after something was prepared.
pub(super) fn form_of(known: KnownRuns, draft: Draft, prepare: fn(AppContext)) -> (Screen, RwSignal<Draft>) {
    let draft = RwSignal::new(draft);
    let (screen, ()) = render(move |context| {
        context.ui.settings.set_zone(Zone::utc());
        prepare(context);
        let of = |id: &str, job: &str, from: &str, to: &str| {
            let time = |clock: &str| format!("2026-05-03T{clock}:00.000Z");
            context.store.put(run(json!({
                "id": id, "job_id": job, "name": id, "start_at": time(from), "end_at": time(to),
            })));
        };
        of("lunch", "job-1", "12:00", "20:00");
        of("other", "job-2", "18:00", "22:00");
        let node = view! {
            <NewRunForm
                draft=draft
                prefill=RwSignal::new(Prefill::None)
                replaces=None
                known_runs=RwSignal::new(known)
                jobs=RwSignal::new(JobOptions::new(["job-1".to_owned()], &[]))
                clashes=move |_: NewRun| Vec::new()
                around=Callback::new(move |job| surroundings(context.store, job, None))
                create_state=RwSignal::new(CreateState::default())
                fingerprint=create_states::fingerprint()
                other_tab=move |_: NewRun| None
                on_submit=move |_| ()
                on_send_again=move |_| ()
                on_start_over=move |()| ()
                on_dismiss=move |()| ()
            />
        };
        ((), node.into_any())
    });
    (screen, draft)
}

fn slots(screen: &Screen) -> Vec<String> {
    screen.all(".slot").iter().map(text_of).collect()
}

#[wasm_bindgen_test]
async fn strip_links_to_the_run_that_the_window_overlaps() {
    let (screen, draft) = form(KnownRuns::All);
    settle().await;
    let bar = screen.one(".strip a");
    assert_eq!(attribute(&bar, "href").as_deref(), Some("./?run=lunch"));
    let label = attribute(&bar, "aria-label").unwrap();
    assert!(label.ends_with("Sun 3 May 12:00 – 20:00, overlaps this window"), "{label}");
    assert_eq!(screen.text(".strip-clash-count"), "1 overlap");
    draft.update(|draft| {
        draft.start_text = "2026-05-03 20:00".to_owned();
        draft.end_text = "2026-05-04 04:00".to_owned();
    });
    settle().await;
    assert!(!screen.has(".strip-clash-count"));
    assert!(screen.text(".strip-near").contains("lunch ends as this starts"), "{}", screen.text(".strip-near"));
}

#[wasm_bindgen_test]
async fn one_click_takes_a_free_slot_and_the_offer_stays() {
    let (screen, draft) = form(KnownRuns::All);
    settle().await;
    let offered = slots(&screen);
    assert_eq!(
        offered,
        [
            "Sun 3 May 20:00 – Mon 4 May 04:00 up to 1 other run open",
            "Mon 4 May 04:00 – 12:00 nothing else open",
            "Mon 4 May 12:00 – 20:00 nothing else open",
        ]
    );
    assert_eq!(screen.text("#free-slots-title"), "Free times for 8 h, from Sun 3 May");
    let second = screen.all(".slot").remove(1);
    wasm_bindgen::JsCast::unchecked_ref::<web_sys::HtmlElement>(&second).click();
    settle().await;
    assert_eq!(draft.get_untracked().start_text, "2026-05-04 04:00");
    assert_eq!(draft.get_untracked().end_text, "2026-05-04 12:00");
    assert_eq!(slots(&screen).len(), 3);
    let pressed: Vec<_> = screen.all(".slot").iter().map(|slot| attribute(slot, "aria-pressed").unwrap()).collect();
    assert_eq!(pressed, ["false", "true", "false"]);
}

#[wasm_bindgen_test]
async fn no_slot_is_offered_before_all_runs_are_known() {
    let (screen, _) = form(KnownRuns::Loading);
    settle().await;
    assert_eq!(slots(&screen), Vec::<String>::new());
    assert!(screen.shows("Loading other runs…"));
}

#[wasm_bindgen_test]
async fn bar_keeps_its_element_when_another_run_is_read() {
    let (screen, _) = form(KnownRuns::All);
    settle().await;
    let before = screen.one(".strip a");
    screen.context.store.put(run(json!({
        "id": "late", "job_id": "job-2", "name": "late", "start_at": "2026-05-03T09:00:00.000Z", "end_at": "2026-05-03T10:00:00.000Z",
    })));
    settle().await;
    assert!(before.is_same_node(Some(&screen.one(".strip a"))));
    assert!(screen.text(".strip-names").contains("up to 1 open"), "{}", screen.text(".strip-names"));
}

#[wasm_bindgen_test]
async fn two_strips_have_hatchings_of_their_own() {
    let (screen, _) = form(KnownRuns::All);
    let (other, _) = form(KnownRuns::All);
    settle().await;
    let id = |screen: &Screen| attribute(&screen.one(".strip pattern"), "id").unwrap();
    assert_ne!(id(&screen), id(&other));
    let fill = attribute(&screen.one(".strip-hatch"), "fill").unwrap();
    assert_eq!(fill, format!("url(#{})", id(&screen)));
}

#[wasm_bindgen_test]
async fn what_is_not_known_is_not_said_to_be_nothing() {
    let near = |known: KnownRuns, job: &str| {
        let (screen, _) = form_of(known, Draft { job_id: job.to_owned(), ..complete_draft() }, |_| ());
        screen
    };
    for (known, job, said, open) in [
        (KnownRuns::Loading, "job-3", "Loading other runs…", "Loading…"),
        (KnownRuns::Partial(None), "job-3", "Some runs could not be loaded", "1 or more open"),
        (KnownRuns::All, "", "Choose a job to see its other runs", "up to 1 open"),
        (KnownRuns::All, "job-3", "no other run of this job", "up to 1 open"),
    ] {
        let screen = near(known, job);
        settle().await;
        assert_eq!(screen.text(".strip-near"), format!("Before {said} After {said}"));
        assert!(screen.text(".strip-names").ends_with(open), "{}", screen.text(".strip-names"));
    }
}

#[wasm_bindgen_test]
async fn run_of_the_job_without_a_known_window_is_told_at_the_slots() {
    let (screen, _) = form_of(KnownRuns::All, complete_draft(), |context| {
        context.store.put(run(json!({ "id": "unknown", "job_id": "job-1", "name": "unknown" })));
    });
    settle().await;
    assert!(
        screen.text(".slots-head").contains("1 run of this job has no known window."),
        "{}",
        screen.text(".slots-head")
    );
}

#[wasm_bindgen_test]
async fn what_is_offered_stays_while_time_goes_by_and_what_has_passed_cannot_be_taken() {
    let now = Draft { start: StartChoice::Now, end: EndChoice::After, after_text: "2h".to_owned(), ..complete_draft() };
    let (screen, draft) = form_of(KnownRuns::All, now, |_| ());
    settle().await;
    let windows = |screen: &Screen| screen.all(".slot-window").iter().map(text_of).collect::<Vec<_>>();
    let offered = windows(&screen);
    assert_eq!(offered.len(), 3);
    screen.advance_clock(Span::from_minutes(20));
    settle().await;
    assert_eq!(windows(&screen), offered);
    let first = screen.all(".slot").remove(0);
    assert_eq!(attribute(&first, "aria-disabled").as_deref(), Some("true"));
    assert!(text_of(&first).ends_with("has passed"), "{}", text_of(&first));
    wasm_bindgen::JsCast::unchecked_ref::<web_sys::HtmlElement>(&first).click();
    settle().await;
    assert_eq!(draft.get_untracked().start, StartChoice::Now);
}

#[wasm_bindgen_test]
async fn heading_names_the_zone_of_all_times() {
    let (screen, _) = form(KnownRuns::All);
    settle().await;
    assert_eq!(screen.text(".planning .card-head"), "Around this window Times in UTC");
}
