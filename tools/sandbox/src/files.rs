//! x
use crate::app::ConsoleOptions;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
/// x
pub struct Files;
impl Files {
    /// x
    pub fn new(_: &ConsoleOptions) -> Result<Self, String> {
        Ok(Self)
    }
    /// x
    pub async fn serve(&self, _: &Method, _: &Uri, _: &HeaderMap) -> Response {
        StatusCode::NOT_FOUND.into_response()
    }
}
