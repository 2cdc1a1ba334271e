//! What the person is notified of, all of it.

use super::bell_toggle::{BellTick, attention_bell};
use super::not_noticed::NotNoticed;
use super::settings::NotifySettings;
use crate::components::shared::{IconName, MenuButton};
use crate::context::use_ui;
use crate::lazy::lazy;
use crate::text::notify as words;
use leptos::prelude::*;
use runboard_core::activity::{Bell, Subject};

/// The button "Notifications" and its menu.
#[component]
pub(crate) fn BellList() -> impl IntoView {
    let bells = use_ui().bells;
    let icon = move || if bells.with(|bells| bells.is_empty()) { IconName::Bell } else { IconName::BellOn };
    view! { <MenuButton id="bells-menu" icon=Signal::derive(icon) label=words::TITLE load=move |_| content() /> }
}

lazy! {
    fn content() -> AnyView {
        let ui = use_ui();
        let (bells, config) = (ui.bells, ui.config);
        let note = RwSignal::new(None::<&'static str>);
        let all = Memo::new(move |_| bells.with(|bells| bells.all().to_vec()));
        let item = move |bell: &Bell| {
            let job = match &bell.subject {
                Subject::Job(job) => config.job_label(job),
                _ => None,
            };
            let subject = words::subject(bell, job.as_deref());
            let removed = bell.subject.clone();
            view! {
                <li class="menu-row">
                    <span class="menu-text"><bdi>{subject.clone()}</bdi></span>
                    <button
                        type="button"
                        class="button quiet small"
                        aria-label=words::turn_off(&subject)
                        on:click=move |_| { bells.remove(&removed); }
                    >
                        {words::TURN_OFF}
                    </button>
                </li>
            }
        };
        let list = move || all.with(|all| match all.is_empty() {
            true => view! { <p class="hint">{words::EMPTY}</p> }.into_any(),
            false => view! {
                <p class="choice-label">{words::SET}</p>
                <ul class="bells" aria-label=words::SET>{all.iter().map(item).collect_view()}</ul>
                <p class="hint">{words::WHEN}</p>
            }
            .into_any(),
        });
        view! {
            <div class="menu-settings">
                {list}
                <BellTick bell=attention_bell() label=words::ATTENTION on_note=move |text| note.set(text) />
                <p class="hint">{words::ONLY_WHILE_OPEN}</p>
                <NotNoticed />
                <p role="status">{move || note.get()}</p>
            </div>
            <NotifySettings />
        }
        .into_any()
    }
}
