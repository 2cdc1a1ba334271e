//! For integrators: the raw JSON and the command line.

use crate::components::shared::CopyButton;
use crate::text::run as words;
use leptos::prelude::*;

/// The API's answer as it came, and how to ask for it by hand.
#[component]
pub fn RawView(
    /// The body of the answer
    raw: Signal<String>,
    /// The command line
    curl: String,
) -> impl IntoView {
    // Laid out for reading; what is not JSON stays as it is. Field order and unknown fields are kept as they came.
    let pretty = Memo::new(move |_| raw.with(|raw| runboard_core::raw::pretty(raw)));
    view! {
        <details class="integrators card">
            <summary>{words::INTEGRATORS}</summary>
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
