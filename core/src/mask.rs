//! Hiding tokens in texts from outside. A server may echo the token that it was sent, in an error, a name or anywhere else;
//! on screen, in storage, in a file or on the clipboard it would outlive the session.

/// What stands in place of a token.
pub const MASK: &str = "[token hidden]";

/// A shorter piece of a token gives nothing away, and may well occur in an innocent text.
const SHORTEST_PIECE: usize = 16;
/// The least length of a header and a payload that look like a JWT, and of their dot.
const SHORTEST_JWT: usize = 2 * SHORTEST_PART + 1;
/// `eyJ` and eight more characters: less than that is no object with a claim in it.
const SHORTEST_PART: usize = 11;

/// Replaces the token, its parts, and whatever looks like a JWT (RFC 7519): two parts of base64url with a dot between them, of
/// which the first is a JSON object. Each is replaced up to the end of the word that it is in. `token` may be empty.
///
/// The text may be JSON and remains so: no escape is cut.
pub fn mask(text: String, token: &str) -> String {
    let needles = needles(token);
    let shortest = needles.iter().map(|needle| needle.len()).fold(SHORTEST_JWT, usize::min);
    let mut out = String::new();
    let (mut copied, mut from) = (0, 0);
    while let Some((start, end)) = next_word(text.as_bytes(), from, shortest) {
        from = end;
        let word = text.get(start..end).unwrap_or_default().trim_end_matches('.');
        // Most words are ids, shorter than any piece of a token: preparing a search for each would slow a long list down.
        let fitting = needles.iter().filter(|needle| needle.len() <= word.len());
        let found = fitting.filter_map(|needle| word.find(needle)).chain(jwt_in(word)).min();
        if let Some(at) = found {
            out.push_str(text.get(copied..start + at).unwrap_or_default());
            out.push_str(MASK);
            copied = start + word.len();
        }
    }
    if copied == 0 {
        return text;
    }
    out.push_str(text.get(copied..).unwrap_or_default());
    out
}

/// The token and its longer parts.
fn needles(token: &str) -> Vec<&str> {
    let parts = token.split('.').map(|part| part.trim_end_matches('='));
    let whole = token.trim_end_matches('=');
    let mut needles: Vec<&str> = parts.filter(|part| part.len() >= SHORTEST_PIECE).collect();
    needles.extend(Some(whole).filter(|whole| !whole.is_empty()));
    needles
}

/// The next word of this length or more: of letters, digits, `-`, `_` and `.`. Looks at one byte in `shortest` only until it
/// meets one: lists of runs are long, and most of their words are short.
fn next_word(text: &[u8], from: usize, shortest: usize) -> Option<(usize, usize)> {
    let is_word = |at: usize| text.get(at).is_some_and(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(byte));
    let mut probe = from + shortest.saturating_sub(1);
    while probe < text.len() {
        if !is_word(probe) {
            probe += shortest;
            continue;
        }
        let start = (from..probe).rev().find(|at| !is_word(*at)).map_or(from, |before| before + 1);
        let end = (probe..text.len()).find(|at| !is_word(*at)).unwrap_or(text.len());
        if end - start >= shortest {
            return Some((start, end));
        }
        probe = end + shortest;
    }
    None
}

/// Where a JWT begins in a word. `{"` is `eyJ` in base64.
fn jwt_in(word: &str) -> Option<usize> {
    word.match_indices("eyJ").map(|(at, _)| at).find(|at| {
        let mut parts = word.get(*at..).unwrap_or_default().split('.');
        let mut is_long = || parts.next().is_some_and(|part| part.len() >= SHORTEST_PART);
        is_long() && is_long()
    })
}

#[cfg(test)]
mod tests;
