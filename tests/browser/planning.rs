//! What stands under the times of the form: the strip, free slots, and quiet hours.

use super::new_run_form::complete_draft;
use super::support::create_states;
use super::support::{Screen, attribute, local_storage, render, run, settle, text_of};
use leptos::prelude::*;
use runboard::browser::zones::Zone;
use runboard::components::{KnownRuns, NewRunForm, Prefill};
use runboard::state::planning::surroundings;
use runboard_core::draft::{Draft, JobOptions, NewRun};
use runboard_core::policy::create::CreateState;
use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

/// The form with a run of its job from 12:00 to 20:00, and one of another job from 18:00 to 22:00.
pub(super) fn form(known: KnownRuns) -> (Screen, RwSignal<Draft>) {
    let draft = RwSignal::new(complete_draft());
    let (screen, ()) = render(move |context| {
        context.ui.settings.set_zone(Zone::utc());
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
            "Sun 3 May 20:00 – Mon 4 May 04:00 up to 1 other run",
            "Mon 4 May 04:00 – 12:00 no other runs",
            "Mon 4 May 12:00 – 20:00 no other runs",
        ]
    );
    assert_eq!(screen.text("#free-slots-title"), "Next free 8 h for this job");
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
async fn quiet_hours_are_stored_shaded_and_avoided() {
    let (screen, _) = form(KnownRuns::All);
    settle().await;
    for (label, value) in [("Quiet from", "22:00"), ("Quiet until", "07:00")] {
        let label = screen.all("label.choice").into_iter().find(|choice| text_of(choice) == label).unwrap();
        let field: web_sys::HtmlInputElement =
            wasm_bindgen::JsCast::unchecked_into(label.query_selector("input").unwrap().unwrap());
        field.set_value(value);
        super::support::dispatch(&field, "change");
    }
    settle().await;
    assert_eq!(local_storage().get_item("runboard.quiet-hours").unwrap().as_deref(), Some("22:00-07:00 UTC"));
    assert!(screen.has(".strip-quiet"));
    assert!(slots(&screen)[0].starts_with("Mon 4 May 07:00 – 15:00"), "{:?}", slots(&screen));
}

#[wasm_bindgen_test]
async fn no_slot_is_offered_before_all_runs_are_known() {
    let (screen, _) = form(KnownRuns::Loading);
    settle().await;
    assert_eq!(slots(&screen), Vec::<String>::new());
    assert!(screen.shows("Loading the other runs…"));
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
