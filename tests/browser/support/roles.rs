//! Roles and names as screen readers find them: the rules of ARIA in HTML and of accessible names, as far as this console
//! uses them. Hidden elements and those behind a modal dialog are not found.

use super::{all_in, document, get, squeeze, text_of};
use js_sys::Function;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, Node};

/// The elements with this role within another one, in document order.
pub(crate) fn found_in(root: &Element, role: &str) -> Vec<HtmlElement> {
    let parts = all_in(root, "*").into_iter();
    // A combobox that is typed into is found as a textbox, too.
    let is_typed_into = |part: &Element| role == "textbox" && part.local_name() == "input";
    let fits = |part: &Element| match role_of(part).as_deref() {
        Some("combobox") if is_typed_into(part) => true,
        found => found == Some(role),
    };
    parts.filter(|part| fits(part) && reachable(part)).map(JsCast::unchecked_into).collect()
}

fn role_of(part: &Element) -> Option<String> {
    if let Some(role) = part.get_attribute("role") {
        return Some(role);
    }
    let named = || !name_of(part).is_empty();
    let role = match part.local_name().as_str() {
        "a" if part.has_attribute("href") => "link",
        "article" => "article",
        "button" => "button",
        "dialog" => "dialog",
        "dd" => "definition",
        "dt" => "term",
        "fieldset" | "details" | "optgroup" => "group",
        "footer" => "contentinfo",
        "form" if named() => "form",
        "h1" | "h2" | "h3" => "heading",
        "header" => "banner",
        "input" => match part.get_attribute("type").as_deref() {
            Some("radio") => "radio",
            Some("checkbox") => "checkbox",
            Some("search") => "searchbox",
            None | Some("text") => "textbox",
            Some(_) => return None,
        },
        "li" => "listitem",
        "main" => "main",
        "nav" => "navigation",
        "option" => "option",
        "section" if named() => "region",
        "select" => "combobox",
        "table" => "table",
        "td" => "cell",
        "textarea" => "textbox",
        "th" => "columnheader",
        "time" => "time",
        "tr" => "row",
        "ul" => "list",
        _ => return None,
    };
    Some(role.to_owned())
}

/// The accessible name of an element.
pub(crate) fn name_of(part: &Element) -> String {
    if let Some(ids) = part.get_attribute("aria-labelledby") {
        return referred(&ids);
    }
    if let Some(name) = part.get_attribute("aria-label").filter(|name| !name.is_empty()) {
        return squeeze(&name);
    }
    let label = get(part, "labels");
    if !label.is_undefined() && !label.is_null() {
        let label = get(&label, "0");
        if let Some(label) = label.dyn_ref::<Element>().filter(|_| part.local_name() != "button") {
            return squeeze(&content(label));
        }
    }
    match part.local_name().as_str() {
        "fieldset" => part.query_selector("legend").unwrap().map(|legend| text_of(&legend)).unwrap_or_default(),
        "section" | "form" | "dialog" | "table" | "nav" | "input" | "select" | "textarea" => String::new(),
        _ => squeeze(&content(part)),
    }
}

/// The accessible description of an element.
pub(crate) fn description_of(part: &Element) -> String {
    referred(&part.get_attribute("aria-describedby").unwrap_or_default())
}

fn referred(ids: &str) -> String {
    let text = |id: &str| text_of(&document().get_element_by_id(id).unwrap_or_else(|| panic!("there is no id {id}")));
    ids.split_whitespace().map(text).collect::<Vec<_>>().join(" ")
}

/// The text in a node, without what is hidden from screen readers and without the controls in a label.
fn content(node: &Node) -> String {
    if let Some(element) = node.dyn_ref::<Element>() {
        let hidden = element.get_attribute("aria-hidden").as_deref() == Some("true");
        if hidden || matches!(element.local_name().as_str(), "select" | "input" | "textarea") {
            return String::new();
        }
    }
    let children = node.child_nodes();
    if node.node_type() == Node::TEXT_NODE {
        return node.text_content().unwrap_or_default();
    }
    (0..children.length()).map(|index| content(&children.item(index).unwrap())).collect()
}

fn reachable(part: &Element) -> bool {
    let visible = get(part, "checkVisibility").unchecked_into::<Function>().call0(part).unwrap();
    let silenced = part.closest("[aria-hidden=true], [hidden]").unwrap().is_some();
    let behind = document().query_selector("dialog:modal").unwrap().is_some_and(|modal| !modal.contains(Some(part)));
    // The text and options of a closed select are accessible although they are not rendered.
    let in_select = part.closest("select").unwrap().is_some();
    (visible.is_truthy() || in_select) && !silenced && !behind
}
