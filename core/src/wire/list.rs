//! The list of runs, in any envelope. Its pages are inferred from the SDKs of the sibling resources.

use super::fields::{count, raw};
use super::json::Raw;
use serde::Deserialize;

/// A page of the list. `_links` is not read: in the documented sample `next`, `prev`, `first` and `self` all point at
/// page 1.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(crate) struct List<'a> {
    /// From 1 on.
    #[serde(deserialize_with = "count")]
    pub(crate) page: Option<u64>,
    #[serde(deserialize_with = "count")]
    pub(crate) page_size: Option<u64>,
    #[serde(deserialize_with = "count")]
    pub(crate) total_items: Option<u64>,
    #[serde(deserialize_with = "count")]
    pub(crate) total_pages: Option<u64>,

    // Not `alias`: serde refuses a document with both spellings.
    #[serde(rename = "pageSize", deserialize_with = "count")]
    page_size_camel: Option<u64>,
    #[serde(rename = "totalItems", deserialize_with = "count")]
    total_items_camel: Option<u64>,
    #[serde(rename = "totalPages", deserialize_with = "count")]
    total_pages_camel: Option<u64>,

    /// Contains the list as `runs`, or as its only array.
    #[serde(borrow, rename = "_embedded", deserialize_with = "raw")]
    embedded: Option<Raw<'a>>,
    #[serde(deserialize_with = "raw")]
    runs: Option<Raw<'a>>,
    #[serde(deserialize_with = "raw")]
    items: Option<Raw<'a>>,
    #[serde(deserialize_with = "raw")]
    data: Option<Raw<'a>>,
}

impl<'a> List<'a> {
    /// Reads a body: the page fields, and the entries, so that an unreadable one does not lose the others. `None` if it is
    /// not a list, because "this is not a list" is better than a wrong "no runs yet".
    pub(crate) fn read(body: &'a str) -> Option<(Self, Vec<Raw<'a>>)> {
        let body = Raw::of_body(body)?;
        if let Some(entries) = body.list() {
            return Some((Self::default(), entries));
        }
        let mut list: Self = body.read()?;
        list.page_size = list.page_size.or(list.page_size_camel);
        list.total_items = list.total_items.or(list.total_items_camel);
        list.total_pages = list.total_pages.or(list.total_pages_camel);
        match list.entries() {
            Some(entries) => Some((list, entries)),
            None if list.is_empty_page() => Some((list, Vec::new())),
            None => None,
        }
    }

    fn entries(&self) -> Option<Vec<Raw<'a>>> {
        let embedded = || {
            let embedded = self.embedded?;
            let runs = embedded.members()?.into_iter().find(|(key, _)| key.0 == "\"runs\"");
            runs.and_then(|(_, runs)| runs.list()).or_else(|| embedded.only_member('[')?.list())
        };
        let top = || [self.runs, self.items, self.data].into_iter().flatten().find_map(Raw::list);
        embedded().or_else(top)
    }

    /// Whether it has page fields, and nothing in any place where a list could be.
    fn is_empty_page(&self) -> bool {
        let paged = [self.page, self.page_size, self.total_items, self.total_pages].iter().any(Option::is_some);
        let is_nothing = |json: Option<Raw<'_>>| json.is_none_or(Raw::is_null);
        let holds_nothing =
            |json: Raw<'_>| json.members().is_some_and(|all| all.iter().all(|(_, json)| json.is_null()));
        let embeds_nothing = is_nothing(self.embedded) || self.embedded.is_some_and(holds_nothing);
        paged && embeds_nothing && [self.runs, self.items, self.data].into_iter().all(is_nothing)
    }
}
