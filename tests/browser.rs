//! The component tests: each part of the console, mounted by itself in a real browser.
//!
//! They are one program because each program of tests links the whole console. Parts are found as a screen reader finds
//! them, by role and name, wherever they have these.
#![cfg(target_arch = "wasm32")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "clippy knows a test by `#[test]`, and these carry `#[wasm_bindgen_test]`"
)]

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

mod browser {
    //! One module per component or part; `support` holds what they share.

    mod support;

    mod app;
    mod banner;
    mod bulk_stop;
    mod copy_button;
    mod heading;
    mod list_tools;
    mod live_regions;
    mod long_list;
    mod new_run_fields;
    mod new_run_form;
    mod new_run_outcome;
    mod notices;
    mod pages;
    mod parts;
    mod run_detail;
    mod run_facts;
    mod run_filters;
    mod run_list;
    mod run_rows;
    mod selection;
    mod session;
    mod sign_in;
    mod sign_in_again;
    mod stop_dialog;
    mod stop_outcome;
    mod summary_card;
    mod theme_select;
    mod time_text;
    mod very_many;
    mod zone_select;
    mod zones;
}
