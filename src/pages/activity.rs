//! What happened: lists the record, and keeps reading the runs so that it grows.

use crate::components::shared::ProblemNotice;
use crate::components::{ActivityList, RecordState};
use crate::context::{AppContext, use_app};
use crate::lazy::lazy;
use crate::state::navigation::Address;
use crate::text::activity as words;
use leptos::prelude::*;
use runboard_core::activity::{Entry, Filter};
use runboard_core::run::JobId;
use std::sync::Arc;

/// The page "Activity".
#[component]
pub fn ActivityPage() -> impl IntoView {
    let AppContext { ui, list, activity, .. } = use_app();
    let record = activity.get_or_start();
    let reading = list.follow().state();
    let problem = Memo::new(move |_| reading.with(|state| state.problem.clone()));
    let filter = Memo::new(move |_| match ui.navigation.address() {
        Address::Activity { filter } => filter,
        _ => Filter::default(),
    });
    let entries = Memo::new_with_compare(
        move |_| {
            let config = ui.config.get();
            let label = |job: &JobId| config.jobs.get(job.as_str()).map(Into::into);
            record.with_record(|record| filter.with(|filter| filter.apply(record, &label)))
        },
        differ,
    );
    let state = Memo::new(move |_| RecordState {
        kept: record.kept(),
        lost_at: record.lost_at(),
        total: record.with_record(|record| Filter::default().apply(record, &|_| None).len()),
    });
    request_animation_frame(move || ui.navigation.restore_scroll(true));
    view! {
        {move || problem.get().map(|problem| view! { <ProblemNotice title=words::NOT_RECORDED problem=problem /> })}
        <ActivityList
            entries=entries
            state=state
            filter=filter
            on_filter=move |filter| ui.navigation.type_query(&Address::Activity { filter })
            on_clear=move |()| record.clear()
        />
    }
}

fn differ(a: Option<&Vec<Arc<Entry>>>, b: Option<&Vec<Arc<Entry>>>) -> bool {
    let are_same = |a: &Vec<Arc<Entry>>, b: &Vec<Arc<Entry>>| {
        a.len() == b.len() && a.iter().zip(b).all(|(a, b)| Arc::ptr_eq(a, b))
    };
    !a.zip(b).is_some_and(|(a, b)| are_same(a, b))
}

lazy! {
    /// Loads [`ActivityPage`].
    pub fn activity_page() -> AnyView {
        view! { <ActivityPage /> }.into_any()
    }
}
