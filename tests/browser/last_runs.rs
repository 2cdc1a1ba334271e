//! The success rates of a job's last runs.

use super::support::{render_plain, run, settle, text_of};
use leptos::prelude::*;
use runboard::components::LastRuns;
use runboard::state::job_rates::Rates;
use runboard_core::run::RunId;
use runboard_core::summary::Summary;
use serde_json::json;
use std::sync::Arc;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn chart_and_table_have_the_oldest_run_first() {
    let of = |id: &str| Arc::new(run(json!({ "id": id, "name": id })));
    let runs = RwSignal::new(vec![of("newest"), of("oldest")]);
    let rates = RwSignal::new(Rates::new());
    let screen =
        render_plain(move || view! { <LastRuns runs=runs rates=rates this_run=RunId::new("newest") /> }.into_any());
    settle().await;
    let rows = || screen.all("tbody tr").iter().map(text_of).collect::<Vec<_>>();
    assert_eq!(rows().len(), 2);
    assert!(rows()[0].starts_with("oldest"), "{:?}", rows());
    assert!(!screen.has(".rates-succeeded"), "nothing has been read yet");
    let body = r#"{"action_delivery_status":{"status_succeeded_count":3,"status_failed_count":1}}"#;
    let summary = Summary::read(body, &RunId::new("oldest")).unwrap();

    rates.update(|rates| rates.push((RunId::new("oldest"), Ok(summary))));
    settle().await;
    assert!(screen.has(".rates-succeeded"));
    assert!(rows()[0].contains("3 of 4 (75.0 %)"), "{:?}", rows());
}
