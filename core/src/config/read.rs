//! From the configuration file to the configuration, key by key in the order of the documented table.

use super::{AuthSource, Config, ConfigFault, Labels, Paths, Theme, TokenStorage};
use super::{checks, checks::Operation};
use crate::wire::config::{Auth, ConfigFile, Jobs, Key, Paths as FilePaths};
use serde::Deserialize;

pub(super) fn read(text: &str) -> Result<(Config, Vec<String>), ConfigFault> {
    let file = ConfigFile::read(text).map_err(ConfigFault::NotJson)?;
    Ok((file.try_into()?, ConfigFile::unknown_keys(text)))
}

impl TryFrom<ConfigFile<'_>> for Config {
    type Error = ConfigFault;

    fn try_from(file: ConfigFile<'_>) -> Result<Self, ConfigFault> {
        let mut config = Self::default();
        text(&mut config.api_base, file.api_base, "apiBase", checks::API_BASE, checks::api_base)?;
        paths(&mut config.paths, section(file.paths, "paths")?)?;
        auth(&mut config, section(file.auth, "auth")?)?;
        let embed = section(file.embed, "embed")?;
        origins(&mut config.allowed_origins, embed.allowed_origins)?;
        let actions = section(file.actions, "actions")?;
        set(&mut config.may_create, actions.create, "actions.create", "true or false", Some)?;
        set(&mut config.may_stop, actions.stop, "actions.stop", "true or false", Some)?;
        let poll = section(file.poll, "poll")?;
        let seconds = |seconds| (5..=300).contains(&seconds).then_some(seconds);
        set(&mut config.poll_seconds, poll.seconds, "poll.seconds", "a whole number from 5 to 300", seconds)?;
        let label = |label: String| Some(checks::not_empty(&label));
        set(&mut config.environment, file.environment, "environment", "a text", label)?;
        labels(&mut config.jobs, file.jobs)?;
        text(&mut config.title, file.title, "title", "a text that is not empty", checks::not_empty)?;
        let links = section(file.links, "links")?;
        let link = |link: String| checks::job_link(&link).map(Some);
        set(&mut config.job_link, links.job, "links.job", checks::JOB_LINK, link)?;
        let link = |link: String| checks::link(&link).map(Some);
        set(&mut config.portal_link, links.portal, "links.portal", checks::LINK, link)?;
        let zone = |name: String| checks::zone(&name).map(|name| Some(name).filter(|name| name != "browser"));
        set(&mut config.zone, file.zone, "zone", checks::ZONE, zone)?;
        let theme = |word: String| Theme::from_word(&word);
        set(&mut config.theme, file.theme, "theme", "\"system\", \"light\" or \"dark\"", theme)?;
        Ok(config)
    }
}

fn paths(paths: &mut Paths, file: FilePaths<'_>) -> Result<(), ConfigFault> {
    const ON_ALL: &str = Operation::OnAll.expected();
    const ON_ONE: &str = Operation::OnOne.expected();
    let on_all = |path: &str| checks::path(path, Operation::OnAll);
    let on_one = |path: &str| checks::path(path, Operation::OnOne);
    text(&mut paths.create, file.create, "paths.create", ON_ALL, on_all)?;
    text(&mut paths.list, file.list, "paths.list", ON_ALL, on_all)?;
    text(&mut paths.run, file.run, "paths.run", ON_ONE, on_one)?;
    text(&mut paths.stop, file.stop, "paths.stop", ON_ONE, on_one)?;
    text(&mut paths.summary, file.summary, "paths.summary", ON_ONE, on_one)
}

fn auth(config: &mut Config, file: Auth<'_>) -> Result<(), ConfigFault> {
    let sources = "\"paste\", \"endpoint\" or \"host\"";
    let known = |word: String| ["paste", "endpoint", "host"].contains(&word.as_str()).then_some(word);
    let (mut source, mut token_url) = (String::new(), String::new());
    set(&mut source, file.source, "auth.source", sources, known)?;
    text(&mut token_url, file.token_url, "auth.tokenUrl", checks::TOKEN_URL, checks::token_url)?;
    config.auth = match source.as_str() {
        "endpoint" if token_url.is_empty() => return Err(fault("auth.tokenUrl", checks::TOKEN_URL, "null")),
        "endpoint" => AuthSource::Endpoint { token_url },
        "host" => AuthSource::Host,
        _ => AuthSource::Paste,
    };
    set(&mut config.storage, file.storage, "auth.storage", "\"session\" or \"memory\"", |word: String| {
        match word.as_str() {
            "session" => Some(TokenStorage::Session),
            "memory" => Some(TokenStorage::Memory),
            _ => None,
        }
    })?;
    let minutes = |minutes| (5..=1440).contains(&minutes).then_some(Some(minutes));
    set(&mut config.idle_minutes, file.idle_minutes, "auth.idleMinutes", "a whole number from 5 to 1440", minutes)
}

fn origins(origins: &mut Vec<String>, file: Key<'_, Vec<Key<'_, String>>>) -> Result<(), ConfigFault> {
    const NAME: &str = "embed.allowedOrigins";
    let mut entries = Vec::new();
    set(&mut entries, file, NAME, checks::ORIGINS, Some)?;
    for entry in entries {
        let mut origin = String::new();
        let exact = |origin: &str| checks::is_origin(origin).then(|| origin.to_owned());
        text(&mut origin, entry, NAME, checks::ORIGINS, exact)?;
        origins.push(origin);
    }
    Ok(())
}

fn labels(labels: &mut Labels, file: Key<'_, Jobs<'_>>) -> Result<(), ConfigFault> {
    let mut jobs = Jobs::default();
    set(&mut jobs, file, "jobs", "an object of job ids and labels that are not empty", Some)?;
    let labelled = jobs.0.into_iter().map(|(id, found)| {
        let id = id.text().unwrap_or_default();
        let label = found.text().and_then(|label| checks::not_empty(&label));
        let wrong = || fault(&["jobs.", &id].concat(), "a text that is not empty", found.0);
        label.ok_or_else(wrong).map(|label| (id.clone().into_owned(), label))
    });
    *labels = labelled.collect::<Result<_, _>>()?;
    Ok(())
}

/// The keys of a section; empty if it is missing.
fn section<'a, T: Deserialize<'a> + Default>(key: Key<'a, T>, name: &str) -> Result<T, ConfigFault> {
    let mut section = T::default();
    set(&mut section, key, name, "an object { … }", Some)?;
    Ok(section)
}

/// Replaces the default with the value of the key, if there is one, after `check` has converted it.
fn set<'a, T: Deserialize<'a>, U>(
    default: &mut U,
    key: Key<'a, T>,
    name: &str,
    expected: &'static str,
    check: impl FnOnce(T) -> Option<U>,
) -> Result<(), ConfigFault> {
    if let Some((json, value)) = key.found() {
        *default = value.and_then(check).ok_or_else(|| fault(name, expected, json))?;
    }
    Ok(())
}

/// [`set`] for texts.
fn text(
    default: &mut String,
    key: Key<'_, String>,
    name: &str,
    expected: &'static str,
    check: fn(&str) -> Option<String>,
) -> Result<(), ConfigFault> {
    set(default, key, name, expected, |text: String| check(&text))
}

#[cold]
fn fault(key: &str, expected: &'static str, found: &str) -> ConfigFault {
    ConfigFault::BadValue { key: key.to_owned(), expected, found: found.to_owned() }
}
