use super::*;
use base64::Engine;
use proptest::prelude::*;
use serde_json::json;

fn part(text: &[u8]) -> String {
    base64::engine::general_purpose::URL_SAFE.encode(text).trim_end_matches('=').into()
}

fn token(payload: &str) -> String {
    [part(br#"{"alg":"RS256","typ":"JWT"}"#).as_str(), &part(payload.as_bytes()), "c2lnbmF0dXJl"].join(".")
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_millis(seconds * 1000)
}

#[test]
fn clean_removes_prefixes_quotes_and_white_space() {
    for pasted in [
        "eyJ.a.b",
        " eyJ.a.b\n",
        "Bearer eyJ.a.b",
        "bearer  eyJ.a.b",
        "Authorization: Bearer eyJ.a.b",
        "authorization:Bearer eyJ.a.b",
        "\"eyJ.a.b\"",
        "'Authorization: Bearer eyJ.a.b'",
        "“eyJ.a.b”",
        "`eyJ.a.b`",
        "eyJ\r\n .a.\tb",
        "\u{feff}ey\u{200b}J.a\u{ad}.b\u{a0}",
        "Bearer Bearer eyJ.a.b",
        "ｅｙＪ．\u{202a}ａ．ｂ\u{202c}\u{e0020}",
        "e\0yJ.a.b",
    ] {
        assert_eq!(clean(pasted), "eyJ.a.b", "{pasted:?}");
    }
    assert_eq!(clean(" \"\" Bearer "), "");
}

#[test]
fn claims_are_read() {
    let payload = r#"{"application_id": "app", "sub": "op", "iat": 1651571463, "exp": 1651572363, "nbf": 1651571463.5, "jti": "x", "acl": {"paths": {}}}"#;
    let claims = Claims {
        application_id: Some(String::from("app")),
        subject: Some(String::from("op")),
        issued_at: Some(at(1_651_571_463)),
        expires_at: Some(at(1_651_572_363)),
        not_before: Some(Timestamp::from_millis(1_651_571_463_500)),
    };
    assert_eq!(read(&token(payload)), Ok(claims));
    assert_eq!(read(&token("{}")), Ok(Claims::default()));
}

#[test]
fn expiry_is_read_in_every_known_form_and_never_guessed() {
    for (exp, instant) in [
        (json!(1_651_572_363), Some(at(1_651_572_363))),
        (json!("1651572363"), Some(at(1_651_572_363))),
        (json!(1651572363.999), Some(Timestamp::from_millis(1_651_572_363_999))),
        (json!(0), Some(at(0))),
        (json!(-1), Some(at(-1))),
        (json!(u64::MAX), Some(Timestamp::LATEST)),
        (json!(i64::MIN), Some(Timestamp::EARLIEST)),
        (json!(1e300), Some(Timestamp::LATEST)),
        (json!("99999999999999999999"), None),
        (json!("2022-05-03T10:51:03Z"), None),
        (json!(""), None),
        (json!(null), None),
        (json!([1]), None),
    ] {
        let claims = read(&token(&json!({"exp": exp}).to_string())).unwrap();
        assert_eq!(claims.expires_at, instant, "{exp}");
    }
}

#[test]
fn faults_of_a_token_are_named() {
    let good = token("{}");
    let key = "-----BEGIN PRIVATE KEY-----\nMIIE.v.gI\n-----END PRIVATE KEY-----";
    let rsa = "-----BEGIN RSA PRIVATE KEY-----\nMIIEvgI";
    let no_payload = [part(b"{}").as_str(), &part(b"[]"), "c2ln"].join(".");
    let no_utf8 = [part(b"{}").as_str(), &part(b"{\"sub\":\"\xff\"}"), "c2ln"].join(".");
    for (text, fault) in [
        ("", TokenFault::Empty),
        (" \n", TokenFault::Empty),
        (key, TokenFault::PrivateKey),
        (&clean(key), TokenFault::PrivateKey),
        (&clean(rsa), TokenFault::PrivateKey),
        ("abc", TokenFault::NotThreeParts(1)),
        ("a.b", TokenFault::NotThreeParts(2)),
        ("a.b.c.d.e", TokenFault::NotThreeParts(5)),
        ("..", TokenFault::Damaged),
        ("a.b.c", TokenFault::Damaged),
        (&good.replace("c2lnbmF0dXJl", ""), TokenFault::Damaged),
        (&good.replace("c2lnbmF0dXJl", "c2ln+w"), TokenFault::Damaged),
        (&good.replace("c2lnbmF0dXJl", "c2lnb"), TokenFault::Damaged),
        (&good.replacen("ey", "e", 1), TokenFault::Damaged),
        (&no_payload, TokenFault::Damaged),
        (&no_utf8, TokenFault::Damaged),
        (&[&good, " "].concat(), TokenFault::Damaged),
    ] {
        assert_eq!(read(text), Err(fault), "{text}");
    }
    assert!(read(&good.replace("c2lnbmF0dXJl", "c2ln_-w=")).is_ok(), "padding does not matter");
}

#[test]
fn token_is_usable_until_just_before_it_expires() {
    let claims = Claims { expires_at: Some(at(200)), not_before: Some(at(100)), ..Claims::default() };
    for (now, checked) in [
        (99, Err(TokenFault::NotYet(at(100)))),
        (100, Ok(())),
        (199, Ok(())),
        (200, Err(TokenFault::Expired(at(200)))),
        (300, Err(TokenFault::Expired(at(200)))),
    ] {
        assert_eq!(claims.check(at(now)), checked, "{now}");
    }
    assert_eq!(Claims::default().check(Timestamp::from_millis(i64::MAX)), Ok(()));
}

#[test]
fn identity_is_application_and_subject() {
    let of = |application: &str, subject: Option<&str>, expires| Claims {
        application_id: Some(String::from(application)),
        subject: subject.map(String::from),
        expires_at: Some(at(expires)),
        ..Claims::default()
    };
    assert!(of("a", Some("s"), 1).same_identity(&of("a", Some("s"), 2)));
    assert!(!of("a", Some("s"), 1).same_identity(&of("b", Some("s"), 1)));
    assert!(!of("a", Some("s"), 1).same_identity(&of("a", None, 1)));
}

proptest! {
    #[test]
    fn cleaning_is_idempotent(pasted in "(?i)(authorization:|bearer|[\"' ]|\\PC){0,12}") {
        let once = clean(&pasted);
        prop_assert_eq!(clean(&once), once);
    }

    #[test]
    fn token_survives_cleaning(payload in "[a-z0-9]{0,40}") {
        let token = token(&json!({"sub": payload}).to_string());
        prop_assert_eq!(clean(&format!("Authorization: Bearer \"{token}\"\n")), token);
    }

    #[test]
    fn any_text_is_read_without_panic(text in "\\PC{0,60}|[A-Za-z0-9_.=-]{0,60}", payload in "\\PC{0,40}") {
        let _ = read(&text);
        let _ = read(&token(&payload));
    }
}

proptest::proptest! {
    /// The library is the judge, for whatever is made of the alphabet and a little more.
    #[test]
    fn base64url_decodes_like_the_base64_crate(text in "[A-Za-z0-9_=+-]{0,40}", bytes: Vec<u8>) {
        use base64::{Engine, alphabet::URL_SAFE, engine};
        let config = engine::GeneralPurposeConfig::new().with_decode_padding_mode(engine::DecodePaddingMode::Indifferent);
        let library = engine::GeneralPurpose::new(&URL_SAFE, config);
        proptest::prop_assert_eq!(super::decode(&text).ok(), library.decode(&text).ok());
        for engine in [library, engine::general_purpose::URL_SAFE_NO_PAD] {
            proptest::prop_assert_eq!(super::decode(&engine.encode(&bytes)).ok(), Some(bytes.clone()));
        }
    }
}
