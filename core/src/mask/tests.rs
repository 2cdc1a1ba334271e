use super::*;
use proptest::prelude::*;

const TOKEN: &str = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhbm5hIiwiZXhwIjoxfQ.c2lnbmF0dXJlLW9mLXRoZS10b2tlbg";
const OTHER: &str = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJib2IifQ.b3RoZXI";

fn masked(text: &str) -> String {
    mask(text.to_owned(), TOKEN)
}

#[test]
fn token_and_its_parts_are_masked() {
    let [header, payload, signature]: [&str; 3] = TOKEN.split('.').collect::<Vec<_>>().try_into().unwrap();
    for (text, shown) in [
        (TOKEN.to_owned(), MASK.to_owned()),
        (format!("Bad header: Bearer {TOKEN}."), format!("Bad header: Bearer {MASK}.")),
        (format!("?access_token={TOKEN}&x=1"), format!("?access_token={MASK}&x=1")),
        (format!("{payload} and {signature}"), format!("{MASK} and {MASK}")),
        (format!("only {header}"), format!("only {MASK}")),
        (format!("cut: {}", &TOKEN[..40]), format!("cut: {MASK}")),
        (format!("\"{TOKEN}\",\"{TOKEN}\""), format!("\"{MASK}\",\"{MASK}\"")),
        (format!("line\\n{TOKEN}\\u00e9{signature}x"), format!("line\\n{MASK}\\u00e9{MASK}")),
        (format!("ä{TOKEN}ä"), format!("ä{MASK}ä")),
    ] {
        assert_eq!(masked(&text), shown);
    }
}

#[test]
fn tokens_of_others_are_masked() {
    assert_eq!(masked(&format!("jwt {OTHER} expired")), format!("jwt {MASK} expired"));
    assert_eq!(mask(OTHER.to_owned(), ""), MASK);
}

#[test]
fn innocent_text_is_unchanged() {
    for text in [
        "",
        "0e54831a-5187-4f4d-8e0c-3a1c2d9a1b2c",
        "The run 0e54831a-5187-4f4d-8e0c-3a1c2d9a1b2c_b.c-d was stopped at 2026-03-10T09:00:00.000Z",
        "https://developer.example.com/api-errors#jwt-expired",
        "eyJ",
        "eyJhbGciOiJIUzI1NiJ9",
        "eyJpZCI6MTIzNDU2Nzg5fQ",
        "grey.eyJ.eyJ and money.eyJava-is-an-island.x",
    ] {
        assert_eq!(masked(text), text);
        assert_eq!(mask(text.to_owned(), ""), text);
    }
}

#[test]
fn short_token_is_masked_whole() {
    assert_eq!(mask("x e30.e30.AA y".to_owned(), "e30.e30.AA"), format!("x {MASK} y"));
}

proptest! {
    #[test]
    fn no_token_and_no_part_of_one_is_left(
        before in "\\PC{0,30}", between in "[ \"\\\\n{}:,.=-]{0,4}", after in "\\PC{0,30}", pieces in prop::collection::vec(0..5_usize, 0..6),
    ) {
        let parts: Vec<&str> = TOKEN.split('.').collect();
        let choices = [TOKEN, OTHER, parts[1], parts[2], "run"];
        let text = [before, pieces.iter().map(|at| choices[*at]).collect::<Vec<_>>().join(&between), after].concat();
        let shown = masked(&text);
        for secret in [TOKEN, OTHER, parts[1], parts[2]] {
            prop_assert!(!shown.contains(secret), "{}", shown);
        }
        prop_assert_eq!(masked(&shown), shown);
    }

    #[test]
    fn text_without_a_token_is_unchanged(text in "\\PC{0,200}", token in "[a-zA-Z0-9_-]{20}\\.[a-zA-Z0-9_-]{20}\\.[a-zA-Z0-9_-]{20}") {
        prop_assume!(!text.contains("eyJ"));
        prop_assert_eq!(mask(text.clone(), &token), text);
    }

    #[test]
    fn json_remains_json(name in "\\PC{0,20}", at in 0..3_usize) {
        let echoed = [[&name, TOKEN].concat(), [TOKEN, &name].concat(), [&name, "\n", TOKEN, "\u{1}", &name].concat()];
        let json = serde_json::json!({ "name": echoed[at], "count": 12345678901234567890_u64 });
        let read: serde_json::Value = serde_json::from_str(&masked(&json.to_string())).unwrap();
        prop_assert!(read["name"].as_str().unwrap().contains(MASK));
        prop_assert_eq!(&read["count"], &json["count"]);
    }
}
