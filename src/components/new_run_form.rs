//! CreateState a run.

mod marks;
pub(in crate::components) mod outcome;
mod preview;
mod time_field;

use crate::address::Address;
use crate::browser::focus;
use crate::components::shared::{Field, Heading, Notice, NoticeKind, describes};
use crate::context::use_ui;
use crate::state::run_store::RunStore;
use crate::text::{create, form as words, reschedule, run as run_words};
use leptos::prelude::*;
use marks::{find, server_messages, shown_early, typed};
use outcome::Outcome;
use preview::Preview;
use runboard_core::draft::{Draft, EndChoice, Field as Which, NewRun, StartChoice, rezone};
use runboard_core::policy::create::{CreateState, Stage};
use runboard_core::policy::intent::Fingerprint;
use runboard_core::policy::tabs::Doing;
use runboard_core::problem::Problem;
use runboard_core::run::RunId;
use runboard_core::time::print::Precision;
use runboard_core::time::{Span, Timestamp};
use time_field::TimeField;

/// Where a prefilled form comes from.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Prefill {
    /// Empty, or from the address
    #[default]
    None,
    /// From a run
    From {
        /// Its name
        name: String,
        /// The length of its window, which can be run now, too
        length: Option<Span>,
        /// Whether a clock shows another time of day at the moved window than it did
        shifted: bool,
    },
    /// From a run that could not be read
    Missing,
    /// From a run that is being read: there is no form before it is known
    Waiting,
    /// It was to replace a run that could not be read: then there is none
    Unread(Problem),
}

/// The run that another one is to replace.
#[derive(Clone)]
pub struct Replaced {
    /// Its id
    pub id: RunId,
    /// Its name
    pub name: Signal<String>,
}

/// Whether the runs that a new one may clash with are known.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Others {
    /// They are being read
    Reading,
    /// All are
    Known,
    /// Not all of them could be read; why
    Unknown(Option<Problem>),
}

