//! The small parts that others are made of: field, icon, badge, messages.

use super::support::{Stage, Witness, attribute, described, from_now, name_of, problem, server_failed, settle, stage};
use leptos::prelude::*;
use runboard::components::{Field, Icon, IconName, Notice, NoticeKind, PhaseBadge, ProblemNotice, StaleNote};
use runboard_core::phase::{Disagreement, Phase};
use runboard_core::problem::{Problem, ProblemKind};
use runboard_core::run::Status;
use runboard_core::time::Span;
use std::collections::HashSet;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn a_field_is_named_by_its_label_and_described_by_hint_and_fault() {
    let (stage, (hint, fault)) = stage(move |_| {
        let (hint, fault) = (RwSignal::new("a hint".to_owned()), RwSignal::new(None));
        let node = view! {
            <Field id="colour" label="Colour" hint=hint fault=fault>
                <input id="colour" type="text" aria-describedby="colour-notes" />
            </Field>
        };
        ((hint, fault), node.into_any())
    });
    let field = stage.find("textbox", "Colour");
    assert_eq!(described(&field), "a hint");
    assert!(!stage.has(".faulty"));
    fault.set(Some("<b>no</b> colour".to_owned()));
    hint.set("another".to_owned());
    settle().await;
    assert_eq!(described(&field), "another <b>no</b> colour");
    assert!(stage.has(".faulty") && !stage.has("b"));
    fault.set(None);
    settle().await;
    assert_eq!(described(&field), "another");
    assert_eq!(stage.find("textbox", "Colour"), field, "a fault does not draw the control anew");
}

#[wasm_bindgen_test]
fn an_icon_is_decoration_that_neither_ears_nor_the_tab_key_find() {
    let names = [
        IconName::Plus,
        IconName::Search,
        IconName::Alert,
        IconName::Info,
        IconName::Check,
        IconName::Copy,
        IconName::Up,
        IconName::Down,
        IconName::Stop,
        IconName::Refresh,
        IconName::Again,
        IconName::Close,
        IconName::Calendar,
        IconName::Clock,
    ];
    // The sprite that is shipped.
    let sprite = include_str!("../../style/icons.svg");
    let mut seen = HashSet::new();
    for name in names {
        let (stage, ()) = stage(move |_| ((), view! { <button><Icon name=name />"words"</button> }.into_any()));
        assert_eq!(name_of(&stage.one("button")), "words");
        assert_eq!(attribute(&stage.one("svg"), "focusable").as_deref(), Some("false"));
        let href = attribute(&stage.one("use"), "href").unwrap();
        let id = href.strip_prefix('#').unwrap();
        assert!(sprite.contains(&format!("id=\"{id}\"")), "{name:?} is not in the sprite");
        assert!(seen.insert(href.clone()), "{href} is drawn for two names");
    }
}

#[wasm_bindgen_test]
async fn a_badge_gives_the_phase_and_beside_it_the_api_s_own_word_as_text() {
    let (stage, (phase, status, disagreement)) = stage(move |_| {
        let phase = RwSignal::new(Phase::Unknown);
        let (status, disagreement) = (RwSignal::new(None), RwSignal::new(None));
        let node = view! { <PhaseBadge phase=phase status=status disagreement=disagreement /> };
        ((phase, status, disagreement), node.into_any())
    });
    assert_eq!(stage.said(), "Unknown no status");
    for (now, label) in [
        (Phase::Upcoming, "Upcoming"),
        (Phase::Open, "Open"),
        (Phase::Over, "Over"),
        (Phase::Stopped, "Stopped"),
        (Phase::Unknown, "Unknown"),
    ] {
        phase.set(now);
        status.set(Some(Status::new("<b>odd</b>")));
        settle().await;
        assert_eq!(stage.said(), format!("{label} <b>odd</b>"));
    }
    assert!(!stage.has("b") && !stage.has(".disagrees"));
    disagreement.set(Some(Disagreement::RunningAfterEnd));
    settle().await;
    let explained = attribute(&stage.one(".disagrees"), "title").unwrap();
    assert_eq!(explained, "The API says “running”, but the window has ended.");
}

#[wasm_bindgen_test]
fn errors_interrupt_and_the_rest_is_said_politely() {
    for (kind, role) in [(NoticeKind::Error, "alert"), (NoticeKind::Warning, "status"), (NoticeKind::Info, "status")] {
        let (stage, ()) = stage(move |_| ((), view! { <Notice kind=kind><p>"words"</p></Notice> }.into_any()));
        assert_eq!(stage.texts(role), ["words"], "{kind:?}");
    }
}

