//! What applies to every request and response: who may use the control endpoints, CORS and the `Date` header.
//!
//! CORS is written here and not taken from tower-http: its `CorsLayer` answers every `OPTIONS` request, with 200 and for
//! all paths, while here only a preflight to the API gets an answer (204) and everything else stays what it is.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::app::SharedApp;
use crate::options::{API_BASE, CONTROL_BASE};
use crate::problem::Problem;

/// How many seconds a browser may reuse the answer to a preflight.
const PREFLIGHT_MAX_AGE: HeaderValue = HeaderValue::from_static("600");

pub(crate) async fn apply(State(app): State<SharedApp>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let cross_origin = app.cors && is_below(path, API_BASE) && request.headers().contains_key(header::ORIGIN);
    let mut response = if is_below(path, CONTROL_BASE) && !may_control(request.headers(), app.allow_remote) {
        refused()
    } else if cross_origin && is_preflight(&request) {
        preflight_response(request.headers())
    } else {
        next.run(request).await
    };
    let headers = response.headers_mut();
    if cross_origin {
        // No cookies are involved, so any origin may read the answer. No header is exposed: a console has to work without
        // Retry-After, Date and ETag, because the service never promised them (contract, from a browser).
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    }
    if let Ok(date) = HeaderValue::try_from(app.clock.now().http_date()) {
        headers.insert(header::DATE, date);
    }
    response
}

/// For the host page, which issues tokens just as the control endpoints do.
pub(crate) async fn only_this_machine(State(app): State<SharedApp>, request: Request, next: Next) -> Response {
    if may_control(request.headers(), app.allow_remote) { next.run(request).await } else { refused() }
}

fn refused() -> Response {
    let why = "Only pages and programs on this machine may use the sandbox's own endpoints";
    Problem::new(StatusCode::FORBIDDEN, why).into_response()
}

/// Whether `path` is `base` or lies below it.
pub(crate) fn is_below(path: &str, base: &str) -> bool {
    path.strip_prefix(base).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn is_preflight(request: &Request) -> bool {
    request.method() == Method::OPTIONS && request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD)
}

/// A preflight carries no token, so none is required (Fetch standard, CORS-preflight fetch).
fn preflight_response(request: &HeaderMap) -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET, HEAD, POST"));
    headers.insert(header::ACCESS_CONTROL_MAX_AGE, PREFLIGHT_MAX_AGE);
    // `*` would not include Authorization, so the requested names are repeated.
    if let Some(names) = request.get(header::ACCESS_CONTROL_REQUEST_HEADERS) {
        headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, names.clone());
    }
    if request.contains_key("access-control-request-private-network") {
        let allow = HeaderName::from_static("access-control-allow-private-network");
        headers.insert(allow, HeaderValue::from_static("true"));
    }
    response
}

/// The control endpoints reveal tokens and delete data. A page on the internet must not reach them through somebody's
/// browser, neither directly (then its `Origin` is foreign) nor through a name that resolves to this machine (then the
/// `Host` is foreign).
fn may_control(headers: &HeaderMap, allow_remote: bool) -> bool {
    let host = headers.get(header::HOST).and_then(|value| value.to_str().ok());
    let host_allowed = allow_remote || host.is_none_or(is_this_machine);
    let origin_allowed = match headers.get(header::ORIGIN) {
        None => true,
        Some(origin) => {
            let authority = origin.to_str().ok().and_then(|origin| origin.split_once("://")).map(|(_, rest)| rest);
            authority.is_some_and(|authority| Some(authority) == host || is_this_machine(authority))
        }
    };
    host_allowed && origin_allowed
}

fn is_this_machine(authority: &str) -> bool {
    let host = match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => authority,
    };
    let host = host.trim_start_matches('[').trim_end_matches(']');
    // Names below .localhost never leave the machine (RFC 6761, section 6.3).
    host.eq_ignore_ascii_case("localhost")
        || host.to_ascii_lowercase().ends_with(".localhost")
        || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_loopback_names_are_this_machine() {
        for (authority, expected) in [
            ("localhost", true),
            ("LOCALHOST:8080", true),
            ("portal.localhost:1", true),
            ("127.0.0.1:8080", true),
            ("127.8.9.1", true),
            ("[::1]:8080", true),
            ("localhost.example", false),
            ("notlocalhost", false),
            ("127.0.0.1.example", false),
            ("192.168.0.1:80", false),
            ("", false),
        ] {
            assert_eq!(is_this_machine(authority), expected, "{authority}");
        }
    }

    #[test]
    fn a_base_path_matches_whole_segments() {
        assert!(is_below("/beta", "/beta") && is_below("/beta/runs", "/beta"));
        assert!(!is_below("/betamax", "/beta") && !is_below("/", "/beta"));
    }
}
