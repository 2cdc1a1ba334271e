//! Intents as the text that session storage keeps.

use super::{Fate, Intent, Made};
use crate::draft::NewRun;
use crate::json;
use crate::policy::run_match::Likeness;
use crate::run::{JobId, RunId};
use crate::time::{Span, Timestamp};
use serde_json::{Map, Value};

/// Under which key of session storage the intents of an application at an API are kept. Both parts are encoded, so no
/// two pairs share a key; neither is a secret.
pub fn storage_key(api_base: &str, application: Option<&str>) -> String {
    let encode = |text: &str| crate::address::encode_segment(text);
    ["runboard.intent/", &encode(api_base), "/", &application.map(encode).unwrap_or_default()].concat()
}

/// The intents as compact JSON; `None` when there are none to keep.
pub fn keep(intents: &[Intent]) -> Option<String> {
    let entries: Vec<Value> = intents.iter().map(entry).collect();
    (!entries.is_empty()).then(|| Value::from(entries).to_string())
}

/// The intents of a kept text, oldest first. What cannot be read is no intent: a broken entry loses the others not.
pub fn recall(text: &str) -> Vec<Intent> {
    let value = json::parse(text).unwrap_or_default();
    value.as_array().map(|entries| entries.iter().filter_map(intent).collect()).unwrap_or_default()
}

fn entry(intent: &Intent) -> Value {
    let made = intent.made.iter().map(|made| {
        let mut entry = Map::new();
        entry.insert("id".to_owned(), Value::from(made.id.as_str()));
        entry.insert("sure".to_owned(), Value::from(made.likeness == Likeness::Exact));
        entry.insert("late".to_owned(), Value::from(made.late));
        Value::from(entry)
    });
    let fields = [
        ("key", Value::from(intent.key.as_str())),
        ("askedAt", Value::from(intent.asked_at.to_iso())),
        ("tolerance", Value::from(intent.tolerance.millis())),
        ("known", Value::from(intent.known.iter().map(|id| Value::from(id.as_str())).collect::<Vec<_>>())),
        ("fate", Value::from(word(intent.fate))),
        ("made", Value::from(made.collect::<Vec<_>>())),
        ("told", Value::from(intent.told)),
    ];
    let mut entry = new_run_fields(&intent.run);
    entry.extend(fields.into_iter().map(|(key, value)| (key.to_owned(), value)));
    Value::from(entry)
}

/// What was asked for, as fields of an entry.
pub(in crate::policy) fn new_run_fields(run: &NewRun) -> Map<String, Value> {
    let fields = [
        ("jobId", Value::from(run.job_id.as_str())),
        ("name", Value::from(run.name.as_str())),
        ("startAt", Value::from(run.start_at.to_iso())),
        ("endAt", Value::from(run.end_at.to_iso())),
    ];
    fields.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
}

/// The run of these fields.
pub(in crate::policy) fn new_run(entry: &Value) -> Option<NewRun> {
    let text = |key: &str| entry.get(key)?.as_str().filter(|text| !text.is_empty());
    let time = |key: &str| Timestamp::parse(text(key)?);
    Some(NewRun {
        job_id: JobId::new(text("jobId")?),
        name: text("name")?.to_owned(),
        start_at: time("startAt")?,
        end_at: time("endAt")?,
    })
}

fn intent(entry: &Value) -> Option<Intent> {
    let text = |key: &str| entry.get(key)?.as_str().filter(|text| !text.is_empty());
    let list = |key: &str| entry.get(key).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let made: Vec<Made> = list("made").iter().filter_map(made).collect();
    let fate = FATES.into_iter().find(|fate| Some(word(*fate)) == text("fate")).unwrap_or(Fate::Open);
    Some(Intent {
        key: text("key")?.to_owned(),
        run: new_run(entry)?,
        asked_at: Timestamp::parse(text("askedAt")?)?,
        tolerance: Span::from_millis(entry.get("tolerance").and_then(Value::as_i64).unwrap_or(86_400_000).max(0)),
        known: list("known").iter().filter_map(|id| Some(RunId::new(id.as_str()?))).collect(),
        // Without a run it cannot have made one: then it is not known.
        fate: if fate == Fate::Made && made.is_empty() { Fate::Open } else { fate },
        made,
        told: entry.get("told").and_then(Value::as_bool).unwrap_or(false),
    })
}

fn made(entry: &Value) -> Option<Made> {
    let flag = |key: &str| entry.get(key).and_then(Value::as_bool).unwrap_or(false);
    Some(Made {
        id: RunId::new(json::text(entry, &["id"]).filter(|id| !id.is_empty())?),
        likeness: if flag("sure") { Likeness::Exact } else { Likeness::Probable },
        late: flag("late"),
    })
}

const FATES: [Fate; 4] = [Fate::Open, Fate::Left, Fate::Refused, Fate::Made];

const fn word(fate: Fate) -> &'static str {
    match fate {
        Fate::Open => "open",
        Fate::Left => "left",
        Fate::Refused => "refused",
        Fate::Made => "made",
    }
}
