//! What will happen.

use super::super::{Notice, NoticeKind, ui};
use crate::dom::{Node, component, tracked, view};
use crate::reactive::{Memo, memo};
use crate::text::form as words;
use runboard_core::draft::{Fault, Field, NewRun};
use runboard_core::time::print::{clock_words, day_words, offset_words};

/// A sentence that says what will happen, what to think about before sending, and the exact request.
#[component]
pub fn Preview(
    /// The draft as checked now
    checked: Memo<Result<NewRun, Vec<(Field, Fault)>>>,
) -> Node {
    let ui = ui();
    let sentence = memo(move || {
        let (now, zone) = (ui.clock.tick(), ui.settings.zone());
        checked.with(|checked| {
            let run = checked.as_ref().ok()?;
            let (from, to) = (run.start_at, run.end_at);
            let (from_offset, to_offset) = (zone.offset(from), zone.offset(to));
            let same_day = day_words(from, from_offset) == day_words(to, to_offset);
            let mut start = format!("{} {}", day_words(from, from_offset), clock_words(from, from_offset));
            if from_offset != to_offset {
                start.push_str(&format!(" {}", offset_words(from_offset)));
            }
            let mut end = if same_day { String::new() } else { format!("{} ", day_words(to, to_offset)) };
            end.push_str(&format!("{} {}", clock_words(to, to_offset), offset_words(to_offset)));
            let wait = from.since(now);
            let starts = if wait.millis() > 0 { words::starts_in(&wait.words()) } else { words::STARTS_NOW.to_owned() };
            Some(words::preview(&to.since(from).exact_words(), &start, &end, &starts))
        })
    });
    let cautions = memo(move || {
        let now = ui.clock.tick();
        checked.with(|checked| {
            checked
                .as_ref()
                .map(|run| run.cautions(now).into_iter().map(words::caution).collect::<Vec<_>>())
                .unwrap_or_default()
        })
    });
    let json = memo(move || {
        checked.with(|checked| checked.as_ref().ok().map(|run| runboard_core::raw::pretty(&run.to_json())))
    });
    view! {
        <div class="preview" role="group" aria-label=words::PREVIEW>
            <p class="preview-sentence">{tracked(move || sentence.get().unwrap_or_else(|| words::PREVIEW_EMPTY.to_owned()))}</p>
            {tracked(move || {
                let cautions = cautions.get();
                (!cautions.is_empty()).then(|| view! {
                    <Notice kind=NoticeKind::Warning>
                        {cautions.into_iter().map(|caution| view! { <p>{caution}</p> }).collect::<Vec<_>>()}
                    </Notice>
                })
            })}
            {tracked(move || json.get().map(|json| view! {
                <details class="exact">
                    <summary>{words::EXACT}</summary>
                    <pre class="code wrap">
                        <code>{json}</code>
                    </pre>
                </details>
            }))}
        </div>
    }
}
