//! The skip links.

use super::support::{Screen, attribute, focused, render_with, settle};
use leptos::prelude::*;
use runboard::components::shell::SkipLinks;
use runboard::config::Config;
use runboard::state::navigation::Address;
use runboard_core::run::RunId;
use wasm_bindgen_test::wasm_bindgen_test;

fn page_with(rows: bool) -> (Screen, RwSignal<bool>) {
    render_with(Config::default(), move |_| {
        let signed_in = RwSignal::new(true);
        let table = rows.then(|| {
            view! {
                <table class="runs">
                    <tbody>
                        <tr><td></td></tr>
                        <tr><td class="cell-name"><a href="#one">"One"</a></td></tr>
                    </tbody>
                </table>
            }
        });
        let node = view! {
            <SkipLinks shows_pages=signed_in />
            <main id="main" tabindex="-1">
                <input id="search" type="search" aria-label="Search" />
                {table}
            </main>
        };
        (signed_in, node.into_any())
    })
}

fn links(screen: &Screen) -> Vec<String> {
    screen.all("a.skip").iter().map(|link| link.text_content().unwrap()).collect()
}

#[wasm_bindgen_test]
async fn on_the_list_they_lead_to_the_search_and_to_the_first_row() {
    let (screen, _) = page_with(true);
    assert_eq!(links(&screen), ["Skip to search", "Skip to table"]);
    screen.find("link", "Skip to search").click();
    assert!(focused(&screen.one("#search")));
    screen.find("link", "Skip to table").click();
    assert!(focused(&screen.find("link", "One")));
}

#[wasm_bindgen_test]
async fn without_a_table_the_second_leads_to_the_content() {
    let (screen, _) = page_with(false);
    screen.find("link", "Skip to table").click();
    assert!(focused(&screen.one("#main")));
}

#[wasm_bindgen_test]
async fn on_other_pages_and_signed_out_there_is_one_to_the_content() {
    let (screen, signed_in) = page_with(false);
    signed_in.set(false);
    settle().await;
    assert_eq!(links(&screen), ["Skip to content"]);
    signed_in.set(true);
    screen.context.ui.navigation.rewrite(&Address::Run { id: RunId::new("r-1") });
    settle().await;
    assert_eq!(links(&screen), ["Skip to content"]);
    let link = screen.find("link", "Skip to content");
    assert_eq!(attribute(&link, "href").as_deref(), Some("#main"));
    link.click();
    assert!(focused(&screen.one("#main")));
}
