//! Component tests: each component is mounted on its own in a real browser.
//!
//! They are one test binary, since each binary links the whole console. Elements are found as screen readers find them, by
//! role and name, wherever they have these.
#![cfg(target_arch = "wasm32")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "clippy knows a test by `#[test]`, and these carry `#[wasm_bindgen_test]`"
)]

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

mod browser {
    //! A module for each component; `support` has what they share.

    mod support;

    mod activity;
    mod activity_arriving;
    mod activity_persons;
    mod activity_tabs;
    mod app;
    mod attention;
    mod banner;
    mod bulk_stop;
    mod columns;
    mod copy_button;
    mod filter_terms;
    mod heading;
    mod huge_list;
    mod job_picker;
    mod job_picker_list;
    mod last_runs;
    mod left_note;
    mod list_tools;
    mod live_regions;
    mod long_list;
    mod menu_button;
    mod new_clashes;
    mod new_run_clock;
    mod new_run_fields;
    mod new_run_form;
    mod new_run_outcome;
    mod new_run_window;
    mod notices;
    mod notify;
    mod pages;
    mod pinned_zones;
    mod planning;
    mod pointed_rows;
    mod printing;
    mod quiet_hours;
    mod refresh_button;
    mod reschedule;
    mod row_click;
    mod run_detail;
    mod run_facts;
    mod run_filters;
    mod run_header;
    mod run_list;
    mod run_rows;
    mod search_terms;
    mod sections;
    mod select_all;
    mod selection;
    mod session;
    mod shared;
    mod sign_in;
    mod sign_in_again;
    mod sign_out_dialog;
    mod skip_links;
    mod state_badge;
    mod stop_dialog;
    mod stop_notices;
    mod stop_outcome;
    mod stop_selection;
    mod summary_card;
    mod theme_select;
    mod time_text;
    mod timeline;
    mod timeline_drawing;
    mod timeline_gestures;
    mod toasts;
    mod view_layout;
    mod watched_summaries;
    mod zone_select;
    mod zones;
}
