//! Get all runs: a HAL page as the sibling resources have it.

use axum::extract::Query;
use axum::http::StatusCode;
use serde::Serialize;

use super::call::Call;
use crate::app::App;
use crate::options::API_BASE;
use crate::problem::Problem;
use crate::reply::Reply;
use crate::run::RunResponse;
use crate::store::Order;

const DEFAULT_PAGE_SIZE: u64 = 100;
const MAX_PAGE_SIZE: u64 = 1000;

#[derive(Clone, Copy, Debug)]
struct PageQuery {
    page: u64,
    page_size: u64,
    order: Order,
}

#[derive(Serialize)]
struct ListResponse<'a> {
    total_items: u64,
    page: u64,
    page_size: u64,
    _embedded: Embedded<'a>,
    total_pages: u64,
    _links: Links,
}

#[derive(Serialize)]
struct Embedded<'a> {
    runs: Vec<RunResponse<'a>>,
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
    let PageQuery { page, page_size, order } = PageQuery::parse(call).map_err(Problem::invalid)?;
    let page_size = call.max_page_size.map_or(page_size, |max| page_size.min(max));
    let offset = (page - 1).saturating_mul(page_size);
    let (total_items, runs) = app.store.page(offset, page_size, order).map_err(Problem::internal)?;
    let now = app.clock.now();
    let total_pages = total_items.div_ceil(page_size);
    let origin = call.origin();
    let link = |page: u64| Link {
        href: match order {
            Order::OldestFirst => format!("{origin}{API_BASE}/runs/?page_size={page_size}&page={page}"),
            Order::NewestFirst => format!("{origin}{API_BASE}/runs/?page_size={page_size}&page={page}&order=desc"),
        },
    };
    let answer = ListResponse {
        total_items,
        page,
        page_size,
        _embedded: Embedded { runs: runs.iter().map(|run| run.response(now)).collect() },
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

impl PageQuery {
    /// The query's page, or everything that is wrong with it. Unknown keys are ignored, as the sibling resources do.
    fn parse(call: &Call) -> Result<Self, Vec<String>> {
        let Ok(Query(pairs)) = Query::<Vec<(String, String)>>::try_from_uri(&call.head.uri) else {
            return Err(vec!["the query could not be read".to_owned()]);
        };
        let mut errors = Vec::new();
        let mut query = Self { page: 1, page_size: DEFAULT_PAGE_SIZE, order: Order::OldestFirst };
        for (key, value) in &pairs {
            match key.as_str() {
                "page" => match value.parse() {
                    Ok(page) if page >= 1 => query.page = page,
                    _ => errors.push("page must be an integer not less than 1".to_owned()),
                },
                "page_size" => match value.parse() {
                    Ok(size) if (1..=MAX_PAGE_SIZE).contains(&size) => query.page_size = size,
                    _ => errors.push(format!("page_size must be an integer from 1 to {MAX_PAGE_SIZE}")),
                },
                "order" => match value.as_str() {
                    "asc" => query.order = Order::OldestFirst,
                    "desc" => query.order = Order::NewestFirst,
                    _ => errors.push("order must be asc or desc".to_owned()),
                },
                _ => {}
            }
        }
        if errors.is_empty() { Ok(query) } else { Err(errors) }
    }
}
