//! Reading the configuration file, key by key in the order of its table.

use super::{AuthSource, Config, ConfigFault, Labels, Paths, Theme, TokenStorage};
use super::{checks, checks::Operation};
use crate::json;
use serde_json::{Map, Value};

type Object = Map<String, Value>;

pub(super) fn read(text: &str) -> Result<(Config, Vec<String>), ConfigFault> {
    let value: Value =
        serde_json::from_str(json::strip_bom(text)).map_err(|error| ConfigFault::NotJson(error.to_string()))?;
    let Value::Object(root) = value else {
        return Err(ConfigFault::NotJson(String::from("an object { … } is expected, line 1 column 1")));
    };
    let mut unknown = Vec::new();
    let config = Reader { unknown: &mut unknown }.config(&root)?;
    Ok((config, unknown))
}

struct Reader<'a> {
    unknown: &'a mut Vec<String>,
}

/// A part of the file: the object and what its keys are written behind (`auth.`).
#[derive(Clone, Copy)]
struct Section<'a> {
    prefix: &'static str,
    object: Option<&'a Object>,
}

impl Reader<'_> {
    fn config(&mut self, root: &Object) -> Result<Config, ConfigFault> {
        let root = Section { prefix: "", object: Some(root) };
        self.note_unknown(
            root,
            &["$schema", "apiBase", "paths", "auth", "embed", "actions", "poll", "environment"],
            &["jobs", "title", "links", "zone", "theme"],
        );
        let usual = Config::default();
        let api_base = root.text("apiBase", checks::API_BASE, checks::api_base)?.unwrap_or(usual.api_base);
        let paths = self.paths(root, usual.paths)?;
        let auth_keys = self.section(root, "auth", "auth.", &["source", "tokenUrl", "storage"])?;
        let auth = auth(auth_keys)?;
        let storage = auth_keys.word("storage", "\"session\" or \"memory\"", |word| match word {
            "session" => Some(TokenStorage::Session),
            "memory" => Some(TokenStorage::Memory),
            _ => None,
        })?;
        let embed = self.section(root, "embed", "embed.", &["allowedOrigins"])?;
        let allowed_origins = embed.origins("allowedOrigins")?;
        let actions = self.section(root, "actions", "actions.", &["create", "stop"])?;
        let (may_create, may_stop) = (actions.switch("create")?, actions.switch("stop")?);
        let poll = self.section(root, "poll", "poll.", &["seconds"])?;
        let poll_seconds = poll.seconds("seconds")?.unwrap_or(usual.poll_seconds);
        let environment = root.text("environment", "a text", |text| Some(String::from(text.trim())))?;
        let jobs = root.labels("jobs")?;
        let title = root.text("title", "a text that is not empty", checks::not_empty)?.unwrap_or(usual.title);
        let links = self.section(root, "links", "links.", &["job"])?;
        let job_link = links.text("job", checks::JOB_LINK, checks::job_link)?;
        let zone = root.text("zone", checks::ZONE, checks::zone)?.unwrap_or(usual.zone);
        let theme = root.word("theme", "\"system\", \"light\" or \"dark\"", Theme::from_word)?;
        Ok(Config {
            api_base,
            paths,
            auth,
            storage: storage.unwrap_or(usual.storage),
            allowed_origins,
            may_create: may_create.unwrap_or(usual.may_create),
            may_stop: may_stop.unwrap_or(usual.may_stop),
            poll_seconds,
            environment: environment.filter(|label| !label.is_empty()),
            jobs,
            title,
            job_link,
            zone,
            theme: theme.unwrap_or(usual.theme),
        })
    }

    fn paths(&mut self, root: Section<'_>, usual: Paths) -> Result<Paths, ConfigFault> {
        let keys = self.section(root, "paths", "paths.", &["create", "list", "run", "stop", "summary"])?;
        let whole = |key, usual| keys.path(key, Operation::OnAll, usual);
        let one = |key, usual| keys.path(key, Operation::OnOne, usual);
        Ok(Paths {
            create: whole("create", usual.create)?,
            list: whole("list", usual.list)?,
            run: one("run", usual.run)?,
            stop: one("stop", usual.stop)?,
            summary: one("summary", usual.summary)?,
        })
    }

    fn section<'a>(
        &mut self,
        root: Section<'a>,
        key: &str,
        prefix: &'static str,
        known: &[&str],
    ) -> Result<Section<'a>, ConfigFault> {
        let object = match root.get(key) {
            None => None,
            Some(Value::Object(object)) => Some(object),
            Some(found) => return Err(root.bad(key, "an object { … }", found)),
        };
        let section = Section { prefix, object };
        self.note_unknown(section, known, &[]);
        Ok(section)
    }

    fn note_unknown(&mut self, section: Section<'_>, known: &[&str], more: &[&str]) {
        let keys = section.object.into_iter().flat_map(Object::keys);
        let unknown = keys.filter(|key| !known.contains(&key.as_str()) && !more.contains(&key.as_str()));
        self.unknown.extend(unknown.map(|key| [section.prefix, key].concat()));
    }
}

