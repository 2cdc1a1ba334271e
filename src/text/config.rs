//! When the configuration cannot be used.

/// Heading.
pub const TITLE: &str = "This console is not set up correctly";
/// Who mends it.
pub const HINT: &str = "Nothing was sent. Those who host this console have to mend the file config.json that lies beside it; then reload this page.";
/// It could not be read.
pub fn not_read(why: &str) -> String {
    format!("The file config.json could not be read. {why} Reload this page to try again.")
}
/// Not JSON.
pub fn not_json(parser: &str) -> String {
    format!("The file config.json is not a JSON object: {parser}.")
}
/// A value.
pub fn bad_value(key: &str, expected: &str, found: &str) -> String {
    format!("In config.json, “{key}” has to be {expected}, but is {found}.")
}
/// The button.
pub const RELOAD: &str = "Reload";
