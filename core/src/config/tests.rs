mod addresses;
mod shared_table;

use super::*;
use proptest::prelude::*;
use serde_json::{Value, json};

fn read(value: Value) -> Result<(Config, Vec<String>), ConfigFault> {
    Config::read(&value.to_string())
}

fn good(value: Value) -> Config {
    read(value).unwrap().0
}

/// The key of the fault.
fn bad(value: Value) -> Option<String> {
    match read(value) {
        Err(ConfigFault::BadValue { key, .. }) => Some(key),
        _ => None,
    }
}

#[test]
fn zone_of_the_browser_can_be_named() {
    let zone = |name: &str| read(json!({ "zone": name })).unwrap().0.zone;
    assert_eq!((zone("browser"), zone("UTC")), (None, Some(String::from("UTC"))));
}

#[test]
fn empty_file_gives_the_defaults() {
    let usual = Config::default();
    assert_eq!(Config::read("{}"), Ok((usual.clone(), Vec::new())));
    assert_eq!(Config::read("\u{feff} {\"$schema\": \"./config.schema.json\"}\n"), Ok((usual.clone(), Vec::new())));
    assert_eq!(
        read(json!({"paths": {}, "auth": {}, "embed": {}, "actions": {}, "poll": {}, "links": {}, "jobs": {}})),
        Ok((usual.clone(), Vec::new()))
    );
    assert_eq!((usual.api_base.as_str(), usual.poll_seconds, usual.title.as_str()), ("/beta", 15, "Runboard"));
    assert_eq!(
        (usual.zone.as_deref(), usual.theme, usual.auth, usual.storage),
        (None, Theme::System, AuthSource::Paste, TokenStorage::Session)
    );
    assert!(usual.may_create && usual.may_stop);
    let paths = usual.paths;
    assert_eq!(
        [paths.create, paths.list, paths.run, paths.stop, paths.summary],
        ["jobs/runs", "runs/", "runs/{id}", "runs/{id}/stop", "jobs/runs/{id}/summary"]
    );
}

#[test]
fn every_key_is_read() {
    let config = good(json!({
        "apiBase": "https://api.example:8443/v0.1/bulk/",
        "paths": {"create": "c", "list": "l?order=desc", "run": "r/{id}", "stop": "/s/{id}", "summary": "{id}/sum"},
        "auth": {"source": "endpoint", "tokenUrl": "/portal/token?for=runboard", "storage": "memory", "idleMinutes": 1440},
        "embed": {"allowedOrigins": ["https://portal.example", "http://localhost:3000", "http://[::1]:80801".trim_end_matches('1')]},
        "actions": {"create": false, "stop": false},
        "poll": {"seconds": 300},
        "environment": " staging ",
        "jobs": {"12345678": "Pizza"},
        "title": "Runs",
        "links": {"job": "https://portal.example/jobs/{jobId}?tab=runs", "portal": "https://portal.example/campaigns?tab=runs"},
        "zone": "America/Argentina/Buenos_Aires",
        "theme": "dark",
    }));
    let text = String::from;
    assert_eq!(
        config,
        Config {
            api_base: text("https://api.example:8443/v0.1/bulk"),
            paths: Paths {
                create: text("c"),
                list: text("l?order=desc"),
                run: text("r/{id}"),
                stop: text("s/{id}"),
                summary: text("{id}/sum")
            },
            auth: AuthSource::Endpoint { token_url: text("/portal/token?for=runboard") },
            storage: TokenStorage::Memory,
            idle_minutes: Some(1440),
            allowed_origins: vec![
                text("https://portal.example"),
                text("http://localhost:3000"),
                text("http://[::1]:8080")
            ],
            may_create: false,
            may_stop: false,
            poll_seconds: 300,
            environment: Some(text("staging")),
            jobs: [(text("12345678"), text("Pizza"))].into_iter().collect(),
            title: text("Runs"),
            job_link: Some(text("https://portal.example/jobs/{jobId}?tab=runs")),
            portal_link: Some(text("https://portal.example/campaigns?tab=runs")),
            zone: Some(text("America/Argentina/Buenos_Aires")),
            theme: Theme::Dark,
        }
    );
    assert_eq!(good(json!({"auth": {"source": "host"}})).auth, AuthSource::Host);
    assert_eq!(good(json!({"auth": {"source": "paste", "tokenUrl": "/t"}})).auth, AuthSource::Paste);
    assert_eq!(good(json!({"environment": ""})).environment, None);
}

#[test]
fn unknown_keys_are_reported_with_dots() {
    let (_, unknown) = read(json!({
        "$schema": "x", "apibase": "/x", "auth": {"token": "x", "source": "paste"}, "poll": {"second": 1},
        "jobs": {"anything": "is a job"}, "paths": {"$schema": 1},
    }))
    .unwrap();
    let mut unknown = unknown;
    unknown.sort();
    assert_eq!(unknown, ["apibase", "auth.token", "paths.$schema", "poll.second"]);
}

