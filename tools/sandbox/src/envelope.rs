//! What every request and answer passes: who may use the control endpoints, CORS, and the `Date` header.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::app::{API_BASE, CONTROL_BASE, Shared};
use crate::problem::Problem;

/// How long a browser may remember a preflight, in seconds.
const PREFLIGHT_AGE: HeaderValue = HeaderValue::from_static("600");

pub(crate) async fn envelope(State(app): State<Shared>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let cross_origin = app.cors && is_below(path, API_BASE) && request.headers().contains_key(header::ORIGIN);
    let mut response = if is_below(path, CONTROL_BASE) && !may_control(request.headers(), app.allow_remote) {
        Problem::of(StatusCode::FORBIDDEN, "The sandbox's own endpoints answer only this machine's pages and programs")
            .into_response()
    } else if cross_origin && is_preflight(&request) {
        preflight(request.headers())
    } else {
        next.run(request).await
    };
    let headers = response.headers_mut();
    if cross_origin {
        // No credentials are involved, so any origin will do. Nothing is exposed: a console has to work without
        // Retry-After, Date and ETag, because the service never promised them (contract, from a browser).
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    }
    if let Ok(date) = HeaderValue::try_from(app.clock.now().http_date()) {
        headers.insert(header::DATE, date);
    }
    response
}

/// Whether `path` is `base` or lies under it.
pub(crate) fn is_below(path: &str, base: &str) -> bool {
    path.strip_prefix(base).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn is_preflight(request: &Request) -> bool {
    request.method() == Method::OPTIONS && request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD)
}

/// A preflight carries no token, so none is asked for (Fetch standard, CORS-preflight fetch).
fn preflight(asked: &HeaderMap) -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET, HEAD, POST"));
    headers.insert(header::ACCESS_CONTROL_MAX_AGE, PREFLIGHT_AGE);
    // `*` would not cover Authorization, so the asked ones are named back.
    if let Some(names) = asked.get(header::ACCESS_CONTROL_REQUEST_HEADERS) {
        headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, names.clone());
    }
    if asked.contains_key("access-control-request-private-network") {
        let allow = HeaderName::from_static("access-control-allow-private-network");
        headers.insert(allow, HeaderValue::from_static("true"));
    }
    response
}

/// The control endpoints show tokens and delete data. A page on the internet must not reach them through somebody's
/// browser, neither directly (its `Origin` is foreign) nor by a name that resolves to this machine (its `Host` is).
fn may_control(headers: &HeaderMap, allow_remote: bool) -> bool {
    let host = headers.get(header::HOST).and_then(|value| value.to_str().ok());
    let host_is_fine = allow_remote || host.is_none_or(is_this_machine);
    let origin_is_fine = match headers.get(header::ORIGIN) {
        None => true,
        Some(origin) => {
            let authority = origin.to_str().ok().and_then(|origin| origin.split_once("://")).map(|(_, rest)| rest);
            authority.is_some_and(|authority| Some(authority) == host || is_this_machine(authority))
        }
    };
    host_is_fine && origin_is_fine
}

fn is_this_machine(authority: &str) -> bool {
    let host = match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => authority,
    };
    let host = host.trim_start_matches('[').trim_end_matches(']');
    // Names under .localhost never leave the machine (RFC 6761, section 6.3).
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
    fn a_base_is_a_whole_segment() {
        assert!(is_below("/beta", "/beta") && is_below("/beta/runs", "/beta"));
        assert!(!is_below("/betamax", "/beta") && !is_below("/", "/beta"));
    }
}
