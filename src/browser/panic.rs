//! The end of the line: after a panic the application is dead, so the static panel that the document carries is shown in plain DOM calls.

use super::document;

/// Shows the panel "Runboard stopped" when the program panics, and writes the place (not the data) to the console.
pub fn install() {
    std::panic::set_hook(Box::new(|info| {
        let place = info.location().map(ToString::to_string).unwrap_or_default();
        super::log::error(&format!("Runboard stopped at {place}"));
        super::frame::say(r#"{"type":"error","where":"console","message":"stopped"}"#);
        if let Some(document) = document() {
            for part in ["app", "placeholder"] {
                if let Some(part) = document.get_element_by_id(part) {
                    let _ = part.set_attribute("hidden", "");
                }
            }
            if let Some(panel) = document.get_element_by_id("stopped") {
                let _ = panel.remove_attribute("hidden");
            }
        }
    }));
}
