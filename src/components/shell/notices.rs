//! Outcomes that concern the whole console, told wherever the person is.

use crate::address::Address;
use crate::browser::number;
use crate::components::shared::{Notice, NoticeKind, run_links};
use crate::context::use_ui;
use crate::state::navigation::Page;
use crate::text::{create as words, shell};
use leptos::prelude::*;
use runboard_core::draft::Field;
use runboard_core::policy::create::{CreateState, Stage};
use runboard_core::policy::run_match::{Difference, DifferenceKind, Likeness};
use runboard_core::time::Timestamp;
use runboard_core::time::print::Precision;

/// What became of a create after the person left the form, and what the session has to say.
#[component]
pub fn Notices(
    /// Where the creates stand
    #[prop(into)]
    creating: Signal<CreateState>,
    /// The outcome was seen
    #[prop(into)]
    dismiss_create: Callback<()>,
    /// What was found of an earlier request was seen
    #[prop(into)]
    seen_news: Callback<()>,
    /// The last token speaks for someone else
    #[prop(into)]
    switched: Signal<bool>,
    /// That was seen
    #[prop(into)]
    dismiss_switch: Callback<()>,
) -> impl IntoView {
    let ui = use_ui();
    let (navigation, settings) = (ui.navigation, ui.settings);
    let difference = move |difference: &Difference| {
        let time = |text: &str| Timestamp::parse(text).map(|at| settings.print(at, Precision::Seconds));
        let print = |text: &str| match difference.field {
            Field::Start | Field::End => time(text).unwrap_or_else(|| text.to_owned()),
            Field::JobId | Field::Name => ["“", text, "”"].concat(),
        };
        let got = difference.got.as_deref().filter(|_| difference.kind == DifferenceKind::Changed)?;
        let words = words::difference(difference.field, &print(&difference.sent), &print(got));
        Some(view! { <p><bdi>{words}</bdi></p> }.into_any())
    };
    let view = Memo::new(move |_| navigation.page());
    let state = Memo::new(move |_| creating.get());
    let create = move || {
        let at_form = matches!(view.get(), Page::New(_));
        let creating = state.get();
        let intent = creating.current()?;
        let name = &intent.run.name;
        let made = intent.made.first().map(|made| Address::Run { id: made.id.clone() });
        // On the run's own page nothing needs to be told, and on the form the form tells.
        let told = at_form || intent.made.iter().any(|made| view.get() == Page::Run(made.id.clone()));
        let (kind, said, link) = match creating.stage() {
            Stage::Created { differences } => {
                let changed: Vec<_> = differences.iter().filter_map(difference).collect();
                if !changed.is_empty() {
                    return Some(notice(NoticeKind::Error, words::DIFFERS.to_owned(), changed, made, dismiss_create));
                }
                (NoticeKind::Info, words::created_notice(name), made)
            }
            Stage::Found if intent.made.iter().all(|made| made.likeness == Likeness::Exact) => {
                (NoticeKind::Info, words::found_notice(name), made)
            }
            Stage::Found => (NoticeKind::Warning, words::probably_created_notice(name), made),
            Stage::Refused(_) => (NoticeKind::Error, words::not_created_notice(name), None),
            Stage::Searching(_) => (NoticeKind::Error, words::unknown_notice(name), None),
            Stage::NotFound { .. } => (NoticeKind::Error, words::not_found_notice(name), None),
            Stage::Ready | Stage::Saving | Stage::Sent => return None,
        };
        (!told).then(|| notice(kind, said, Vec::new(), link, dismiss_create))
    };
    let news = move || {
        let creating = state.get();
        let told: Vec<_> = creating
            .late_finds()
            .map(|intent| {
                let (name, runs) = (&intent.run.name, creating.runs_for_same_request(intent));
                let links = run_links(name, runs.iter().map(|made| &made.id));
                if let [_] = *runs {
                    let at = settings.print(intent.asked_at, Precision::Seconds);
                    view! {
                        <p><bdi>{words::late_find(name, &at)}</bdi></p>
                        <ul>{links}</ul>
                    }
                    .into_any()
                } else {
                    view! {
                        <p class="notice-title"><bdi>{words::duplicates(name, &number::group(runs.len() as u64))}</bdi></p>
                        <ul>{links}</ul>
                    }
                    .into_any()
                }
            })
            .collect();
        (!told.is_empty()).then(|| {
            view! {
                <Notice kind=NoticeKind::Error>
                    {told}
                    <div class="actions">
                        <button type="button" class="button quiet" on:click=move |_| seen_news.run(())>{shell::DISMISS}</button>
                    </div>
                </Notice>
            }
        })
    };
    let switch = move || {
        switched.get().then(|| {
            view! {
                <Notice kind=NoticeKind::Warning>
                    <p>{shell::SWITCHED}</p>
                    <div class="actions">
                        <button type="button" class="button quiet" on:click=move |_| dismiss_switch.run(())>{shell::DISMISS}</button>
                    </div>
                </Notice>
            }
        })
    };
    view! { <div class="notices">{switch} {news} {create}</div> }
}

/// An outcome, what more there is to say, and the way to the run, or else to the form.
fn notice(kind: NoticeKind, said: String, more: Vec<AnyView>, run: Option<Address>, dismiss: Callback<()>) -> AnyView {
    let (link, address) = match run {
        Some(address) => (words::OPEN_RUN, address),
        None => (words::GO_TO_FORM, form()),
    };
    view! {
        <Notice kind=kind>
            <p><bdi>{said}</bdi></p>
            {more}
            <div class="actions">
                <a class="button" href=address.href()>{link}</a>
                <button type="button" class="button quiet" on:click=move |_| dismiss.run(())>{shell::DISMISS}</button>
            </div>
        </Notice>
    }
    .into_any()
}

fn form() -> Address {
    Address::New { job: None, name: None, from: None }
}
