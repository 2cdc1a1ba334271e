//! The runs along a line of time: the list's other view. All of it is loaded when somebody first switches to it.

mod bars;
mod canvas;
mod card;
mod controls;
mod gestures;
mod keyboard;
mod labels;
mod names;
mod now_next;
mod overlaps;
mod plans;
mod pointers;
mod room;
mod runs_in_view;
mod scale;
mod scene;
mod size;
mod strip;
mod zooming;

use crate::context::use_ui;
use crate::lazy::lazy;
use crate::state::list::ListHandle;
use crate::text::timeline as words;
use canvas::Canvas;
use card::Card;
use controls::Controls;
use labels::Labels;
use leptos::prelude::*;
use now_next::NowAndNext;
use overlaps::OverlapsInView;
use room::RoomChoice;
use runs_in_view::RunsInView;
use scale::Scale;
use scene::Scene;
use strip::{Peak, Strip, StripScale};

/// The timeline of the listed runs.
#[component]
pub fn TimelineView(
    /// The list engine
    list: ListHandle,
    /// Whether the data is out of date
    stale: Memo<bool>,
) -> impl IntoView {
    let scene = Scene::new(use_ui(), list);
    size::follow_size(scene);
    keyboard::follow_keys(scene);
    view! {
        <section class="timeline" class:stale=move || stale.get() aria-label=words::TITLE>
            <Controls scene=scene />
            <div class="tl-notes">
                <NowAndNext scene=scene />
                <Peak scene=scene />
                <OverlapsInView scene=scene />
                <RoomChoice scene=scene />
            </div>
            <div class="tl-frame" node_ref=scene.frame on:wheel=move |event| zooming::on_wheel(scene, &event)>
                <div class="tl-head">
                    <div class="tl-corner">
                        <span class="tl-zone">{move || scene.ui.settings.zone().name().to_owned()}</span>
                    </div>
                    <Scale scene=scene />
                    <div class="tl-corner tl-corner-strip"><span class="hint"><StripScale scene=scene /></span></div>
                    <Strip scene=scene />
                </div>
                <div class="tl-body">
                    <Labels scene=scene />
                    <Canvas scene=scene />
                </div>
                <Card scene=scene />
            </div>
            <RunsInView scene=scene />
            <p class="hint tl-help">{words::help(scene.may_create(), scene.may_reschedule())}</p>
        </section>
    }
}

lazy! {
    /// Loads [`TimelineView`].
    pub(super) fn timeline_view(list: ListHandle, stale: Memo<bool>) -> AnyView {
        view! { <TimelineView list=list stale=stale /> }.into_any()
    }
}