#[test]
fn file_that_is_not_a_json_object_is_refused_with_line_and_column() {
    for (text, part) in [
        ("", "line 1 column 0"),
        ("{", "line 1 column 1"),
        ("{\n  \"a\": 1,\n}", "line 3 column 1"),
        ("<!doctype html>", "line 1 column 1"),
        ("[]", "object"),
        ("null", "object"),
        ("\"x\"", "object"),
        ("{} {}", "trailing characters"),
    ] {
        match Config::read(text) {
            Err(ConfigFault::NotJson(said)) => assert!(said.contains(part), "{text}: {said}"),
            other => panic!("{text}: {other:?}"),
        }
    }
}

#[test]
fn wrong_type_or_number_out_of_range_names_the_key() {
    for (value, key) in [
        (json!({"apiBase": 7}), "apiBase"),
        (json!({"paths": []}), "paths"),
        (json!({"paths": {"run": null}}), "paths.run"),
        (json!({"auth": "paste"}), "auth"),
        (json!({"auth": {"source": "PASTE"}}), "auth.source"),
        (json!({"auth": {"storage": "local"}}), "auth.storage"),
        (json!({"auth": {"idleMinutes": 4}}), "auth.idleMinutes"),
        (json!({"auth": {"idleMinutes": 1441}}), "auth.idleMinutes"),
        (json!({"auth": {"idleMinutes": "15"}}), "auth.idleMinutes"),
        (json!({"auth": {"idleMinutes": null}}), "auth.idleMinutes"),
        (json!({"embed": {"allowedOrigins": [7]}}), "embed.allowedOrigins"),
        (json!({"actions": {"create": "false"}}), "actions.create"),
        (json!({"actions": {"stop": 0}}), "actions.stop"),
        (json!({"poll": {"seconds": 4}}), "poll.seconds"),
        (json!({"poll": {"seconds": 301}}), "poll.seconds"),
        (json!({"poll": {"seconds": 15.5}}), "poll.seconds"),
        (json!({"poll": {"seconds": "15"}}), "poll.seconds"),
        (json!({"poll": {"seconds": -15}}), "poll.seconds"),
        (json!({"environment": true}), "environment"),
        (json!({"jobs": ["a"]}), "jobs"),
        (json!({"jobs": {"a": 7}}), "jobs.a"),
        (json!({"jobs": {"a": " "}}), "jobs.a"),
        (json!({"title": ""}), "title"),
        (json!({"title": null}), "title"),
        (json!({"links": null}), "links"),
        (json!({"links": {"portal": ["/"]}}), "links.portal"),
        (json!({"zone": "Europe/Ber lin"}), "zone"),
        (json!({"zone": ""}), "zone"),
        (json!({"zone": "<b>"}), "zone"),
        (json!({"theme": "Dark"}), "theme"),
    ] {
        assert_eq!(bad(value.clone()).as_deref(), Some(key), "{value}");
    }
    assert_eq!(good(json!({"poll": {"seconds": 5}})).poll_seconds, 5);
}

#[test]
fn first_fault_in_table_order_is_reported() {
    let wrong = [
        "apiBase",
        "paths",
        "auth",
        "embed",
        "actions",
        "poll",
        "environment",
        "jobs",
        "title",
        "links",
        "zone",
        "theme",
    ];
    for (index, first) in wrong.iter().enumerate() {
        let value: Value =
            wrong[index..].iter().map(|key| (String::from(*key), json!(7))).collect::<serde_json::Map<_, _>>().into();
        assert_eq!(bad(value).as_deref(), Some(*first));
    }
    let auth = json!({"auth": {"source": 1, "tokenUrl": 1, "storage": 1}, "theme": 1});
    assert_eq!(bad(auth).as_deref(), Some("auth.source"));
}

#[test]
fn found_value_is_truncated_at_80_characters() {
    let Err(ConfigFault::BadValue { found, expected, .. }) = read(json!({"poll": {"seconds": "ä".repeat(500)}}))
    else {
        panic!("a text is no number");
    };
    assert_eq!((shown(&found).chars().count(), expected), (80, "a whole number from 5 to 300"));
    let Err(ConfigFault::BadValue { found, .. }) = read(json!({"theme": {"a": [1]}})) else { panic!("no theme") };
    assert_eq!(shown(&found), r#"{"a":[1]}"#);
}

proptest! {
    #[test]
    fn any_file_is_read_without_panic(text in "\\PC{0,80}", key in "apiBase|title|zone|theme|environment", value in any::<String>()) {
        let _ = Config::read(&text);
        let _ = read(json!({key: value}));
    }
}
