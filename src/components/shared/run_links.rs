//! Links to runs.

use crate::address::Address;
use crate::text::list;
use leptos::prelude::*;
use runboard_core::run::{RunId, is_visible};

/// Links to runs of one name; their ids tell several apart.
pub fn run_links<'a>(name: &str, ids: impl Iterator<Item = &'a RunId>) -> Vec<AnyView> {
    let name = if is_visible(name) { name } else { list::UNNAMED };
    ids.map(|id| {
        let href = Address::Run { id: id.clone() }.href();
        view! {
            <li>
                <a href=href><bdi>{name.to_owned()}</bdi></a>
                " "
                <span class="id"><bdi>{id.as_str().to_owned()}</bdi></span>
            </li>
        }
        .into_any()
    })
    .collect()
}
