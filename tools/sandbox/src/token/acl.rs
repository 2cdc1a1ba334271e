//! The claim `acl.paths`: which paths and methods a token may use.

use serde_json::{Map, Value};

/// Whether `claims` allow `method` on `path`. A token without `acl.paths` may do everything.
///
/// A pattern is a path in which `*` stands for one segment and a last `**` for any rest; its value may list `methods`.
#[must_use]
pub fn allows(claims: &Map<String, Value>, method: &str, path: &str) -> bool {
    let Some(paths) = claims.get("acl").and_then(|acl| acl.get("paths")) else {
        return true;
    };
    let Some(paths) = paths.as_object() else {
        return false;
    };
    paths.iter().any(|(pattern, rule)| matches(pattern, path) && covers(rule, method))
}

fn covers(rule: &Value, method: &str) -> bool {
    match rule.get("methods") {
        None => true,
        Some(methods) => methods.as_array().is_some_and(|list| list.iter().any(|one| one.as_str() == Some(method))),
    }
}

fn matches(pattern: &str, path: &str) -> bool {
    let mut wanted = pattern.trim_end_matches('/').split('/');
    let mut given = path.trim_end_matches('/').split('/');
    loop {
        match (wanted.next(), given.next()) {
            (Some("**"), _) | (None, None) => return true,
            (Some("*"), Some(_)) => {}
            (Some(wanted), Some(given)) if wanted == given => {}
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn claims(value: Value) -> Map<String, Value> {
        value.as_object().unwrap().clone()
    }

    #[test]
    fn a_token_without_a_list_may_do_everything() {
        assert!(allows(&Map::new(), "POST", "/beta/jobs/runs"));
    }

    #[test]
    fn a_list_allows_what_it_names_and_nothing_else() {
        let reader =
            claims(json!({"acl": {"paths": {"/*/runs/**": {"methods": ["GET"]}, "/beta/jobs/runs/*/summary": {}}}}));
        for (method, path, allowed) in [
            ("GET", "/beta/runs/", true),
            ("GET", "/beta/runs/1", true),
            ("POST", "/beta/runs/1/stop", false),
            ("GET", "/beta/jobs/runs/1/summary", true),
            ("POST", "/beta/jobs/runs", false),
            ("GET", "/other", false),
        ] {
            assert_eq!(allows(&reader, method, path), allowed, "{method} {path}");
        }
        assert!(!allows(&claims(json!({"acl": {"paths": {}}})), "GET", "/beta/runs/"));
        assert!(!allows(&claims(json!({"acl": {"paths": "all"}})), "GET", "/beta/runs/"));
    }
}
