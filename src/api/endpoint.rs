//! Every address of the API. An [`Endpoint`] can be made here only, so that no other part can send a token elsewhere.

use crate::address::encode_segment;
use crate::browser::history;
use runboard_core::config::Config;
use runboard_core::run::RunId;

/// An absolute address of the API.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Endpoint(String);

impl Endpoint {
    /// The address as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Its origin.
    pub fn origin(&self) -> String {
        web_sys::Url::new(&self.0).map(|url| url.origin()).unwrap_or_default()
    }

    /// Where a run is asked for.
    pub fn create(config: &Config) -> Self {
        Self::join(config, &config.paths.create)
    }

    /// The list; the first page without a query, exactly as printed.
    pub fn list(config: &Config) -> Self {
        Self::join(config, &config.paths.list)
    }

    /// A further page of the list.
    pub fn list_page(config: &Config, page: u32, page_size: Option<u32>) -> Self {
        let Self(mut url) = Self::list(config);
        url.push(if url.contains('?') { '&' } else { '?' });
        url.push_str(&format!("page={page}"));
        if let Some(size) = page_size {
            url.push_str(&format!("&page_size={size}"));
        }
        Self(url)
    }

    /// One run.
    pub fn run(config: &Config, id: &RunId) -> Self {
        Self::join_id(config, &config.paths.run, id)
    }

    /// Where a stop is asked for.
    pub fn stop(config: &Config, id: &RunId) -> Self {
        Self::join_id(config, &config.paths.stop, id)
    }

    /// The summary of a run.
    pub fn summary(config: &Config, id: &RunId) -> Self {
        Self::join_id(config, &config.paths.summary, id)
    }

    fn join_id(config: &Config, path: &str, id: &RunId) -> Self {
        Self::join(config, &path.replace("{id}", &encode_segment(id.as_str())))
    }

    /// A base with a scheme stands as it is, one with a leading slash is relative to the origin, any other to the document.
    fn join(config: &Config, path: &str) -> Self {
        let base = config.api_base.trim_end_matches('/');
        let whole = format!("{base}/{}", path.trim_start_matches('/'));
        let relative_to =
            if base.contains("://") || whole.starts_with('/') { history::origin() } else { history::base() };
        let absolute = web_sys::Url::new_with_base(&whole, &relative_to).map(|url| url.href());
        Self(absolute.unwrap_or(whole))
    }
}
