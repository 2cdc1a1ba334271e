//! What became of a create, while the form is shown.

use super::super::{Notice, NoticeKind, ProblemNotice};
use crate::dom::{IntoNode, Node, component, tracked, view};
use crate::reactive::{Signal, memo};
use crate::route::Address;
use crate::text::{form as words, problem};
use leptos::prelude::*;
use runboard_core::policy::create::Create;
use runboard_core::problem::ProblemKind;

/// Refused, with the server's words; or unknown, with what was found in the list and the way to look again.
#[component]
pub fn Outcome(
    /// Where the create stands
    creating: Signal<Create>,
    /// The person wants the list read again
    on_look: Callback<()>,
) -> Node {
    let state = memo(move || creating.get());
    tracked(move || match state.get() {
        Create::Refused { problem, .. }
            if matches!(problem.kind, ProblemKind::Unauthorised { .. } | ProblemKind::NoToken) =>
        {
            view! {
                <Notice kind=NoticeKind::Error>
                    <p>{words::REFUSED_TOKEN}</p>
                </Notice>
            }
            .into_node()
        }
        Create::Refused { problem, .. } => view! { <ProblemNotice title=words::REFUSED problem=problem /> }.into_node(),
        Create::Unknown { problem, found, .. } => {
            let links = found
                .iter()
                .map(|run| {
                    let href = Address::Run { id: run.id.clone() }.href();
                    view! {
                        <li>
                            <a href=href><bdi>{run.name.to_string()}</bdi></a>
                        </li>
                    }
                })
                .collect::<Vec<_>>();
            view! {
                <Notice kind=NoticeKind::Error>
                    <p class="notice-title">{words::UNKNOWN}</p>
                    <p>{problem::what(&problem)} " " {words::UNKNOWN_HINT}</p>
                    {(!found.is_empty()).then(|| view! { <p>{words::FOUND}</p> <ul>{links}</ul> })}
                    <div class="actions">
                        <button type="button" class="button" on:click=move |_| on_look.run(())>{words::LOOK}</button>
                    </div>
                </Notice>
            }
            .into_node()
        }
        Create::Idle | Create::Sending(_) | Create::Created { .. } => ().into_node(),
    })
    .into_node()
}
