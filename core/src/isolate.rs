//! Text from outside within a sentence that has no elements: a document's title, a tooltip, a label for screen readers, a
//! copied text. In a document, `bdi` does the same.

use std::borrow::Cow;

/// In one line: line breaks, tabs and other control characters become spaces, so that nothing in it can look like another line
/// or column.
pub fn one_line(text: &str) -> Cow<'_, str> {
    if !text.contains(breaks_line) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|c| if breaks_line(c) { ' ' } else { c }).collect())
}

fn breaks_line(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')
}

/// In one line, and if it could turn the direction of what stands around it, between an isolate's two characters (Unicode
/// Standard Annex 9, section 2.4.2).
pub fn isolate(text: &str) -> Cow<'_, str> {
    const FIRST_STRONG_ISOLATE: char = '\u{2068}';
    const POP: char = '\u{2069}';
    let text = one_line(text);
    if !text.contains(turns_direction) {
        return text;
    }
    let mut out = String::from(FIRST_STRONG_ISOLATE);
    // One that ends its own isolates only cannot end this one.
    let mut open = 0_usize;
    for c in text.chars() {
        match c {
            '\u{2066}'..='\u{2068}' => open += 1,
            POP if open == 0 => continue,
            POP => open -= 1,
            _ => {}
        }
        out.push(c);
    }
    out.extend(std::iter::repeat_n(POP, open + 1));
    Cow::Owned(out)
}

/// Letters written from right to left, and the characters that set a direction.
const fn turns_direction(c: char) -> bool {
    matches!(c,
        '\u{590}'..='\u{8ff}' | '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
        | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn text_that_turns_directions_is_isolated() {
        for (text, isolated) in [
            ("Spring sale", "Spring sale"),
            ("Frühling 春 👩\u{200d}👧", "Frühling 春 👩\u{200d}👧"),
            ("حملة", "\u{2068}حملة\u{2069}"),
            ("\u{202e}Spring", "\u{2068}\u{202e}Spring\u{2069}"),
            ("a\u{2069}\u{202e}b", "\u{2068}a\u{202e}b\u{2069}"),
            ("\u{2067}a", "\u{2068}\u{2067}a\u{2069}\u{2069}"),
            ("\u{2066}a\u{2069}b", "\u{2068}\u{2066}a\u{2069}b\u{2069}"),
            ("a\nb\r\n\tc", "a b   c"),
        ] {
            assert_eq!(isolate(text), isolated, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn nothing_gets_out_of_an_isolate(text in "[ab\u{5d0}\u{627}\u{202a}-\u{202e}\u{2066}-\u{2069}\n\u{85}\u{2028}\t]{0,12}", any in any::<String>()) {
            for text in [text, any] {
                let isolated = isolate(&text);
                let breaks = isolated.contains(|c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}'));
                prop_assert!(!breaks);
                let turned = isolated.contains(turns_direction);
                let mut open = 0_i32;
                for (at, c) in isolated.char_indices() {
                    open += i32::from(matches!(c, '\u{2066}'..='\u{2068}')) - i32::from(c == '\u{2069}');
                    let last = at + c.len_utf8() == isolated.len();
                    prop_assert!(if turned { (open > 0) != last } else { open == 0 }, "{isolated:?}");
                }
                let kept = |text: &str| text.chars().filter(|c| !matches!(c, '\u{2066}'..='\u{2069}')).collect::<String>();
                prop_assert_eq!(kept(&isolated), kept(&one_line(&text)), "every other character stays");
            }
        }
    }
}
