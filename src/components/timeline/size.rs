//! How wide the view is, and which part of the picture is on the screen.

use super::scene::Scene;
use crate::browser::viewport::{self, SizeListener, ViewportListener};
use leptos::prelude::*;
use leptos::task::{spawn_local, tick};

/// Measures now, and whenever the page is scrolled or resized or the lanes get another size (they have none while they are hidden), for as long as the timeline is shown.
pub(super) fn follow_size(scene: Scene) {
    let measure = move || {
        let Some(canvas) = scene.canvas.try_get_untracked().flatten() else { return };
        let width = f64::from(canvas.client_width());
        if width > 0.0 && scene.width.try_get_untracked() != Some(width) {
            scene.width.try_set(width);
        }
        let above = viewport::offset_above(&canvas).unwrap_or_default() as f64;
        let step = f64::from(viewport::height()).max(400.0);
        let top = (above / step).floor() * step - step;
        let in_sight = (top, top + 4.0 * step);
        if scene.in_sight.try_get_untracked() != Some(in_sight) {
            scene.in_sight.try_set(in_sight);
        }
    };
    let listener: StoredValue<Option<ViewportListener>, LocalStorage> =
        StoredValue::new_local(Some(viewport::on_scroll_or_resize(move |_| measure())));
    let size: StoredValue<Option<SizeListener>, LocalStorage> = StoredValue::new_local(None);
    on_cleanup(move || {
        listener.try_update_value(Option::take);
        size.try_update_value(Option::take);
    });
    Effect::new(move |_| {
        if let Some(canvas) = scene.canvas.get() {
            size.set_value(viewport::on_size(&canvas, move || request_animation_frame(measure)));
            // It may be put into the page only after this.
            spawn_local(async move {
                tick().await;
                measure();
            });
        }
    });
}
