//! Get all runs: a HAL page in the form of the sibling resources.

use axum::extract::Query;
use axum::http::StatusCode;
use serde::Serialize;

use super::{Call, origin};
use crate::app::{API_BASE, App};
use crate::problem::Problem;
use crate::reply::Reply;
use crate::run::WireRun;
use crate::store::Order;

/// The length of a page when none is asked for.
const DEFAULT_PAGE_SIZE: u64 = 100;
/// The longest page.
const LARGEST_PAGE_SIZE: u64 = 1000;

#[derive(Clone, Copy, Debug)]
struct Wanted {
    page: u64,
    page_size: u64,
    order: Order,
}

#[derive(Serialize)]
struct WirePage<'a> {
    total_items: u64,
    page: u64,
    page_size: u64,
    _embedded: Embedded<'a>,
    total_pages: u64,
    _links: Links,
}

#[derive(Serialize)]
struct Embedded<'a> {
    runs: Vec<WireRun<'a>>,
}

#[derive(Serialize)]
struct Links {
    #[serde(rename = "self")]
    this: Link,
    #[serde(skip_serializing_if = "Option::is_none")]
    prev: Option<Link>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<Link>,
    first: Link,
}

#[derive(Serialize)]
struct Link {
    href: String,
}

pub(super) fn list(app: &App, call: &Call) -> Result<Reply, Problem> {
    let mut wanted = wanted(call).map_err(Problem::invalid)?;
    if let Some(longest) = call.longest_page {
        wanted.page_size = wanted.page_size.min(longest);
    }
    let Wanted { page, page_size, order } = wanted;
    let offset = (page - 1).saturating_mul(page_size);
    let (total, stored) = app.store.page(offset, page_size, order).map_err(Problem::internal)?;
    let now = app.clock.now();
    let total_pages = total.div_ceil(page_size);
    let origin = origin(&call.head);
    let link = |page: u64| Link {
        href: match order {
            Order::Ascending => format!("{origin}{API_BASE}/runs/?page_size={page_size}&page={page}"),
            Order::Descending => format!("{origin}{API_BASE}/runs/?page_size={page_size}&page={page}&order=desc"),
        },
    };
    let answer = WirePage {
        total_items: total,
        page,
        page_size,
        _embedded: Embedded { runs: stored.iter().map(|run| run.wire(now)).collect() },
        total_pages,
        _links: Links {
            this: link(page),
            prev: (page > 1).then(|| link(page - 1)),
            next: (page < total_pages).then(|| link(page + 1)),
            first: link(1),
        },
    };
    Reply::json(StatusCode::OK, &answer)
}

fn wanted(call: &Call) -> Result<Wanted, Vec<String>> {
    let Ok(Query(pairs)) = Query::<Vec<(String, String)>>::try_from_uri(&call.head.uri) else {
        return Err(vec!["the query could not be read".to_owned()]);
    };
    let mut errors = Vec::new();
    let mut wanted = Wanted { page: 1, page_size: DEFAULT_PAGE_SIZE, order: Order::Ascending };
    for (key, value) in &pairs {
        match key.as_str() {
            "page" => match value.parse() {
                Ok(page) if page >= 1 => wanted.page = page,
                _ => errors.push("page must be an integer not less than 1".to_owned()),
            },
            "page_size" => match value.parse() {
                Ok(size) if (1..=LARGEST_PAGE_SIZE).contains(&size) => wanted.page_size = size,
                _ => errors.push(format!("page_size must be an integer from 1 to {LARGEST_PAGE_SIZE}")),
            },
            "order" => match value.as_str() {
                "asc" => wanted.order = Order::Ascending,
                "desc" => wanted.order = Order::Descending,
                _ => errors.push("order must be asc or desc".to_owned()),
            },
            // Unknown keys are ignored, as the siblings do.
            _ => {}
        }
    }
    if errors.is_empty() { Ok(wanted) } else { Err(errors) }
}
