//! The run-time configuration: `config.json` beside the page.

mod checks;
mod read;

/// The configuration, with every default filled in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Config {
    /// `apiBase`: a path or an absolute http(s) URL, without a trailing slash (so the root of the origin is empty). A `/` and
    /// the operation's path follow it.
    pub api_base: String,
    /// `paths`
    pub paths: Paths,
    /// `auth.source`
    pub auth: AuthSource,
    /// `auth.storage`
    pub storage: TokenStorage,
    /// `auth.idleMinutes`, 5 to 1440
    pub idle_minutes: Option<u32>,
    /// `embed.allowedOrigins`
    pub allowed_origins: Vec<String>,
    /// `actions.create`
    pub may_create: bool,
    /// `actions.stop`
    pub may_stop: bool,
    /// `poll.seconds`, 5 to 300
    pub poll_seconds: u32,
    /// `environment`
    pub environment: Option<String>,
    /// `jobs`: job id to label
    pub jobs: Labels,
    /// `title`
    pub title: String,
    /// `links.job`, with `{jobId}` in it
    pub job_link: Option<String>,
    /// `links.portal`
    pub portal_link: Option<String>,
    /// `zone`: an IANA name or `UTC`, which the browser may know or not; `None` for the browser's own
    pub zone: Option<String>,
    /// `theme`
    pub theme: Theme,
}

/// Readable labels of jobs, by job id.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Labels(Vec<(String, String)>);

impl Labels {
    /// The label of a job.
    pub fn get(&self, job: &str) -> Option<&str> {
        self.0.iter().find(|(id, _)| id == job).map(|(_, label)| label.as_str())
    }

    /// The ids that have a label, each with it.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(id, label)| (id.as_str(), label.as_str()))
    }
}

impl FromIterator<(String, String)> for Labels {
    fn from_iter<T: IntoIterator<Item = (String, String)>>(labels: T) -> Self {
        Self(labels.into_iter().collect())
    }
}

/// The operations' paths, relative to the API base; `{id}` stands for the run.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Paths {
    /// `jobs/runs`
    pub create: String,
    /// `runs/`
    pub list: String,
    /// `runs/{id}`
    pub run: String,
    /// `runs/{id}/stop`
    pub stop: String,
    /// `jobs/runs/{id}/summary`
    pub summary: String,
}

/// Where the token comes from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum AuthSource {
    /// A person pastes it.
    Paste,
    /// `POST` to this same-origin address answers `{"token": …}`.
    Endpoint {
        /// `auth.tokenUrl`
        token_url: String,
    },
    /// The page that embeds the console provides it.
    Host,
}

/// Where the token is stored.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TokenStorage {
    /// The tab's session storage
    Session,
    /// Memory only: lost on reload
    Memory,
}

/// The colour theme.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Theme {
    /// The operating system's
    System,
    /// Light
    Light,
    /// Dark
    Dark,
}

impl Theme {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// Its name in the configuration and in storage.
    pub const fn word(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The theme of that name.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.word() == word)
    }
}

/// A configuration that cannot be used.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ConfigFault {
    /// Not a JSON object; the parser's message, with line and column.
    NotJson(String),
    /// A key holds a value of the wrong type, out of range, or dangerous.
    BadValue {
        /// The key as written, with dots: `auth.tokenUrl`
        key: String,
        /// What is expected, in words: `a whole number from 5 to 300`
        expected: &'static str,
        /// The value as written in the file
        found: String,
    },
}

/// A value found in a configuration, truncated at 80 characters.
pub fn shown(found: &str) -> String {
    checks::cut(found)
}

impl Default for Config {
    /// The operations' paths as documented; for the rest see the table of keys in README.md.
    fn default() -> Self {
        Self {
            api_base: String::from("/beta"),
            paths: Paths {
                create: String::from("jobs/runs"),
                list: String::from("runs/"),
                run: String::from("runs/{id}"),
                stop: String::from("runs/{id}/stop"),
                summary: String::from("jobs/runs/{id}/summary"),
            },
            auth: AuthSource::Paste,
            storage: TokenStorage::Session,
            idle_minutes: None,
            allowed_origins: Vec::new(),
            may_create: true,
            may_stop: true,
            poll_seconds: 15,
            environment: None,
            jobs: Labels::default(),
            title: String::from("Runboard"),
            job_link: None,
            portal_link: None,
            zone: None,
            theme: Theme::System,
        }
    }
}

impl Config {
    /// Reads a configuration file. Returns the configuration and the unknown keys (with dots), which are only a warning;
    /// `$schema` is fine.
    ///
    /// Dangerous values are refused: an API base that is not http(s) or a plain path (`//host`, credentials, a query, a
    /// fragment, `..`), a token URL that is not a same-origin path, origins that are not exact (`*`, `null`, a path),
    /// operation paths that leave the base or lack `{id}`, links with a scheme other than http(s).
    ///
    /// # Errors
    /// The first fault, in the order of the table of keys.
    pub fn read(text: &str) -> Result<(Self, Vec<String>), ConfigFault> {
        read::read(text)
    }
}

#[cfg(test)]
mod tests;
