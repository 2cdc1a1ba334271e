//! Reading and rewriting the start tags of `index.html` that name other files.
//!
//! Not an HTML parser: it knows comments, quoted and bare attribute values, and nothing of the tree. That is
//! enough for a document this project writes itself.

/// A `link`, `script` or `style` start tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tag {
    /// In lower case.
    pub(crate) name: String,
    /// In their order. An attribute without a value has the empty one.
    attributes: Vec<(String, String)>,
}

/// The attribute that names the files of lazy functions, separated by spaces.
pub(crate) const LATER: &str = "data-later";

impl Tag {
    /// The value of an attribute.
    pub(crate) fn get(&self, attribute: &str) -> Option<&str> {
        self.attributes.iter().find(|(name, _)| name == attribute).map(|(_, value)| value.as_str())
    }

    /// Gives an attribute a value, in place or at the end.
    pub(crate) fn set(&mut self, attribute: &str, value: String) {
        match self.attributes.iter_mut().find(|(name, _)| name == attribute) {
            Some((_, old)) => *old = value,
            None => self.attributes.push((attribute.to_owned(), value)),
        }
    }

    /// The attributes that name a file the page loads at once. A `link` of another kind only names it.
    pub(crate) fn references(&self) -> &'static [&'static str] {
        const LOADED: [&str; 6] = ["stylesheet", "modulepreload", "preload", "icon", "apple-touch-icon", "manifest"];
        let kind = self.get("rel").unwrap_or_default();
        match self.name.as_str() {
            "script" => &["src", "data-glue", "data-wasm"],
            "link" if kind.split_whitespace().any(|word| LOADED.contains(&word)) => &["href"],
            _ => &[],
        }
    }

    fn write(&self) -> String {
        let mut written = format!("<{}", self.name);
        for (name, value) in &self.attributes {
            written.push(' ');
            written.push_str(name);
            if !value.is_empty() {
                written.push_str("=\"");
                written.push_str(&value.replace('&', "&amp;").replace('"', "&quot;"));
                written.push('"');
            }
        }
        written.push('>');
        written
    }
}

/// The tags of a page, in their order.
pub(crate) fn tags(page: &str) -> Vec<Tag> {
    let mut found = Vec::new();
    replace(page, |tag| {
        found.push(tag.clone());
        None
    });
    found
}

/// The page with each tag as `change` leaves it. A tag that is left alone keeps its bytes.
pub(crate) fn rewrite(page: &str, mut change: impl FnMut(&mut Tag)) -> String {
    replace(page, |tag| {
        let mut changed = tag.clone();
        change(&mut changed);
        (changed != *tag).then(|| changed.write())
    })
}

/// The page with other text in place of each tag for which `text` has some.
pub(crate) fn replace(page: &str, mut text: impl FnMut(&Tag) -> Option<String>) -> String {
    let mut written = String::with_capacity(page.len() + 512);
    let mut rest = page;
    while let Some(start) = rest.find('<') {
        let (before, from) = rest.split_at(start);
        written.push_str(before);
        let (tag, after) = piece(from);
        let source = from.strip_suffix(after).unwrap_or(from);
        match tag.as_ref().and_then(&mut text) {
            Some(text) => written.push_str(&text),
            None => written.push_str(source),
        }
        rest = after;
    }
    written.push_str(rest);
    written
}

/// Splits a comment, a tag, or else a lone `<` off the text that begins with it.
fn piece(text: &str) -> (Option<Tag>, &str) {
    let after = text.strip_prefix('<').unwrap_or(text);
    if let Some(comment) = after.strip_prefix("!--") {
        return (None, comment.split_once("-->").map_or("", |(_, rest)| rest));
    }
    start_tag(after).map_or((None, after), |(tag, rest)| (Some(tag), rest))
}

/// Reads a tag from behind its `<`, and what follows it.
fn start_tag(text: &str) -> Option<(Tag, &str)> {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric())?;
    let (name, mut rest) = text.split_at_checked(end)?;
    let name = name.to_ascii_lowercase();
    if !["link", "script", "style"].contains(&name.as_str()) {
        return None;
    }
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if let Some(after) = rest.strip_prefix('>') {
            return Some((Tag { name, attributes }, after));
        }
        let end = rest.find(|c: char| c.is_ascii_whitespace() || ['=', '>', '/'].contains(&c))?;
        let (attribute, after) = rest.split_at_checked(end)?;
        rest = after.trim_start();
        let mut value = "";
        if let Some(after) = rest.strip_prefix('=') {
            (value, rest) = attribute_value(after.trim_start())?;
        }
        attributes.push((attribute.to_ascii_lowercase(), value.replace("&quot;", "\"").replace("&amp;", "&")));
    }
}

fn attribute_value(text: &str) -> Option<(&str, &str)> {
    for quote in ['"', '\''] {
        if let Some(quoted) = text.strip_prefix(quote) {
            return quoted.split_once(quote);
        }
    }
    text.split_at_checked(text.find(|c: char| c.is_ascii_whitespace() || c == '>')?)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<!doctype html><!-- <script src=no.js> --><head><LINK rel=stylesheet href=./a.css>\
        <link rel='modulepreload' href='./a.js' crossorigin><link rel=\"help\" href=\"./help.html\"></head>\
        <body class=x>1 < 2<script type=\"module\" src=\"./boot.js\" data-wasm=./a.wasm></script></body>";

    #[test]
    fn tags_are_read_quoted_or_bare_and_comments_are_not() {
        let read: Vec<_> = tags(PAGE)
            .iter()
            .map(|tag| tag.references().iter().filter_map(|name| tag.get(name)).collect::<Vec<_>>().join(" "))
            .collect();
        assert_eq!(read, ["./a.css", "./a.js", "", "./boot.js ./a.wasm"]);
    }

    #[test]
    fn a_page_that_is_not_changed_keeps_its_bytes() {
        assert_eq!(rewrite(PAGE, |_| {}), PAGE);
        assert_eq!(rewrite("a < b <script", |_| {}), "a < b <script");
    }

    #[test]
    fn an_attribute_is_changed_in_place_or_added() {
        let page = rewrite(PAGE, |tag| {
            if tag.get("href") == Some("./a.css") {
                tag.set("href", "./b.css".into());
                tag.set("integrity", "sha384-x".into());
            }
        });
        assert_eq!(
            page,
            PAGE.replace(
                "<LINK rel=stylesheet href=./a.css>",
                r#"<link rel="stylesheet" href="./b.css" integrity="sha384-x">"#
            )
        );
    }

    #[test]
    fn a_tag_is_replaced_by_text() {
        let page = replace(PAGE, |tag| (tag.get("rel") == Some("modulepreload")).then(|| "<p>".to_owned()));
        assert_eq!(page, PAGE.replace("<link rel='modulepreload' href='./a.js' crossorigin>", "<p>"));
    }
}
