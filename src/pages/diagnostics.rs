//! Diagnostics: the build, the API's addresses, the session and the latest requests. Nothing on this page is secret.

use crate::api::request_log;
use crate::api::transport::{self, HttpRequest};
use crate::browser::{self, history, number, page};
use crate::components::shared::{Copier, CopyByHand};
use crate::components::{CopyButton, Heading, MaybeTime};
use crate::config::AuthSource;
use crate::context::{AppContext, use_app};
use crate::lazy::lazy;
use crate::state::release;
use crate::text::{diagnostics as words, problem, sign_in};
use leptos::prelude::*;
use leptos::task::spawn_local;
use runboard_core::isolate::isolate;
use runboard_core::security_headers;
use runboard_core::security_headers::{HeaderProblem, HeaderRequirements, ServedHeaders};
use runboard_core::wire::Release;

/// The page "Diagnostics".
#[component]
pub fn DiagnosticsPage() -> impl IntoView {
    let AppContext { ui, session, api, .. } = use_app();
    let config = ui.config.get();
    let source = match config.auth {
        AuthSource::Paste => words::SOURCE_PASTE,
        AuthSource::Endpoint { .. } => words::SOURCE_ENDPOINT,
        AuthSource::Host => words::SOURCE_HOST,
    };
    let claims = Memo::new(move |_| session.claims());
    let clock = move || {
        ui.clock.tick();
        ui.clock.offset().map_or_else(
            || words::CLOCK_UNKNOWN.to_owned(),
            |(offset, error)| match offset.millis() {
                -999..=999 => words::IN_SYNC.to_owned(),
                millis => words::clock_offset(&offset.words(), millis > 0, &error.words()),
            },
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
    // The outer `None` is while they are read, the inner one if they cannot be.
    let hosted = RwSignal::new(None::<Option<Release>>);
    let header_problems = RwSignal::new(None::<Option<Vec<HeaderProblem>>>);
    let requirements = HeaderRequirements {
        origin: history::origin(),
        api_origin: api.origin(),
        host_origins: config.allowed_origins.clone(),
    };
    spawn_local(async move {
        hosted.try_set(Some(release::read_hosted().await));
        let headers = read_headers().await;
        header_problems.try_set(Some(headers.map(|headers| security_headers::check_headers(&headers, &requirements))));
    });
    let hosted_build = move || match hosted.get() {
        None => words::LOADING.to_owned(),
        Some(None) => words::HOSTED_UNKNOWN.to_owned(),
        Some(Some(Release { version, commit, build })) => {
            let same = page::build_id().is_none_or(|own| own == build);
            words::hosted(&version, &build, commit.as_deref(), same)
        }
    };
    let protection = move || match header_problems.get() {
        None => view! { <p>{words::LOADING}</p> }.into_any(),
        Some(None) => view! { <p>{words::HEADERS_UNREAD}</p> }.into_any(),
        Some(Some(problems)) if problems.is_empty() => view! { <p>{words::HEADERS_OK}</p> }.into_any(),
        Some(Some(problems)) => {
            let items: Vec<_> =
                problems.iter().map(|it| view! { <li>{words::header_problem(it)}</li> }.into_any()).collect();
            view! { <p>{words::HEADERS_PROBLEMS}</p> <ul>{items}</ul> }.into_any()
        }
    };
    view! {
        <div class="page-head">
            <Heading text=words::TITLE.to_owned() />
            <CopyAll />
        </div>
        <div class="card facts">
            <h2>{words::CONSOLE}</h2>
            <dl>
                {fact(words::VERSION, || env!("CARGO_PKG_VERSION").to_owned())}
                {fact(words::BUILD, || page::build_id().unwrap_or_else(|| words::NO_BUILD_ID.to_owned()))}
                {fact(words::HOSTED, hosted_build)}
                {fact(words::POLL, { let seconds = config.poll_seconds; move || words::every(&number::group(u64::from(seconds))) })}
                {fact(words::UNKNOWN_KEYS, move || unknown.clone())}
            </dl>
        </div>
        <div class="card served">
            <h2>{words::HEADERS}</h2>
            {protection}
        </div>
        <div class="card facts">
            <h2>{words::API}</h2>
            <dl>{operations} {fact(words::CLOCK_OFFSET, clock)}</dl>
        </div>
        <div class="card facts">
            <h2>{words::SESSION}</h2>
            <dl>
                {fact(words::SOURCE, move || source.to_owned())}
                {fact(words::STORAGE, move || if session.token_is_stored() { words::STORAGE_SESSION } else { words::STORAGE_MEMORY }.to_owned())}
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
        <div class="card facts">
            <h2>{words::REQUESTS}</h2>
            <p class="hint">{words::REQUESTS_HINT}</p>
            <Requests />
        </div>
    }
}

/// Copies the whole page as text.
#[component]
fn CopyAll() -> impl IntoView {
    let copier = Copier::new(use_app().ui.announcer);
    let copy = move |_| copier.copy(browser::element_by_id("main").map(|main| main.inner_text()).unwrap_or_default());
    view! {
        <button type="button" class="button" on:click=copy>{words::COPY}</button>
        <CopyByHand copier=copier />
    }
}

/// The latest requests, updated with every tick of the clock.
#[component]
fn Requests() -> impl IntoView {
    let ui = use_app().ui;
    let requests = Memo::new(move |_| {
        ui.clock.tick();
        request_log::requests()
    });
    (move || {
        let requests = requests.get();
        if requests.is_empty() {
            return view! { <p>{words::NO_REQUESTS}</p> }.into_any();
        }
        let rows: Vec<_> = requests
            .iter()
            .map(|request| {
                let outcome =
                    request.problem.as_ref().map_or_else(|| words::SUCCEEDED.to_owned(), problem::description);
                let trace =
                    request.problem.as_ref().and_then(|problem| problem.trace.clone());
                view! {
                    <tr>
                        <td>{ui.settings.print(request.at)}</td>
                        <td>
                            <bdi class="id">{[request.method, " ", &request.address].concat()}</bdi>
                        </td>
                        <td>{words::duration(&number::group(request.millis.unsigned_abs()))}</td>
                        <td>{outcome} {trace.map(|trace| view! { <p class="trace">{problem::TRACE_ID} " " <bdi>{trace}</bdi></p> })}</td>
                    </tr>
                }
            })
            .collect();
        let heads: Vec<_> =
            words::REQUEST_COLUMNS.into_iter().map(|name| view! { <th scope="col">{name}</th> }).collect();
        view! {
            <div class="table-frame" tabindex="0" role="group" aria-label=words::REQUESTS>
                <table class="requests">
                    <thead><tr>{heads}</tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .into_any()
    })
    .into_any()
}

/// The security headers that the server sends with this page's document.
async fn read_headers() -> Option<ServedHeaders> {
    let response = transport::send(HttpRequest::get("./")).await.ok()?;
    let header = |name| response.headers.get(name);
    Some(ServedHeaders {
        content_security_policy: header("Content-Security-Policy"),
        referrer_policy: header("Referrer-Policy"),
        content_type_options: header("X-Content-Type-Options"),
        permissions_policy: header("Permissions-Policy"),
    })
}

fn fact(term: &'static str, value: impl Fn() -> String + Send + 'static) -> impl IntoView {
    view! {
        <div class="fact">
            <dt>{term}</dt>
            <dd>
                <bdi>{move || isolate(&value()).into_owned()}</bdi>
            </dd>
        </div>
    }
}

lazy! {
    /// Loads [`DiagnosticsPage`].
    pub fn diagnostics_page() -> AnyView {
        view! { <DiagnosticsPage /> }.into_any()
    }
}
