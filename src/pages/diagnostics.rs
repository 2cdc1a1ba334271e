//! Diagnostics: what this console is, what it talks to, and what it knows of itself. Nothing secret.

use crate::app::{Console, console};
use crate::browser::number;
use crate::components::{CopyButton, Heading, MaybeTime};
use crate::config::AuthSource;
use crate::dom::{Node, component, tracked, view};
use crate::reactive::{Signal, memo};
use crate::text::{diagnostics as words, sign_in};

/// The page of facts about the console.
#[component]
pub fn DiagnosticsPage() -> Node {
    let Console { ui, session, api, .. } = console();
    let config = ui.config.get();
    let source = match config.auth {
        AuthSource::Paste => words::SOURCE_PASTE,
        AuthSource::Endpoint { .. } => words::SOURCE_ENDPOINT,
        AuthSource::Host => words::SOURCE_HOST,
    };
    let claims = memo(move || session.claims());
    let clock = move || {
        ui.clock.tick();
        ui.clock.offset().map_or_else(
            || words::CLOCK_UNKNOWN.to_owned(),
            |(offset, error)| words::clock_offset(&offset.words(), offset.millis() >= 0, &error.words()),
        )
    };
    let operations = words::OPERATIONS
        .into_iter()
        .zip(api.addresses())
        .map(|(name, (method, address))| {
            let text = format!("{method} {address}");
            view! {
                <div class="fact">
                    <dt>{name}</dt>
                    <dd>
                        <bdi class="id">{text.clone()}</bdi>
                        <CopyButton what="address" text=text />
                    </dd>
                </div>
            }
        })
        .collect::<Vec<_>>();
    let unknown = ui.config.unknown_keys();
    let unknown = if unknown.is_empty() { words::NONE.to_owned() } else { unknown.join(", ") };
    view! {
        <div class="page-head">
            <Heading text=words::TITLE.to_owned() />
        </div>
        <div class="card facts">
            <h2>{words::CONSOLE}</h2>
            <dl>
                {fact(words::VERSION, || env!("CARGO_PKG_VERSION").to_owned())}
                {fact(words::POLL, { let seconds = config.poll_seconds; move || words::every(&number::group(u64::from(seconds))) })}
                {fact(words::UNKNOWN_KEYS, move || unknown.clone())}
            </dl>
        </div>
        <div class="card facts">
            <h2>{words::API}</h2>
            <dl>{operations} {fact(words::CLOCK_OFFSET, clock)}</dl>
        </div>
        <div class="card facts">
            <h2>{words::SESSION}</h2>
            <dl>
                {fact(words::SOURCE, move || source.to_owned())}
                {fact(words::KEPT, move || if session.kept() { words::KEPT_TAB } else { words::KEPT_MEMORY }.to_owned())}
                {fact(words::APPLICATION, move || claims.with(|claims| claims.as_ref().and_then(|claims| claims.application_id.clone())).unwrap_or_else(|| sign_in::NO_APPLICATION.to_owned()))}
                {fact(words::SUBJECT, move || claims.with(|claims| claims.as_ref().and_then(|claims| claims.subject.clone())).unwrap_or_else(|| sign_in::NO_APPLICATION.to_owned()))}
                <div class="fact">
                    <dt>{words::EXPIRES}</dt>
                    <dd>
                        <MaybeTime at=Signal::derive(move || claims.with(|claims| claims.as_ref().and_then(|claims| claims.expires_at))) />
                    </dd>
                </div>
            </dl>
        </div>
    }
}

fn fact(term: &'static str, value: impl FnMut() -> String + 'static) -> Node {
    view! {
        <div class="fact">
            <dt>{term}</dt>
            <dd>
                <bdi>{tracked(value)}</bdi>
            </dd>
        </div>
    }
}