#[wasm_bindgen_test]
fn every_problem_says_what_it_is_and_what_to_do() {
    let minute = Span::from_minutes(1);
    let kinds = [
        (ProblemKind::Unreachable { offline: true }, "This computer is offline."),
        (ProblemKind::Unreachable { offline: false }, "Could not reach the API, or the browser blocked its answer."),
        (ProblemKind::TimedOut { after: minute }, "The API did not answer within 1 min."),
        (ProblemKind::Unauthorised { expired: true }, "Your token has expired."),
        (ProblemKind::Unauthorised { expired: false }, "The API does not accept your token."),
        (ProblemKind::Forbidden, "Your token does not allow this."),
        (ProblemKind::NotFound, "The API has nothing at this address."),
        (ProblemKind::Conflict, "The API says this does not fit the run’s state."),
        (ProblemKind::Invalid { fields: Vec::new() }, "The API did not accept what was sent."),
        (ProblemKind::Limited { wait: Some(minute) }, "The API asks for fewer requests, and to wait 1 min."),
        (ProblemKind::Limited { wait: None }, "The API asks for fewer requests."),
        (ProblemKind::Server { status: 503 }, "The API failed (error 503)."),
        (ProblemKind::Refused { status: 418 }, "The API refused the request (error 418)."),
        (ProblemKind::Undecodable, "The API’s answer could not be read."),
        (ProblemKind::NoToken, "You are not signed in."),
    ];
    for (kind, what) in kinds {
        let shown = problem(kind.clone());
        let (stage, ()) = stage(move |_| ((), view! { <ProblemNotice title="It failed" problem=shown /> }.into_any()));
        let said = stage.texts("alert").concat();
        let next = said.strip_prefix("It failed ").unwrap().strip_prefix(what);
        assert!(next.is_some_and(|next| next.trim().ends_with('.')), "{kind:?}: {said}");
    }
}

#[wasm_bindgen_test]
fn what_a_server_said_is_text_however_long_and_in_a_place_of_its_own() {
    let long = "<b>long</b> ".repeat(10_000);
    let said = Problem { said: Some(long.clone()), trace: Some("\u{202e}t".to_owned()), ..server_failed() };
    let (stage, ()) = stage(move |_| {
        (
            (),
            view! { <ProblemNotice title="It failed" problem=said><button>"Try again"</button></ProblemNotice> }
                .into_any(),
        )
    });
    assert!(stage.one(".said bdi").text_content().unwrap().ends_with(&long));
    assert_eq!(stage.text(".trace bdi"), "Trace ID: \u{202e}t");
    assert!(!stage.has("b"));
    assert!(stage.offers("button", "Try again"));
}

/// A note about data of a minute ago.
fn stale(failures: u32) -> (Stage, (RwSignal<Option<Span>>, RwSignal<u32>)) {
    stage(move |_| {
        let (next_in, tries) = (RwSignal::new(None), RwSignal::new(0));
        let as_of = from_now(Span::from_minutes(-1));
        let retry = move |()| tries.update(|tries| *tries += 1);
        let node =
            view! { <StaleNote as_of=as_of problem=server_failed() failures=failures next_in=next_in retry=retry /> };
        ((next_in, tries), node.into_any())
    })
}

#[wasm_bindgen_test]
async fn old_data_is_said_to_be_old_since_when_why_and_until_when() {
    let (stage, (next_in, tries)) = stale(1234);
    let note = || stage.texts("status").concat();
    let words = "Shown as of 2026-05-02 14:04:10 UTC; the last 1,234 tries failed.";
    assert_eq!(note(), format!("The API failed (error 503). {words} Try again"));
    next_in.set(Some(Span::from_millis(61_001)));
    settle().await;
    assert!(note().contains("the last 1,234 tries failed, next in 1 min 2 s."), "{}", note());
    next_in.set(Some(Span::from_millis(-5)));
    settle().await;
    assert!(note().contains("the last 1,234 tries failed."), "a try that is due is not counted down: {}", note());
    stage.press("Try again");
    assert_eq!(tries.get_untracked(), 1);
    drop(stage);
    assert!(stale(1).0.says("the last try failed."));
}

#[wasm_bindgen_test]
async fn its_countdown_is_not_read_out_and_writes_once_a_second_at_most() {
    let (stage, (next_in, _)) = stale(2);
    next_in.set(Some(Span::from_millis(8_900)));
    settle().await;
    let counting = stage.one("[aria-live=off]");
    assert!(stage.says("next in 9 s"));
    let witness = Witness::of(&stage.host);
    next_in.set(Some(Span::from_millis(8_100)));
    settle().await;
    witness.saw_nothing();
    next_in.set(Some(Span::from_millis(7_900)));
    settle().await;
    assert!(stage.says("next in 8 s"));
    witness.saw_changes_only_in(&counting);
}
