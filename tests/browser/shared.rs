//! Small components that several pages use: field, icon, notices.

use super::support::{
    MutationLog, Screen, attribute, description_of, from_now, name_of, problem, render, server_failed, settle,
};
use leptos::prelude::*;
use runboard::components::{Field, Icon, IconName, Notice, NoticeKind, ProblemNotice, StaleNote};
use runboard_core::problem::{Problem, ProblemKind};
use runboard_core::time::Span;
use std::collections::HashSet;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn field_is_labelled_and_described_by_hint_and_error() {
    let (screen, (hint, fault)) = render(move |_| {
        let (hint, fault) = (RwSignal::new("a hint".to_owned()), RwSignal::new(None));
        let node = view! {
            <Field id="colour" label="Colour" hint=hint error=fault>
                <input id="colour" type="text" aria-describedby="colour-notes" />
            </Field>
        };
        ((hint, fault), node.into_any())
    });
    let field = screen.find("textbox", "Colour");
    assert_eq!(description_of(&field), "a hint");
    assert!(!screen.has(".faulty"));
    fault.set(Some("<b>no</b> colour".to_owned()));
    hint.set("another".to_owned());
    settle().await;
    assert_eq!(description_of(&field), "another <b>no</b> colour");
    assert!(screen.has(".faulty") && !screen.has("b"));
    fault.set(None);
    settle().await;
    assert_eq!(description_of(&field), "another");
    assert_eq!(screen.find("textbox", "Colour"), field, "an error does not re-create the control");
}

#[wasm_bindgen_test]
fn icon_is_hidden_from_screen_readers_and_in_the_sprite() {
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
    // The sprite as it is shipped.
    let sprite = include_str!("../../style/icons.svg");
    let mut seen = HashSet::new();
    for name in names {
        let (screen, ()) = render(move |_| ((), view! { <button><Icon name=name />"words"</button> }.into_any()));
        assert_eq!(name_of(&screen.one("button")), "words");
        assert_eq!(attribute(&screen.one("svg"), "focusable").as_deref(), Some("false"));
        let href = attribute(&screen.one("use"), "href").unwrap();
        let id = href.strip_prefix('#').unwrap();
        assert!(sprite.contains(&format!("id=\"{id}\"")), "{name:?} is not in the sprite");
        assert!(seen.insert(href.clone()), "{href} is drawn for two names");
    }
}

#[wasm_bindgen_test]
fn errors_are_alerts_and_other_notices_are_statuses() {
    for (kind, role) in [(NoticeKind::Error, "alert"), (NoticeKind::Warning, "status"), (NoticeKind::Info, "status")] {
        let (screen, ()) = render(move |_| ((), view! { <Notice kind=kind><p>"words"</p></Notice> }.into_any()));
        assert_eq!(screen.texts(role), ["words"], "{kind:?}");
    }
}

#[wasm_bindgen_test]
fn every_problem_has_a_description_and_a_next_step() {
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
        (ProblemKind::Limited { wait: Some(minute) }, "Too many requests. The API asks to wait 1 min."),
        (ProblemKind::Limited { wait: None }, "Too many requests."),
        (ProblemKind::Server { status: 503 }, "The API failed (error 503)."),
        (ProblemKind::Refused { status: 418 }, "The API refused the request (error 418)."),
        (ProblemKind::Undecodable, "The API’s answer could not be read."),
        (ProblemKind::Intercepted { wait: None }, "Something in front of the API answered instead of it"),
        (ProblemKind::NoToken, "You are not signed in."),
    ];
    for (kind, what) in kinds {
        let shown = problem(kind.clone());
        let (screen, ()) =
            render(move |_| ((), view! { <ProblemNotice title="It failed" problem=shown /> }.into_any()));
        let said = screen.texts("alert").concat();
        let next = said.strip_prefix("It failed ").unwrap().strip_prefix(what);
        assert!(next.is_some_and(|next| next.trim().ends_with('.')), "{kind:?}: {said}");
    }
}

#[wasm_bindgen_test]
fn server_message_is_isolated_plain_text_of_any_length() {
    let long = "<b>long</b> ".repeat(10_000);
    let said = Problem { said: Some(long.clone()), trace: Some("\u{202e}t".to_owned()), ..server_failed() };
    let (screen, ()) = render(move |_| {
        (
            (),
            view! { <ProblemNotice title="It failed" problem=said><button>"Try again"</button></ProblemNotice> }
                .into_any(),
        )
    });
    assert!(screen.one(".said bdi").text_content().unwrap().ends_with(&long));
    assert_eq!(screen.text(".trace bdi"), "\u{202e}t");
    assert!(!screen.has("b"));
    assert!(screen.has_role("button", "Try again"));
}

/// A note above data that is a minute old.
fn stale(failures: u32) -> (Screen, (RwSignal<Option<Span>>, RwSignal<u32>)) {
    render(move |_| {
        let (next_in, tries) = (RwSignal::new(None), RwSignal::new(0));
        let as_of = from_now(Span::from_minutes(-1));
        let retry = move |()| tries.update(|tries| *tries += 1);
        let node = view! { <StaleNote as_of=as_of problem=server_failed() failures=failures next_in=next_in on_retry=retry /> };
        ((next_in, tries), node.into_any())
    })
}

#[wasm_bindgen_test]
async fn stale_note_names_age_reason_and_next_attempt() {
    let (screen, (next_in, tries)) = stale(1234);
    let note = || screen.texts("status").concat();
    let words = "Shown as of Sat 2 May 2026 14:04:10 UTC; the last 1,234 tries failed.";
    assert_eq!(note(), format!("The API failed (error 503). {words} Try again"));
    next_in.set(Some(Span::from_millis(61_001)));
    settle().await;
    assert!(note().contains("the last 1,234 tries failed, next in 1 min 2 s."), "{}", note());
    next_in.set(Some(Span::from_millis(-5)));
    settle().await;
    assert!(note().contains("the last 1,234 tries failed."), "a try that is due is not counted down: {}", note());
    screen.click_button("Try again");
    assert_eq!(tries.get_untracked(), 1);
    drop(screen);
    assert!(stale(1).0.shows("the last try failed."));
}

#[wasm_bindgen_test]
async fn stale_note_countdown_is_silent_and_updates_once_a_second() {
    let (screen, (next_in, _)) = stale(2);
    next_in.set(Some(Span::from_millis(8_900)));
    settle().await;
    let counting = screen.one("[aria-live=off]");
    assert!(screen.shows("next in 9 s"));
    let mutations = MutationLog::of(&screen.host);
    next_in.set(Some(Span::from_millis(8_100)));
    settle().await;
    mutations.assert_none();
    next_in.set(Some(Span::from_millis(7_900)));
    settle().await;
    assert!(screen.shows("next in 8 s"));
    mutations.assert_only_in(&counting);
}
