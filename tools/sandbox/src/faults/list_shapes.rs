//! Other shapes of a list of runs. The console has to accept every reasonable one (contract, collections).

use serde_json::{Map, Value};

/// The array of runs in a HAL page.
pub(super) fn runs_mut(body: &mut Value) -> Option<&mut Vec<Value>> {
    body.get_mut("_embedded")?.get_mut("runs")?.as_array_mut()
}

pub(super) fn bare_array(mut body: Value) -> Value {
    match runs_mut(&mut body) {
        Some(runs) => Value::Array(std::mem::take(runs)),
        None => body,
    }
}

pub(super) fn other_name(mut body: Value, name: &str) -> Value {
    if let Some(embedded) = body.get_mut("_embedded").and_then(Value::as_object_mut)
        && let Some(runs) = embedded.remove("runs")
    {
        embedded.insert(name.to_owned(), runs);
    }
    body
}

pub(super) fn next_to_itself(mut body: Value) -> Value {
    if let Some(links) = body.get_mut("_links").and_then(Value::as_object_mut)
        && let Some(this) = links.get("self").cloned()
    {
        links.insert("next".to_owned(), this);
    }
    body
}

pub(super) fn no_page_fields(body: Value) -> Value {
    match body {
        Value::Object(fields) => {
            let kept: Map<_, _> = fields.into_iter().filter(|(key, _)| key == "_embedded").collect();
            Value::Object(kept)
        }
        other => other,
    }
}

pub(super) fn replace_entry(mut body: Value, index: usize, entry: Value) -> Value {
    if let Some(run) = runs_mut(&mut body).and_then(|runs| runs.get_mut(index)) {
        *run = entry;
    }
    body
}
