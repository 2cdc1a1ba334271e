//! What happens after a panic. The application is dead then, so the static panel in `index.html` is shown with plain DOM calls.

use super::document;

/// Makes a panic show the panel "Runboard stopped", tell the host page, and log the place in the source, but no data.
pub(crate) fn install() {
    std::panic::set_hook(Box::new(|info| {
        let place = info.location().map(ToString::to_string).unwrap_or_default();
        super::log::error(&format!("Runboard stopped at {place}"));
        super::host_page::send(r#"{"type":"error","where":"console","message":"stopped"}"#);
        if let Some(document) = document() {
            for id in ["app", "placeholder"] {
                if let Some(element) = document.get_element_by_id(id) {
                    let _ = element.set_attribute("hidden", "");
                }
            }
            if let Some(panel) = document.get_element_by_id("stopped") {
                let _ = panel.remove_attribute("hidden");
            }
        }
    }));
}
