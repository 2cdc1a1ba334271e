//! The page shown when the configuration cannot be used.

use runboard_core::isolate::isolate;

pub const TITLE: &str = "This console is not set up correctly";
pub const HINT: &str = "Nothing was sent. Ask your administrator to fix config.json, then reload this page.";

pub fn not_read(why: &str) -> String {
    format!("The file config.json could not be read. {why} Reload this page to try again.")
}

pub fn not_json(parser: &str) -> String {
    let parser = isolate(parser);
    format!("The file config.json is not a JSON object: {parser}.")
}

pub fn bad_value(key: &str, expected: &str, found: &str) -> String {
    let (key, found) = (isolate(key), isolate(found));
    format!("In config.json, “{key}” has to be {expected}, but is {found}.")
}

pub const RELOAD: &str = "Reload";
