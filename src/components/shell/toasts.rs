//! Confirmations at the bottom of the window, where they move nothing.

use crate::actions::{Done, Toast};
use crate::address::Address;
use crate::components::shared::{DismissButton, Icon, IconName};
use crate::context::use_ui;
use crate::text::{create, list, reschedule as reschedule_words, toast as words};
use leptos::prelude::*;
use runboard_core::draft::NewRun;
use runboard_core::policy::reschedule::RescheduleState;
use runboard_core::run::{RunId, is_visible};
use runboard_core::window::Window;

/// What succeeded, each with a link to its run unless that is on screen, and the current step of a reschedule. The region is in the
/// document before anything is in it, as screen readers require.
#[component]
pub fn Toasts(
    /// The confirmations
    #[prop(into)]
    toasts: Signal<Vec<Toast>>,
    /// The state of the reschedule, and the old run's name
    #[prop(into)]
    reschedule: Signal<Option<(RescheduleState, String)>>,
    /// The run whose page is shown
    #[prop(into)]
    on_screen: Signal<Option<RunId>>,
    /// Called every second, with whether the pointer or the focus is on a toast
    #[prop(into)]
    on_tick: Callback<bool>,
    /// Called with the id of a toast that is dismissed
    #[prop(into)]
    on_dismiss: Callback<u32>,
) -> impl IntoView {
    let ui = use_ui();
    let node = NodeRef::<leptos::html::Div>::new();
    Effect::new(move |_| {
        ui.clock.tick();
        let is_held = node.get_untracked().is_some_and(|node| node.matches(":hover, :focus-within").unwrap_or(false));
        on_tick.run(is_held);
    });
    let window = move |run: &NewRun| {
        let now = ui.clock.now();
        let from = ui.settings.print_readable(run.start_at, now);
        let to = Window::new(run.start_at, run.end_at).map(|window| ui.settings.print_readable_end(window, now));
        words::window(&from, &to.unwrap_or_default(), ui.settings.zone().name())
    };
    let line = move |toast: Toast| {
        let (id, name, what, rest) = match toast.content {
            Done::Scheduled(id, run) => {
                let name = run.name.clone();
                (id, name, words::SCHEDULED, Signal::derive(move || window(&run)))
            }
            Done::Stopped(id, name) => (id, name, words::STOPPED, Signal::stored(String::new())),
            Done::Rescheduled(id, run) => {
                let name = run.name.clone();
                let rest = Signal::derive(move || [&window(&run), words::OLD_RUN_STOPPED].concat());
                (id, name, words::RESCHEDULED, rest)
            }
        };
        let name = if is_visible(&name) { name } else { list::UNNAMED.to_owned() };
        let href = Address::Run { id: id.clone() }.href();
        let is_elsewhere = Memo::new(move |_| on_screen.get().as_ref() != Some(&id));
        let link = move || {
            let href = href.clone();
            is_elsewhere.get().then(|| view! { <a href=href>{create::OPEN_RUN}</a> })
        };
        view! {
            <div class="toast">
                <Icon name=IconName::Check />
                <p>{what} " " <bdi>{name}</bdi> {move || rest.get()}</p>
                {link}
                <DismissButton small=true on_dismiss=move |()| on_dismiss.run(toast.id) />
            </div>
        }
    };
    let step = Memo::new(move |_| {
        reschedule.with(|reschedule| {
            let (state, _) = reschedule.as_ref()?;
            let print = |at| ui.settings.print_clock(at);
            state.is_under_way().then(|| reschedule_words::stage(state.stage(), &print))
        })
    });
    let progress = move || step.get().map(|step| view! { <div class="toast"><p>{step}</p></div> });
    view! {
        // A status is atomic unless this says otherwise, so each new toast would have the others read again.
        <div class="toasts" role="status" aria-atomic="false" node_ref=node>
            {progress}
            <For each=move || toasts.get() key=|toast| toast.id children=line />
        </div>
    }
}
