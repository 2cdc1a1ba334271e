//! Status codes and headers that a rule asks for.

use std::collections::BTreeMap;

use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

pub(super) fn status_code(code: u16) -> Result<StatusCode, String> {
    match StatusCode::from_u16(code) {
        // The server cannot send an informational status as a final response.
        Ok(status) if (200..=599).contains(&code) => Ok(status),
        _ => Err("status must be from 200 to 599".into()),
    }
}

pub(super) fn header_map(content_type: Option<&str>, headers: &BTreeMap<String, String>) -> Result<HeaderMap, String> {
    let headers = headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let mut map = HeaderMap::new();
    for (name, value) in headers.chain(content_type.map(|value| ("content-type", value))) {
        let invalid = || format!("{name} is not a valid header");
        let key = HeaderName::try_from(name).map_err(|_| invalid())?;
        map.insert(key, HeaderValue::try_from(value).map_err(|_| invalid())?);
    }
    Ok(map)
}
