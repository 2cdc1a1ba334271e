use super::*;
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

fn nfkc(text: &str) -> String {
    text.nfkc().collect()
}

fn folds(text: &str) -> String {
    fold(text, &nfkc)
}

#[test]
fn texts_that_look_alike_fold_alike() {
    for (a, b) in [
        ("Ko\u{308}ln", "KÖLN"),
        ("J\u{30c}", "\u{1f0}"),
        ("ﬁnal", "final"),
        ("ｶﾞ", "ガ"),
        ("Ｓｐｒｉｎｇ－２", "spring-2"),
        ("a\u{200e}b\u{ad}c\u{200b}\u{feff}", "abc"),
        ("a\u{a0}b\u{3000}c\td\n\r\ne", "a b c d e"),
        ("a  \u{200b} b", "a b"),
        ("a\u{2013}b\u{2212}c\u{2011}d", "a-b-c-d"),
        ("women\u{2019}s", "women's"),
        ("women\u{b4}s", "women`s"),
        ("\u{130}stanbul", "istanbul"),
        ("I\u{307}stanbul", "istanbul"),
        ("ΟΔΟΣ", "οδος"),
        ("\u{7}bell\u{1b}", "bell"),
        ("℡", "tel"),
    ] {
        assert_eq!(folds(a), folds(b), "{a:?}");
    }
    for (a, b) in [("Koln", "Köln"), ("ab", "a b"), ("ss", "ß"), ("a", "а")] {
        assert_ne!(folds(a), folds(b), "{a:?}");
    }
}

#[test]
fn every_character_folds_like_its_normal_forms() {
    let mut different = Vec::new();
    for c in '\0'..=char::MAX {
        let text = c.to_string();
        let folded = folds(&text);
        let mut forms = vec![text.nfc().collect::<String>(), text.nfd().collect()];
        // `´` decomposes into a space and a mark.
        if alike(c) != '\'' {
            forms.extend([text.nfkc().collect::<String>(), text.nfkd().collect()]);
        }
        if forms.iter().any(|form| folds(form) != folded) {
            different.push((c, u32::from(c)));
        }
    }
    assert_eq!(different, []);
}

#[test]
fn an_occurrence_at_a_word_start_is_found_though_it_overlaps_one_that_is_not() {
    for (text, part) in [("A\t'\t' ", " ' "), ("xä-ä-ä", "ä-ä"), ("xaa-aa-aa", "aa-aa")] {
        let (whole, needle) = (folds(text), folds(part));
        assert!(has_word_start(&whole, &needle), "{part:?} in {text:?}");
        assert!(!text.is_ascii() || contains_ascii(text.as_bytes(), needle.as_bytes(), true), "{part:?} in {text:?}");
    }
    assert!(!has_word_start(&folds("xä-xä-ä"), "ä-x"));
}

proptest! {
    #[test]
    fn ascii_is_searched_as_if_it_were_folded(text in "[aA bB'`\t\n\u{7}-]{0,12}", part in "[aAbB '`\t-]{0,4}", word in any::<bool>()) {
        let (needle, whole) = (folds(&part), folds(&text));
        let expected = if word { has_word_start(&whole, &needle) } else { whole.contains(&needle) };
        let found = contains_ascii(text.as_bytes(), needle.as_bytes(), word);
        // What cannot be seen may separate words in the typed text only.
        prop_assert!(found == expected || word && text.contains('\u{7}'), "{:?} in {:?}", needle, text);
    }

    #[test]
    fn same_text_ignores_case_and_surrounding_space(
        a in "[ \u{a0}]{0,2}[aAbBäÄK\u{212a}1ß`'–-]{0,3}[ \t]{0,2}",
        b in "[ \u{a0}]{0,2}[aAbBäÄK\u{212a}1ß`'–-]{0,3}[ \t]{0,2}",
    ) {
        prop_assert_eq!(same_text(&a, &b), folded(a.trim()).eq(folded(b.trim())));
        let swapped = |c: char| if c.is_ascii_lowercase() { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() };
        let other: String = a.trim().chars().map(swapped).collect();
        prop_assert!(same_text(&a, &other) && same_text(&other, &a));
        let padded = format!("\u{200b} {a}\u{ad}\u{202c}");
        prop_assert!(same_text(&a, &padded) && same_text(&padded, &a));
    }
}
