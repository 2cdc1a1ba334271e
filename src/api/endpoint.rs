//! Every address of the API. Only this module can make an [`Endpoint`], so that no other part can send a token elsewhere.

use crate::address::encode_segment;
use crate::browser::history;
use runboard_core::config::Config;
use runboard_core::run::RunId;

/// An absolute address of the API.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Endpoint(String);

impl Endpoint {
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    pub(super) fn origin(&self) -> String {
        web_sys::Url::new(&self.0).map(|url| url.origin()).unwrap_or_default()
    }

    pub(super) fn create(config: &Config) -> Self {
        Self::join(config, &config.paths.create)
    }

    /// The first page of the list, without a query.
    pub(super) fn list(config: &Config) -> Self {
        Self::join(config, &config.paths.list)
    }

    /// A further page of the list.
    pub(super) fn list_page(config: &Config, page: u32, page_size: Option<u32>) -> Self {
        let Self(mut url) = Self::list(config);
        url.push(if url.contains('?') { '&' } else { '?' });
        url.push_str(&format!("page={page}"));
        if let Some(size) = page_size {
            url.push_str(&format!("&page_size={size}"));
        }
        Self(url)
    }

    /// `None` for an id that would lead to another path, here and below.
    pub(super) fn run(config: &Config, id: &RunId) -> Option<Self> {
        Self::join_id(config, &config.paths.run, id)
    }

    pub(super) fn stop(config: &Config, id: &RunId) -> Option<Self> {
        Self::join_id(config, &config.paths.stop, id)
    }

    pub(super) fn summary(config: &Config, id: &RunId) -> Option<Self> {
        Self::join_id(config, &config.paths.summary, id)
    }

    fn join_id(config: &Config, path: &str, id: &RunId) -> Option<Self> {
        let segment = encode_segment(id.as_str())?;
        Some(Self::join(config, &path.replace("{id}", &segment)))
    }

    /// The address that all others begin with: consoles on one origin may have the same relative `apiBase` and different APIs.
    pub(super) fn base(config: &Config) -> Self {
        Self::join(config, "")
    }

    /// A base with a scheme is absolute, one with a leading slash relative to the origin, any other to the document.
    fn join(config: &Config, path: &str) -> Self {
        let base = config.api_base.trim_end_matches('/');
        let whole = format!("{base}/{}", path.trim_start_matches('/'));
        let relative_to =
            if base.contains("://") || whole.starts_with('/') { history::origin() } else { history::base() };
        let absolute = web_sys::Url::new_with_base(&whole, &relative_to).map(|url| url.href());
        Self(absolute.unwrap_or(whole))
    }
}
