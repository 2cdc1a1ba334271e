//! The table of configurations that `public/boot.js` is checked with, too (tests/end2end/bugs/config.spec.ts): what it sends
//! ahead of the program must not be sent anywhere that the program would refuse.

use super::*;
use crate::wire::config::KNOWN;

/// A row of the table.
#[derive(serde::Deserialize)]
struct Row {
    config: Option<Value>,
    /// For what a JSON value cannot express, such as a key that stands there twice.
    text: Option<String>,
    sound: bool,
    /// Whether `boot.js` requests the list ahead of the program.
    early: bool,
}

impl Row {
    fn file(&self) -> String {
        self.text.clone().unwrap_or_else(|| self.config.as_ref().unwrap().to_string())
    }
}

fn table() -> Vec<Row> {
    serde_json::from_str(include_str!("../../../tests/fixtures/configs.json")).unwrap()
}

#[test]
fn every_configuration_of_the_table_is_judged_as_it_says() {
    for row in table() {
        assert_eq!(Config::read(&row.file()).is_ok(), row.sound, "{}", row.file());
        assert!(row.sound || !row.early, "{}", row.file());
    }
}

#[test]
fn one_configuration_of_the_table_has_every_key_and_is_early() {
    let has_every_key = |row: &Row| {
        let Some(config) = &row.config else { return false };
        KNOWN
            .into_iter()
            .all(|(key, inner)| inner.iter().all(|inner| config[key].get(inner).is_some()) && config.get(key).is_some())
    };
    assert!(table().iter().any(|row| row.early && has_every_key(row)));
}
