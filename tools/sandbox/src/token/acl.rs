//! The claim `acl`: which paths and methods a token may use.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::IgnoredAny;

#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Acl {
    Readable {
        /// By pattern: a path in which `*` stands for one segment and a final `**` for any number of segments.
        paths: Option<BTreeMap<String, PathRule>>,
    },
    /// Allows nothing, because nobody can tell what it was meant to allow.
    Unreadable(IgnoredAny),
}

#[derive(Debug, Deserialize)]
pub(super) struct PathRule {
    /// All methods when it is missing.
    methods: Option<Vec<String>>,
}

impl Acl {
    pub(super) fn allows(&self, method: &str, path: &str) -> bool {
        match self {
            Self::Readable { paths: None } => true,
            Self::Readable { paths: Some(paths) } => {
                paths.iter().any(|(pattern, rule)| matches(pattern, path) && rule.allows(method))
            }
            Self::Unreadable(_) => false,
        }
    }
}

impl PathRule {
    fn allows(&self, method: &str) -> bool {
        self.methods.as_ref().is_none_or(|methods| methods.iter().any(|allowed| allowed == method))
    }
}

fn matches(pattern: &str, path: &str) -> bool {
    let mut pattern = pattern.trim_end_matches('/').split('/');
    let mut path = path.trim_end_matches('/').split('/');
    loop {
        match (pattern.next(), path.next()) {
            (Some("**"), _) | (None, None) => return true,
            (Some("*"), Some(_)) => {}
            (Some(pattern), Some(segment)) if pattern == segment => {}
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn acl(value: Value) -> Acl {
        serde_json::from_value(value).unwrap()
    }

    #[test]
    fn without_paths_everything_is_allowed() {
        assert!(acl(json!({})).allows("POST", "/beta/jobs/runs"));
    }

    #[test]
    fn with_paths_only_those_are_allowed() {
        let reader = acl(json!({"paths": {"/*/runs/**": {"methods": ["GET"]}, "/beta/jobs/runs/*/summary": {}}}));
        for (method, path, allowed) in [
            ("GET", "/beta/runs/", true),
            ("GET", "/beta/runs/1", true),
            ("POST", "/beta/runs/1/stop", false),
            ("GET", "/beta/jobs/runs/1/summary", true),
            ("POST", "/beta/jobs/runs", false),
            ("GET", "/other", false),
        ] {
            assert_eq!(reader.allows(method, path), allowed, "{method} {path}");
        }
        assert!(!acl(json!({"paths": {}})).allows("GET", "/beta/runs/"));
        assert!(!acl(json!({"paths": "all"})).allows("GET", "/beta/runs/"));
    }
}
