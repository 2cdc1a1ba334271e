//! Outcomes that concern the whole console, told wherever the person is.

use super::{Notice, NoticeKind, ui};
use crate::dom::{Node, component, tracked, view};
use crate::reactive::{Signal, memo};
use crate::route::{Address, View};
use crate::text::shell;
use leptos::prelude::*;
use runboard_core::policy::create::Create;

/// What became of a create after the person left the form, and what the session has to say.
#[component]
pub fn Notices(
    /// Where the create stands
    #[prop(into)]
    creating: Signal<Create>,
    /// The outcome was seen
    #[prop(into)]
    dismiss_create: Callback<()>,
    /// The last token speaks for someone else
    #[prop(into)]
    switched: Signal<bool>,
    /// That was seen
    #[prop(into)]
    dismiss_switch: Callback<()>,
) -> Node {
    let router = ui().router;
    let view = memo(move || router.view());
    let create = move || {
        let at_form = matches!(view.get(), View::New(_));
        let (kind, words, link) = match creating.get() {
            // On the run's own page nothing needs to be told, and on the form the form tells.
            Create::Created { run, .. } if view.get() != View::Run(run.id.clone()) && !at_form => (
                NoticeKind::Info,
                shell::created_elsewhere(&run.name),
                (shell::OPEN_IT, Address::Run { id: run.id.clone() }),
            ),
            Create::Refused { asked, .. } if !at_form => {
                (NoticeKind::Error, shell::not_created_elsewhere(&asked.name), (shell::BACK_TO_FORM, form()))
            }
            Create::Unknown { asked, .. } if !at_form => {
                (NoticeKind::Error, shell::unknown_elsewhere(&asked.name), (shell::BACK_TO_FORM, form()))
            }
            _ => return None,
        };
        let (link, address) = link;
        Some(view! {
            <Notice kind=kind>
                <p><bdi>{words}</bdi></p>
                <div class="actions">
                    <a class="button" href=address.href()>{link}</a>
                    <button type="button" class="button quiet" on:click=move |_| dismiss_create.run(())>{shell::DISMISS}</button>
                </div>
            </Notice>
        })
    };
    let switch = move || {
        switched.get().then(|| {
            view! {
                <Notice kind=NoticeKind::Warning>
                    <p>{shell::SWITCHED}</p>
                    <div class="actions">
                        <button type="button" class="button quiet" on:click=move |_| dismiss_switch.run(())>{shell::DISMISS}</button>
                    </div>
                </Notice>
            }
        })
    };
    view! { <div class="notices">{tracked(switch)} {tracked(create)}</div> }
}

fn form() -> Address {
    Address::New { job: None, name: None, from: None }
}
