//! Where the name of a run stands: in its bar, or after one that is too short for it.

/// How wide a letter is, about; one that East Asian text sets in a square is twice as wide.
const LETTER: f64 = 6.9;
/// The space that the mark of the state takes up before a name.
pub const MARK: f64 = 22.0;
/// The least space after a name.
const END: f64 = 6.0;
/// A mark alone is drawn in bars of this width.
const WIDE_ENOUGH_FOR_A_MARK: f64 = 16.0;

/// The space that there is for a name.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Space {
    /// Where the bar starts
    pub x: f64,
    /// How wide it is
    pub width: f64,
    /// How much of its row is free after it
    pub after: f64,
    /// The left and the right edge of the view: a name does not run across them
    pub view: (f64, f64),
}

/// What is written for a bar.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct BarText {
    /// Where it starts, with the mark of the state
    pub x: f64,
    /// As much of the name as there is room for
    pub name: String,
    /// Whether there is room for the word of the state
    pub has_word: bool,
    /// Whether there is room for its mark
    pub has_mark: bool,
    /// Whether it stands after the bar
    pub is_after: bool,
}

impl BarText {
    /// The name stands in the bar if it fits there, otherwise after it if there is more room. What is cut off at the left has its name
    /// where it comes into view.
    pub fn new(space: Space, name: &str, word: &str) -> Self {
        let Space { x, width, after, view: (left, right) } = space;
        let end = x + width;
        let ends_in_view = (left..right).contains(&end);
        let inside = left.clamp(x, (end - MARK).max(x));
        let inside_until = if x < right { end.min(right) } else { end };
        let after = if ends_in_view { after.min(right - end) } else { 0.0 };
        let room = (inside_until - inside - MARK - END, after - MARK - END);
        let (name_inside, name_after) = (fit(name, room.0), fit(name, room.1));
        let is_after = name_after.chars().count() > name_inside.chars().count();
        let (name_shown, room) = if is_after { (name_after, room.1) } else { (name_inside, room.0) };
        let letters = letters_in(&name_shown) + letters_in(word) + 2;
        Self {
            x: if is_after { end - 3.0 } else { inside },
            has_word: name_shown == name && room > letters as f64 * LETTER,
            has_mark: is_after || width >= WIDE_ENOUGH_FOR_A_MARK,
            name: name_shown,
            is_after,
        }
    }
}

/// As many words of a name as there is room for. Half a word would be read as another one, and speech input would not know it.
fn fit(name: &str, space: f64) -> String {
    let room = (space / LETTER).floor().max(0.0) as usize;
    if letters_in(name) <= room {
        return name.to_owned();
    }
    let mut short = String::new();
    for (at, _) in name.match_indices(char::is_whitespace) {
        let words = name.get(..at).unwrap_or_default().trim_end_matches(|letter: char| !letter.is_alphanumeric());
        if letters_in(words) >= room {
            break;
        }
        words.clone_into(&mut short);
    }
    if !short.is_empty() {
        short.push('…');
    }
    short
}

/// How many letters of usual width take up as much space as a text.
fn letters_in(text: &str) -> usize {
    text.chars().map(|letter| if is_wide(letter) { 2 } else { 1 }).sum()
}

/// Whether a character is wide or full-width: the blocks with `W` and `F` in Unicode's EastAsianWidth.txt (UAX #11), roughly.
const fn is_wide(letter: char) -> bool {
    matches!(letter,
        '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{303e}' | '\u{3041}'..='\u{a4cf}' | '\u{a960}'..='\u{a97f}'
        | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe6f}' | '\u{ff01}'..='\u{ff60}'
        | '\u{ffe0}'..='\u{ffe6}' | '\u{1f300}'..='\u{1f64f}' | '\u{1f680}'..='\u{1f6ff}' | '\u{1f900}'..='\u{1faff}'
        | '\u{20000}'..='\u{3fffd}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn text(space: Space, name: &str) -> BarText {
        BarText::new(space, name, "Running")
    }

    #[test]
    fn a_name_stands_in_its_bar_if_it_fits() {
        let wide = Space { x: 100.0, width: 300.0, after: 500.0, view: (0.0, 900.0) };
        let found = text(wide, "Clinic recall");
        assert_eq!(
            (found.name.as_str(), found.x, found.is_after, found.has_word),
            ("Clinic recall", 100.0, false, true)
        );
        let cut = text(Space { view: (180.0, 900.0), ..wide }, "Clinic recall");
        assert_eq!((cut.name.as_str(), cut.x), ("Clinic recall", 180.0), "where it comes into view");
        let leaves = text(Space { view: (0.0, 200.0), ..wide }, "Clinic recall");
        assert_eq!(leaves.name, "Clinic…", "nothing is cut off at the edge of the view");
    }

    #[test]
    fn a_name_stands_after_a_bar_that_is_too_short_for_it() {
        let short = Space { x: 100.0, width: 8.0, after: 300.0, view: (0.0, 900.0) };
        let found = text(short, "Clinic recall");
        assert_eq!(
            (found.name.as_str(), found.is_after, found.has_mark, found.has_word),
            ("Clinic recall", true, true, true)
        );
        assert!(found.x >= 100.0);
        let out_of_view = text(Space { view: (200.0, 900.0), ..short }, "Clinic recall");
        assert!(!out_of_view.is_after, "nothing is said of a bar that cannot be seen");
        let at_the_edge = text(Space { view: (0.0, 200.0), ..short }, "Clinic recall");
        assert_eq!(at_the_edge.name, "Clinic…", "nothing is cut off at the edge of the view");
        let no_room = text(Space { after: 20.0, ..short }, "Clinic recall");
        assert_eq!((no_room.name.as_str(), no_room.has_mark), ("", false));
    }

    #[test]
    fn names_are_shortened_between_words() {
        let letters = |count: f64| count * LETTER + 0.1;
        assert_eq!(fit("Clinic recall, north", letters(20.0)), "Clinic recall, north");
        assert_eq!(fit("Clinic recall, north", letters(19.0)), "Clinic recall…");
        assert_eq!(fit("Clinic recall, north", letters(8.0)), "Clinic…");
        assert_eq!(fit("Clinic recall, north", letters(6.0)), "");
        assert_eq!(fit("Unbreakable", letters(8.0)), "");
        assert_eq!(fit("春の セール", letters(11.0)), "春の セール");
        assert_eq!(fit("春の セール", letters(10.0)), "春の…");
    }

    proptest! {
        #[test]
        fn what_is_written_has_room(name in "[a-z あ-ん一-龥가-힣！ ]{0,40}", x in -500.0..500.0_f64, width in 1.0..400.0_f64, after in 0.0..400.0_f64) {
            let found = text(Space { x, width, after, view: (0.0, 900.0) }, &name);
            let wide = found.name.chars().filter(|letter| !letter.is_ascii() && *letter != '…').count();
            let letters = found.name.chars().count() + wide + if found.has_word { "Running".len() + 2 } else { 0 };
            let end = found.x + MARK + letters as f64 * LETTER;
            let edge = if found.is_after { x + width + after } else { x + width };
            prop_assert!(found.name.is_empty() || end <= edge, "{found:?} ends at {end}, the space at {edge}");
        }
    }
}
