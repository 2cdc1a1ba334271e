use super::*;
use crate::run::is_visible;
use proptest::prelude::*;

#[test]
fn id_is_cleaned_of_what_cannot_be_meant() {
    for pasted in [
        "12345678",
        " 12345678\n",
        "12345678\u{200b}",
        "\u{feff}12345678",
        "\u{200e}1234\u{ad}5678\u{200f}",
        "\u{202a}12345678\u{202c}",
        "\u{a0}12345678\u{202f}",
        "１２３４５６７８",
        "“12345678”",
        "‘12345678’",
        "„12345678“",
        "« 12345678 »",
        "\"12345678\"",
        " \u{201c}12345678\u{200b}\u{201d} ",
        "1234\u{0}5678\u{85}",
    ] {
        assert_eq!(id(pasted), "12345678", "{pasted:?}");
    }
    assert_eq!(id("ＪＯＢ－ａ＿1"), "JOB-a_1");
    assert_eq!(id("a\u{a0}b"), "a b");
}

#[test]
fn what_was_left_out_of_an_id_is_known() {
    for (typed, changes) in [
        (" 12345678\t", None),
        ("\"12345678\"", Some((true, false))),
        ("‘ 12345678 ’", Some((true, false))),
        (" \u{201c}12345678\u{200b}\u{201d} ", Some((true, true))),
        ("12345678\u{200b}", Some((false, true))),
        ("１２３４５６７８", Some((false, true))),
        ("a\"", None),
    ] {
        let found = changes_of_id(typed);
        assert_eq!(found.as_ref().map(|found| (found.quotes, found.characters)), changes, "{typed:?}");
        assert!(found.is_none_or(|found| found.text == id(typed)));
    }
}

#[test]
fn what_can_be_meant_stays_in_an_id() {
    for id_of_some_api in ["a b", "ä/ö", "job’s", "\"><i>", "a\"", "春", "а", "\\u200b", "..", "'"] {
        assert_eq!(id(id_of_some_api), id_of_some_api);
    }
}

#[test]
fn name_keeps_joiners_and_marks_that_words_need() {
    for (typed, meant) in [
        ("  Spring sale\t", "Spring sale"),
        ("\u{feff}Spring\u{200b} sale\u{200e}", "Spring sale"),
        ("\u{202e}Spring sale", "Spring sale"),
        ("Spring\r\nConfirmed: 2000-01-01", "Spring  Confirmed: 2000-01-01"),
        ("👩\u{200d}👧 می\u{200c}خواهم", "👩\u{200d}👧 می\u{200c}خواهم"),
        ("“５ ％” für l’été\u{a0}!", "“５ ％” für l’été\u{a0}!"),
        ("\u{200b}\u{202e} ", ""),
    ] {
        assert_eq!(name(typed), meant, "{typed:?}");
    }
}

#[test]
fn ids_that_look_the_same_are_the_same() {
    assert!(same_id("12345678", "１２３４\u{200b}5678 ") && same_id(" a\n", "a"));
    assert!(same_id("“a”", "\"a\""));
    assert!(!same_id("a", "A") && !same_id("a", "а") && !same_id("a b", "ab"));
}

/// Any of the characters that are removed from ids.
fn unseen() -> impl Strategy<Value = char> {
    prop::sample::select(vec![
        '\u{200b}', '\u{200c}', '\u{200d}', '\u{200e}', '\u{200f}', '\u{202a}', '\u{202e}', '\u{2066}', '\u{2069}',
        '\u{feff}', '\u{ad}', '\u{61c}', '\u{2060}', '\u{fe0f}', '\u{3164}', '\u{0}', '\u{1b}', '\u{9c}',
    ])
}

proptest! {
    #[test]
    fn cleaning_twice_changes_nothing_more(text in any::<String>(), quoted in "[ \"'“”„«»a\u{200b}\u{a0}\t]{0,12}") {
        for text in [text, quoted] {
            let (once, named) = (id(&text).into_owned(), name(&text).into_owned());
            prop_assert_eq!(&id(&once), &once);
            prop_assert_eq!(&name(&named), &named);
            prop_assert!(!once.contains(|c| is_invisible(c) || c.is_control() && c != '\t'));
            prop_assert!(!named.contains(|c: char| is_stray(c) || c.is_control()));
            prop_assert!(named.is_empty() || is_visible(&named));
        }
    }

    #[test]
    fn plain_id_stays_as_it_is(plain in "[0-9A-Za-z_-]([!-~ ]{0,30}[0-9A-Za-z_-])?") {
        prop_assert_eq!(id(&plain), plain.as_str());
        prop_assert_eq!(name(&plain), plain.as_str());
    }

    #[test]
    fn unseen_characters_anywhere_do_not_make_another_id(
        plain in "[0-9A-Za-z_-]{1,20}", inserted in prop::collection::vec((any::<prop::sample::Index>(), unseen()), 0..6),
    ) {
        let mut chars: Vec<char> = plain.chars().collect();
        for (at, c) in inserted {
            chars.insert(at.index(chars.len() + 1), c);
        }
        let pasted: String = chars.into_iter().collect();
        prop_assert_eq!(id(&pasted), plain.as_str());
    }

    #[test]
    fn full_width_id_is_the_same_id(plain in "[!-~]{1,20}") {
        let wide: String = plain.chars().map(|c| char::from_u32(u32::from(c) + 0xfee0).unwrap()).collect();
        prop_assert_eq!(id(&wide), id(&plain));
        prop_assert!(same_id(&wide, &plain) && same_id(&plain, &wide));
    }
}
