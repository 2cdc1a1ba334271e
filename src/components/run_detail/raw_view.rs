//! Developer details: the raw JSON and a curl command.

use crate::components::shared::CopyButton;
use crate::text::run as words;
use leptos::prelude::*;

/// The API's answer and a curl command that reads it.
#[component]
pub fn RawView(
    /// The API's answer, verbatim
    raw: Signal<String>,
    /// The curl command
    curl: String,
) -> impl IntoView {
    // Indented, with the order and the unknown fields that the API sent. Anything but JSON stays as it is.
    let pretty = Memo::new(move |_| raw.with(|raw| runboard_core::raw::pretty(raw)));
    view! {
        <details class="developer-details">
            <summary>{words::DEVELOPERS}</summary>
            <div class="code-head">
                <h3>{words::RAW}</h3>
                <CopyButton what=words::COPY_RAW text=raw />
            </div>
            <pre class="code" tabindex="0" aria-label=words::RAW>
                <code>{move || pretty.get()}</code>
            </pre>
            <div class="code-head">
                <h3>{words::CURL}</h3>
                <CopyButton what=words::COPY_CURL text=curl.clone() />
            </div>
            <pre class="code wrap">
                <code>{curl}</code>
            </pre>
            <p class="hint">{words::CURL_HINT}</p>
        </details>
    }
}