/// `auth.source` and `auth.tokenUrl`.
fn auth(keys: Section<'_>) -> Result<AuthSource, ConfigFault> {
    const SOURCES: [&str; 3] = ["paste", "endpoint", "host"];
    let source = keys.word("source", "\"paste\", \"endpoint\" or \"host\"", |word| {
        SOURCES.into_iter().find(|source| *source == word)
    })?;
    let token_url = keys.text("tokenUrl", checks::TOKEN_URL, checks::token_url)?;
    Ok(match (source, token_url) {
        (Some("endpoint"), Some(token_url)) => AuthSource::Endpoint { token_url },
        (Some("endpoint"), None) => return Err(keys.bad("tokenUrl", checks::TOKEN_URL, &Value::Null)),
        (Some("host"), _) => AuthSource::Host,
        _ => AuthSource::Paste,
    })
}

impl<'a> Section<'a> {
    fn get(self, key: &str) -> Option<&'a Value> {
        self.object?.get(key)
    }

    fn bad(self, key: &str, expected: &'static str, found: &Value) -> ConfigFault {
        ConfigFault::BadValue { key: [self.prefix, key].concat(), expected, found: found.clone() }
    }

    /// A text, put into its final form by `check`.
    fn text(
        self,
        key: &str,
        expected: &'static str,
        check: impl FnOnce(&str) -> Option<String>,
    ) -> Result<Option<String>, ConfigFault> {
        self.word(key, expected, check)
    }

    fn word<T>(
        self,
        key: &str,
        expected: &'static str,
        check: impl FnOnce(&str) -> Option<T>,
    ) -> Result<Option<T>, ConfigFault> {
        let Some(found) = self.get(key) else { return Ok(None) };
        match found.as_str().and_then(check) {
            Some(value) => Ok(Some(value)),
            None => Err(self.bad(key, expected, found)),
        }
    }

    fn path(self, key: &str, operation: Operation, usual: String) -> Result<String, ConfigFault> {
        let path = self.text(key, operation.expected(), |text| checks::path(text, operation))?;
        Ok(path.unwrap_or(usual))
    }

    fn switch(self, key: &str) -> Result<Option<bool>, ConfigFault> {
        match self.get(key) {
            None => Ok(None),
            Some(Value::Bool(value)) => Ok(Some(*value)),
            Some(found) => Err(self.bad(key, "true or false", found)),
        }
    }

    fn seconds(self, key: &str) -> Result<Option<u32>, ConfigFault> {
        let Some(found) = self.get(key) else { return Ok(None) };
        match found.as_u64().and_then(|number| u32::try_from(number).ok()).filter(|number| (5..=300).contains(number)) {
            Some(seconds) => Ok(Some(seconds)),
            None => Err(self.bad(key, "a whole number from 5 to 300", found)),
        }
    }

    fn origins(self, key: &str) -> Result<Vec<String>, ConfigFault> {
        let origins = match self.get(key) {
            None => return Ok(Vec::new()),
            Some(Value::Array(origins)) => origins,
            Some(found) => return Err(self.bad(key, checks::ORIGINS, found)),
        };
        let read = |found: &Value| {
            let origin = found.as_str().filter(|text| checks::is_origin(text));
            origin.map(String::from).ok_or_else(|| self.bad(key, checks::ORIGINS, found))
        };
        origins.iter().map(read).collect()
    }

    fn labels(self, key: &str) -> Result<Labels, ConfigFault> {
        const EXPECTED: &str = "an object of job ids and labels that are not empty";
        let labels = match self.get(key) {
            None => return Ok(Labels::default()),
            Some(Value::Object(labels)) => labels,
            Some(found) => return Err(self.bad(key, EXPECTED, found)),
        };
        let read = |(id, found): (&String, &Value)| match found.as_str().and_then(checks::not_empty) {
            Some(label) => Ok((id.clone(), label)),
            None => Err(self.bad(&[key, ".", id].concat(), "a text that is not empty", found)),
        };
        labels.iter().map(read).collect()
    }
}
