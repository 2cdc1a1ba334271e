//! That nothing is noticed now, where somebody asks to be notified.

use crate::components::shared::{Icon, IconName};
use crate::context::use_ui;
use crate::state::noticing::Obstacle;
use crate::text::notify as words;
use leptos::prelude::*;

/// Why nothing is noticed now, if that is so. In the document from the start, so that it is read aloud when it comes.
#[component]
pub(crate) fn NotNoticed() -> impl IntoView {
    let noticing = use_ui().noticing;
    let obstacle = Memo::new(move |_| noticing.obstacle());
    view! {
        <p class="caution" role="status">
            {move || obstacle.get().map(|obstacle| view! { <Icon name=IconName::Alert /> " " {text(obstacle)} })}
        </p>
    }
}

const fn text(obstacle: Obstacle) -> &'static str {
    match obstacle {
        Obstacle::Offline => words::OFFLINE,
        Obstacle::Paused => words::PAUSED,
        Obstacle::NotLoaded => words::NOT_LOADED,
        Obstacle::RunNotLoaded => words::RUN_NOT_LOADED,
    }
}
