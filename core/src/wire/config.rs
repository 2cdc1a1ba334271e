//! The run-time configuration file, documented in README.md.

use super::json::{Members, Raw};
use serde::de::Error;
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use std::marker::PhantomData;

/// `config.json`. Every key is optional.
#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct ConfigFile<'a> {
    #[serde(borrow)]
    pub(crate) api_base: Key<'a, String>,
    pub(crate) paths: Key<'a, Paths<'a>>,
    pub(crate) auth: Key<'a, Auth<'a>>,
    pub(crate) embed: Key<'a, Embed<'a>>,
    pub(crate) actions: Key<'a, Actions<'a>>,
    pub(crate) poll: Key<'a, Poll<'a>>,
    pub(crate) environment: Key<'a, String>,
    pub(crate) jobs: Key<'a, Jobs<'a>>,
    pub(crate) title: Key<'a, String>,
    pub(crate) links: Key<'a, Links<'a>>,
    pub(crate) zone: Key<'a, String>,
    pub(crate) theme: Key<'a, String>,
}

/// Job ids and their labels.
#[derive(Default)]
pub(crate) struct Jobs<'a>(pub(crate) Members<'a>);

/// The operations' paths.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(crate) struct Paths<'a> {
    #[serde(borrow)]
    pub(crate) create: Key<'a, String>,
    pub(crate) list: Key<'a, String>,
    pub(crate) run: Key<'a, String>,
    pub(crate) stop: Key<'a, String>,
    pub(crate) summary: Key<'a, String>,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct Auth<'a> {
    /// `paste`, `endpoint` or `host`
    #[serde(borrow)]
    pub(crate) source: Key<'a, String>,
    pub(crate) token_url: Key<'a, String>,
    /// `session` or `memory`
    pub(crate) storage: Key<'a, String>,
    pub(crate) idle_minutes: Key<'a, u32>,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct Embed<'a> {
    #[serde(borrow)]
    pub(crate) allowed_origins: Key<'a, Vec<Key<'a, String>>>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(crate) struct Actions<'a> {
    #[serde(borrow)]
    pub(crate) create: Key<'a, bool>,
    pub(crate) stop: Key<'a, bool>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(crate) struct Poll<'a> {
    #[serde(borrow)]
    pub(crate) seconds: Key<'a, u32>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(crate) struct Links<'a> {
    #[serde(borrow)]
    pub(crate) job: Key<'a, String>,
    pub(crate) portal: Key<'a, String>,
}

/// The known keys, with those of each section: the fields above. serde does not report the fields it skipped.
pub(crate) const KNOWN: [(&str, &[&str]); 13] = [
    ("$schema", &[]),
    ("apiBase", &[]),
    ("paths", &["create", "list", "run", "stop", "summary"]),
    ("auth", &["source", "tokenUrl", "storage", "idleMinutes"]),
    ("embed", &["allowedOrigins"]),
    ("actions", &["create", "stop"]),
    ("poll", &["seconds"]),
    ("environment", &[]),
    ("jobs", &[]),
    ("title", &[]),
    ("links", &["job", "portal"]),
    ("zone", &[]),
    ("theme", &[]),
];

/// The value of a key as written, with the type expected there. It is parsed only on conversion, because the message about
/// a wrong value quotes it.
pub(crate) struct Key<'a, T> {
    raw: Option<Raw<'a>>,
    expected: PhantomData<T>,
}

impl<'a, T: Deserialize<'a>> Key<'a, T> {
    /// The value as written, and parsed if it is of the right type. `None` if the key is missing.
    pub(crate) fn found(self) -> Option<(&'a str, Option<T>)> {
        self.raw.map(|raw| (raw.0, raw.read()))
    }
}

impl<T> Default for Key<'_, T> {
    fn default() -> Self {
        Self { raw: None, expected: PhantomData }
    }
}

impl<'de: 'a, 'a, T> Deserialize<'de> for Key<'a, T> {
    fn deserialize<D: Deserializer<'de>>(field: D) -> Result<Self, D::Error> {
        Ok(Self { raw: Some(Raw::deserialize(field)?), expected: PhantomData })
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Jobs<'a> {
    fn deserialize<D: Deserializer<'de>>(field: D) -> Result<Self, D::Error> {
        Raw::deserialize(field)?.members().map(Self).ok_or_else(|| D::Error::custom("not an object"))
    }
}

impl<'a> ConfigFile<'a> {
    /// Reads the file.
    ///
    /// # Errors
    /// The parser's message, with line and column, if it is not a JSON object.
    pub(crate) fn read(text: &'a str) -> Result<Self, String> {
        let text = text.trim_start_matches('\u{feff}');
        let json: &RawValue = serde_json::from_str(text).map_err(|error| error.to_string())?;
        let file = Raw(json.get()).read();
        file.ok_or_else(|| String::from("an object { … } is expected, line 1 column 1"))
    }

    /// The unknown keys of the file; those of a section follow its name and a dot.
    pub(crate) fn unknown_keys(text: &str) -> Vec<String> {
        let root = Raw::of_body(text).and_then(Raw::members).unwrap_or_default();
        let mut unknown = Vec::new();
        for (key, value) in root {
            let key = key.text().unwrap_or_default();
            match KNOWN.into_iter().find(|(known, _)| *known == key) {
                Some((_, [])) => {}
                Some((section, known)) => {
                    let keys = value.members().unwrap_or_default().into_iter().filter_map(|(key, _)| key.text());
                    let strange = keys.filter(|key| !known.contains(&&**key));
                    unknown.extend(strange.map(|key| [section, ".", &*key].concat()));
                }
                None => unknown.push(key.into_owned()),
            }
        }
        unknown
    }
}