/// The form: one plain draft, checked as a whole; the marks appear at a field once it was left, and at all after a try to send.
#[component]
pub fn NewRunForm(
    /// What is typed; kept by whoever owns the page
    draft: RwSignal<Draft>,
    /// Where it was filled in from
    #[prop(into)]
    prefill: Signal<Prefill>,
    /// The run that it replaces
    replaces: Option<Replaced>,
    /// Job ids to suggest
    #[prop(into)]
    jobs: Signal<Vec<String>>,
    /// All runs: those it may clash with
    store: RunStore,
    /// Whether all of them are known
    #[prop(into)]
    others: Signal<Others>,
    /// Where the creates stand
    #[prop(into)]
    creating: Signal<CreateState>,
    /// The milliseconds that the next request will carry
    #[prop(into)]
    fingerprint: Signal<Fingerprint>,
    /// Whether another tab of this browser is at the same run
    #[prop(into)]
    twin: Callback<NewRun, Option<Doing>>,
    /// The person sends it
    #[prop(into)]
    on_submit: Callback<NewRun>,
    /// The person sends it again, although it is not known what became of it
    #[prop(into)]
    on_again: Callback<NewRun>,
    /// The person has seen the outcome
    #[prop(into)]
    on_seen: Callback<()>,
) -> impl IntoView {
    let ui = use_ui();
    let left = RwSignal::new(Vec::<Which>::new());
    let tried = RwSignal::new(false);
    // What was sent last; an outcome may be older than this form.
    let sent = RwSignal::new(draft.get_untracked());
    let sending = Memo::new(move |_| creating.with(CreateState::is_sending));

    let checked = Memo::new(move |_| {
        let (now, zone) = (ui.clock.tick(), ui.settings.zone());
        draft.with(|draft| draft.validate(now, &|at| zone.offset(at)))
    });
    // Changing the zone keeps the instants and rewrites the texts.
    let zone = Memo::new(move |_| ui.settings.zone());
    Effect::watch(
        move || zone.get(),
        move |zone, before, _| {
            let Some(before) = before else { return };
            let now = ui.clock.now();
            draft.update(|draft| {
                for text in [&mut draft.start_text, &mut draft.end_text] {
                    *text = rezone(text, now, &|at| before.offset(at), &|at| zone.offset(at));
                }
            });
        },
        false,
    );

    let block = Memo::new(move |_| {
        checked
            .with(|checked| checked.as_ref().ok().and_then(|run| creating.with(|creating| creating.block_reason(run))))
    });
    let looking = Memo::new(move |_| creating.with(|creating| matches!(creating.stage(), Stage::Searching(_))));
    let print = move |at: Timestamp| ui.settings.print(at, Precision::Seconds);
    let server = Memo::new(move |_| creating.with(server_messages));
    let fault_of = move |which: Which| {
        Signal::derive(move || {
            let shown = tried.get() || left.with(|left| left.contains(&which));
            let own = checked
                .with(|checked| checked.as_ref().err().and_then(|faults| find(faults, which)))
                .filter(|fault| shown_early(*fault, shown));
            own.map(|fault| words::field_error(which, fault, &print)).or_else(|| {
                // What the server said of a field stands until the field is changed.
                let same = sent.with(|sent| draft.with(|draft| typed(sent, which) == typed(draft, which)));
                server
                    .with(|server| server.iter().find(|(of, _)| *of == which).map(|(_, message)| message.clone()))
                    .filter(|_| same)
            })
        })
    };
    let leave = move |which: Which| {
        left.update(|left| {
            if !left.contains(&which) {
                left.push(which)
            }
        })
    };
    // Checked against the moment of sending, not of the last tick.
    let check_now = move || {
        let (now, zone) = (ui.clock.now(), ui.settings.zone());
        draft.with_untracked(|draft| draft.validate(now, &|at| zone.offset(at)))
    };
    let again = Callback::new(move |()| {
        if let Ok(new_run) = check_now() {
            on_again.run(new_run);
        }
    });
    let environment = ui.config.get().environment.clone();
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if sending.get_untracked() || looking.get_untracked() {
            return;
        }
        tried.set(true);
        match check_now() {
            Ok(new_run) if creating.with_untracked(|creating| creating.block_reason(&new_run).is_some()) => {
                ui.announcer.say(create::READ_OUTCOME_FIRST);
                focus::first("#create-outcome");
            }
            Ok(new_run) => {
                sent.set(draft.get_untracked());
                on_submit.run(new_run);
            }
            Err(faults) => {
                ui.announcer.say(words::CHECK_FIELDS);
                if let Some((which, _)) = faults.first() {
                    focus_field(*which, draft);
                }
            }
        }
    };
    let moves = replaces.is_some();
    let instead_of = replaces.as_ref().map(|replaced| replaced.id.clone());
    let note = move || match prefill.get() {
        Prefill::None => None,
        // Said already: what it replaces.
        Prefill::From { .. } if moves => None,
        // There is no form then.
        Prefill::Waiting | Prefill::Unread(_) => None,
        Prefill::From { name, length, shifted } => {
            let now = length.map(|length| {
                let start_now = move |_| {
                    draft.update(|draft| {
                        (draft.start, draft.end) = (StartChoice::Now, EndChoice::After);
                        draft.after_text = length.exact_words();
                    });
                };
                view! { <button type="button" class="button" on:click=start_now>{words::START_NOW_INSTEAD}</button> }
            });
            Some(view! {
                <Notice kind=if shifted { NoticeKind::Warning } else { NoticeKind::Info }>
                    <p><bdi>{words::filled_from(&name)}</bdi></p>
                    {shifted.then(|| view! { <p>{words::TIME_SHIFTED}</p> })}
                    <div class="actions">{now}</div>
                </Notice>
            })
        }
        Prefill::Missing => Some(view! { <Notice kind=NoticeKind::Warning><p>{words::RUN_NOT_READ}</p></Notice> }),
    };
    // Only the choice may draw a field anew, not what is typed into it.
    let starts_at = Memo::new(move |_| draft.with(|draft| draft.start == StartChoice::At));
    let ends_at = Memo::new(move |_| draft.with(|draft| draft.end == EndChoice::At));
    let job_fault = fault_of(Which::JobId);
    let name_fault = fault_of(Which::Name);
    let known_jobs = move || {
        let config = ui.config.get();
        let mut jobs = jobs.get();
        for job in config.jobs.ids() {
            if !jobs.iter().any(|seen| seen == job) {
                jobs.push(job.to_owned());
            }
        }
        jobs.into_iter()
            .map(|job| {
                let label = config.jobs.get(&job).map(ToOwned::to_owned);
                view! { <option value=job>{label}</option> }
            })
            .collect::<Vec<_>>()
    };
    let job_label = move || {
        let job = draft.with(|draft| draft.job_id.trim().to_owned());
        ui.config.get().jobs.get(&job).unwrap_or(words::JOB_HINT).to_owned()
    };
    view! {
        <p class="crumbs">
            <a href=move || ui.navigation.last_list().href()>{run_words::GO_TO_LIST}</a>
        </p>
        <div class="page-head">
            <Heading text=if moves { reschedule::TITLE } else { words::TITLE }.to_owned() />
        </div>
        {replaces.map(|Replaced { name, .. }| view! { <Notice kind=NoticeKind::Info><p><bdi>{move || reschedule::procedure(&name.get())}</bdi></p></Notice> })}
        {note}
        <form class="new-run card" novalidate aria-label=words::TITLE on:submit=submit>
            <Field id=JOB label=words::JOB_ID hint=Signal::derive(job_label) fault=job_fault>
                <input
                    id=JOB
                    type="text"
                    list=JOB_LIST
                    autocomplete="off"
                    spellcheck="false"
                    aria-required="true"
                    aria-describedby=describes(JOB)
                    aria-invalid=move || job_fault.get().is_some().then_some("true")
                    prop:value=move || draft.with(|draft| draft.job_id.clone())
                    on:input=move |event| draft.update(|draft| draft.job_id = event_target_value(&event))
                    on:blur=move |event| if !focus::moves_to_button(&event) { leave(Which::JobId) }
                />
                <datalist id=JOB_LIST>{known_jobs}</datalist>
            </Field>
            <Field id=NAME label=words::NAME hint=words::NAME_HINT.to_owned() fault=name_fault>
                <input
                    id=NAME
                    type="text"
                    autocomplete="off"
                    aria-required="true"
                    aria-describedby=describes(NAME)
                    aria-invalid=move || name_fault.get().is_some().then_some("true")
                    prop:value=move || draft.with(|draft| draft.name.clone())
                    on:input=move |event| draft.update(|draft| draft.name = event_target_value(&event))
                    on:blur=move |event| if !focus::moves_to_button(&event) { leave(Which::Name) }
                />
            </Field>
            <fieldset class="when">
                <legend>{words::START_GROUP}</legend>
                <div class="radios">
                    {radio("start-choice", words::NOW, Signal::derive(move || draft.with(|draft| draft.start == StartChoice::Now)), move || draft.update(|draft| draft.start = StartChoice::Now))}
                    {radio("start-choice", words::AT, Signal::derive(move || draft.with(|draft| draft.start == StartChoice::At)), move || draft.update(|draft| draft.start = StartChoice::At))}
                </div>
                {move || {
                    let at = starts_at.get();
                    let text = Signal::derive(move || draft.with(|draft| draft.start_text.clone()));
                    let write = move |text| draft.update(|draft| draft.start_text = text);
                    at.then(|| view! { <TimeField id=START label=words::START text=text fault=fault_of(Which::Start) on_text=write on_leave=move |()| leave(Which::Start) /> })
                }}
            </fieldset>
            <fieldset class="when">
                <legend>{words::END_GROUP}</legend>
                <div class="radios">
                    {radio("end-choice", words::AT, Signal::derive(move || draft.with(|draft| draft.end == EndChoice::At)), move || draft.update(|draft| draft.end = EndChoice::At))}
                    {radio("end-choice", words::AFTER, Signal::derive(move || draft.with(|draft| draft.end == EndChoice::After)), move || draft.update(|draft| draft.end = EndChoice::After))}
                </div>
                {move || {
                    let end = fault_of(Which::End);
                    if ends_at.get() {
                        let text = Signal::derive(move || draft.with(|draft| draft.end_text.clone()));
                        let write = move |text| draft.update(|draft| draft.end_text = text);
                        view! { <TimeField id=END label=words::END text=text fault=end on_text=write on_leave=move |()| leave(Which::End) /> }.into_any()
                    } else {
                        view! {
                            <Field id=LENGTH label=words::LENGTH hint=words::LENGTH_HINT.to_owned() fault=end>
                                <input
                                    id=LENGTH
                                    type="text"
                                    autocomplete="off"
                                    aria-required="true"
                                    aria-describedby=describes(LENGTH)
                                    aria-invalid=move || end.get().is_some().then_some("true")
                                    prop:value=move || draft.with(|draft| draft.after_text.clone())
                                    on:input=move |event| draft.update(|draft| draft.after_text = event_target_value(&event))
                                    on:blur=move |event| if !focus::moves_to_button(&event) { leave(Which::End) }
                                />
                            </Field>
                        }
                        .into_any()
                    }
                }}
            </fieldset>
            <Preview checked=checked block=block store=store others=others instead_of=instead_of fingerprint=fingerprint twin=twin />
            <Outcome creating=creating block=block on_again=again on_seen=on_seen />
            <div class="form-actions">
                <button type="submit" class="button primary" disabled=move || sending.get() || looking.get()>
                    {move || match () {
                        () if sending.get() => words::SENDING,
                        () if looking.get() => create::SEARCHING_BUTTON,
                        () if moves => reschedule::SUBMIT,
                        () => words::SUBMIT,
                    }}
                </button>
                <a class="button quiet" href=Address::runs().href()>{words::BACK_TO_LIST}</a>
                {environment.map(|name| view! { <p class="form-environment"><bdi>{words::environment(&name)}</bdi></p> })}
            </div>
        </form>
    }
}

const JOB: &str = "job-id";
const JOB_LIST: &str = "known-jobs";
const NAME: &str = "run-name";
const START: &str = "start";
const END: &str = "end";
const LENGTH: &str = "length";

fn radio(
    group: &'static str,
    label: &'static str,
    checked: Signal<bool>,
    choose: impl Fn() + Send + Sync + 'static,
) -> AnyView {
    view! {
        <label class="radio">
            <input type="radio" name=group prop:checked=move || checked.get() on:change=move |_| choose() />
            {label}
        </label>
    }
    .into_any()
}

fn focus_field(which: Which, draft: RwSignal<Draft>) {
    let after = draft.with_untracked(|draft| draft.end == EndChoice::After);
    let id = match which {
        Which::JobId => JOB,
        Which::Name => NAME,
        Which::Start => START,
        Which::End if after => LENGTH,
        Which::End => END,
    };
    crate::browser::focus::first(&format!("#{id}"));
}
