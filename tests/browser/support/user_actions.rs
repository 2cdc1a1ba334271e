//! What a user does: typing, leaving a field, choosing, clicking, pressing keys.

use super::{Screen, all_in, focused, found_in, name_of, text_of, wait_until};
use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Element, Event, EventInit, EventTarget, FocusEvent, FocusEventInit, HtmlElement, KeyboardEvent, KeyboardEventInit,
};

impl Screen {
    /// Clicks the only button with this name.
    pub(crate) fn click_button(&self, name: &str) {
        self.find("button", name).click();
    }

    /// Opens the menu behind the button with this name, unless it is open, and waits for its content.
    pub(crate) async fn open_menu(&self, name: &str) -> Element {
        let button = self.find("button", name);
        let menu = self.one(&format!("#{}", button.get_attribute("popovertarget").unwrap()));
        if !menu.matches(":popover-open").unwrap() {
            // As a real click does.
            button.focus().unwrap();
            button.click();
        }
        let is_loaded = || menu.child_element_count() > 0 && all_in(&menu, ".waiting").is_empty();
        wait_until("the menu's content", is_loaded).await;
        menu
    }

    /// Replaces the text of the textbox with this name.
    pub(crate) fn type_text(&self, name: &str, text: &str) {
        type_into(&self.find("textbox", name), text);
    }

    /// Moves the focus out of the textbox with this name.
    pub(crate) fn blur(&self, name: &str) {
        blur(&self.find("textbox", name), None);
    }

    /// Selects an option, by its text, of the combobox with this name.
    pub(crate) fn select_option(&self, name: &str, option: &str) {
        let select = self.find("combobox", name);
        let chosen = all_in(&select, "option").into_iter().find(|found| text_of(found) == option);
        let value = get(&chosen.unwrap_or_else(|| panic!("no option {option} in {name}")), "value");
        set(&select, "value", &value);
        dispatch(&select, "change");
    }

    /// The text of the selected option of the combobox with this name.
    pub(crate) fn selected_option(&self, name: &str) -> String {
        let select = self.find("combobox", name);
        text_of(&get(&get(&select, "selectedOptions"), "0").unchecked_into())
    }

    /// Chooses a radio button in the group with this name.
    pub(crate) fn choose_radio(&self, group: &str, name: &str) {
        let group = self.find("group", group);
        found_in(&group, "radio").into_iter().find(|radio| name_of(radio) == name).unwrap().click();
    }
}

/// Replaces the text of a field.
pub(crate) fn type_into(field: &HtmlElement, text: &str) {
    field.focus().unwrap();
    assert!(focused(field), "the field cannot be focused");
    set(field, "value", &text.into());
    dispatch(field, "input");
}

/// Moves the focus out of a field, to another element or to none.
pub(crate) fn blur(field: &Element, to: Option<&Element>) {
    let init = FocusEventInit::new();
    init.set_related_target(to.map(AsRef::as_ref));
    field.dispatch_event(&FocusEvent::new_with_focus_event_init_dict("blur", &init).unwrap()).unwrap();
}

/// Presses a key. Returns whether the default action was not prevented.
pub(crate) fn press_key(target: &EventTarget, key: &str, shift: bool) -> bool {
    let init = KeyboardEventInit::new();
    init.set_key(key);
    init.set_shift_key(shift);
    init.set_bubbles(true);
    init.set_cancelable(true);
    target.dispatch_event(&KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap()).unwrap()
}

/// Dispatches an event that bubbles. Returns whether the default action was not prevented.
pub(crate) fn dispatch(target: &EventTarget, name: &str) -> bool {
    let init = EventInit::new();
    init.set_bubbles(true);
    init.set_cancelable(true);
    target.dispatch_event(&Event::new_with_event_init_dict(name, &init).unwrap()).unwrap()
}

pub(crate) fn get(object: &JsValue, key: &str) -> JsValue {
    Reflect::get(object, &key.into()).unwrap()
}

pub(crate) fn set(object: &JsValue, key: &str, value: &JsValue) {
    assert!(Reflect::set(object, &key.into(), value).unwrap());
}
