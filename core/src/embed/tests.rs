use super::{Gate, Heard, HostChannel, LONGEST, MessageError, Offer, Refusal, Said, Verdict};
use crate::address::Address;
use crate::config::Theme;
use crate::time::{Span, Timestamp};
use proptest::prelude::*;

const PORTAL: &str = "https://portal.example";
const OFFER: &str = r#"{"runboard":"offer","version":1,"nonce":"n1"}"#;

fn gate() -> Gate {
    Gate::new(vec![PORTAL.to_owned(), "http://127.0.0.1:9000".to_owned()], "n1".to_owned())
}

fn offer(text: &str) -> Offer<'_> {
    Offer { from_parent: true, origin: PORTAL, text: Some(text), ports: 1 }
}

fn refused(offer: Offer<'_>) -> Refusal {
    match gate().judge(offer) {
        Verdict::Refused(why) => why,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_offer_of_a_configured_portal_is_taken() {
    assert_eq!(gate().judge(offer(OFFER)), Verdict::Taken);
    let other = Offer { origin: "http://127.0.0.1:9000", ..offer(OFFER) };
    assert_eq!(gate().judge(other), Verdict::Taken);
}

#[test]
fn the_greeting_carries_the_number_and_the_version_and_nothing_else() {
    assert_eq!(gate().hello(), r#"{"runboard":"hello","version":1,"nonce":"n1"}"#);
}

#[test]
fn only_the_page_around_the_frame_is_listened_to() {
    assert_eq!(refused(Offer { from_parent: false, ..offer(OFFER) }), Refusal::Sender);
}

#[test]
fn an_origin_is_the_configured_one_in_every_character() {
    for origin in [
        "https://portal.example.evil.example",
        "https://evil.example",
        "https://portal.example:8443",
        "http://portal.example",
        "https://PORTAL.example",
        "https://portal.example/",
        "https://sub.portal.example",
        "https://portal.exampl",
        "",
        "*",
        "null",
    ] {
        assert_eq!(refused(Offer { origin, ..offer(OFFER) }), Refusal::Origin(origin.to_owned()));
    }
}

#[test]
fn an_opaque_origin_is_refused_even_when_somebody_configured_it() {
    let mut gate = Gate::new(vec!["null".to_owned()], "n1".to_owned());
    let offer = Offer { origin: "null", ..offer(OFFER) };
    assert_eq!(gate.judge(offer), Verdict::Refused(Refusal::Origin("null".to_owned())));
}

#[test]
fn a_second_channel_is_refused_and_the_first_stays() {
    let mut gate = gate();
    assert_eq!(gate.judge(offer(OFFER)), Verdict::Taken);
    assert_eq!(gate.judge(offer(OFFER)), Verdict::Refused(Refusal::Second));
    assert!(gate.taken());
}

#[test]
fn a_number_that_is_not_this_frames_is_a_replay() {
    for nonce in [r#""n0""#, r#""""#, "null", "1", r#"["n1"]"#, r#""n1 ""#] {
        let text = format!(r#"{{"runboard":"offer","version":1,"nonce":{nonce}}}"#);
        assert_eq!(refused(offer(&text)), Refusal::Nonce, "{text}");
    }
    assert_eq!(refused(offer(r#"{"runboard":"offer","version":1}"#)), Refusal::Nonce);
}

#[test]
fn another_version_is_named_as_such() {
    for version in ["0", "2", "1.5", r#""1""#, "null", "-1"] {
        let text = format!(r#"{{"runboard":"offer","version":{version},"nonce":"n1"}}"#);
        assert_eq!(refused(offer(&text)), Refusal::Version, "{text}");
    }
}

#[test]
fn exactly_one_port_comes_along() {
    for ports in [0, 2, 7] {
        assert_eq!(refused(Offer { ports, ..offer(OFFER) }), Refusal::Ports);
    }
}

#[test]
fn what_cannot_be_read_is_refused_and_what_is_too_long_is_not_even_read() {
    for text in [r#"{"runboard":"#, r#"{"runboard":"hello","version":1,"nonce":"n1"}"#, r#"{"runboard":["offer"]}"#] {
        assert_eq!(refused(offer(text)), Refusal::Malformed, "{text}");
    }
    let long = format!(r#"{{"runboard":"offer","version":1,"nonce":"n1","more":"{}"}}"#, "x".repeat(LONGEST));
    assert_eq!(refused(offer(&long)), Refusal::Oversized);
}

#[test]
fn what_is_said_to_others_is_none_of_its_business() {
    for text in [None, Some(""), Some("hello"), Some(r#"{"type":"webpackOk"}"#), Some(r#"[{"runboard":1}]"#)] {
        let mut gate = gate();
        assert_eq!(gate.judge(Offer { text, ..offer("") }), Verdict::Other);
        assert_eq!(gate.last_refusal(), None);
    }
}

#[test]
fn a_flood_of_offers_ends_the_listening() {
    let mut gate = gate();
    let wrong = r#"{"runboard":"offer","version":1,"nonce":"guess"}"#;
    let refused = (0..1000).filter(|_| gate.judge(offer(wrong)) == Verdict::Refused(Refusal::Nonce)).count();
    assert_eq!(refused, 64);
    assert_eq!(gate.judge(offer(OFFER)), Verdict::Other);
}

#[test]
fn only_what_the_page_around_tried_explains_why_nothing_came() {
    let mut gate = gate();
    gate.judge(Offer { from_parent: false, ..offer(OFFER) });
    assert_eq!(gate.last_refusal(), None);
    gate.judge(Offer { origin: "https://evil.example", ..offer(OFFER) });
    assert_eq!(gate.last_refusal(), Some(&Refusal::Origin("https://evil.example".to_owned())));
    gate.judge(offer(OFFER));
    assert_eq!(gate.last_refusal(), None);
}

#[test]
fn every_message_of_a_portal_is_read() {
    let read = |text| Heard::read(text).unwrap();
    assert_eq!(read(r#"{"type":"token","id":3,"token":"a.b.c"}"#), Heard::Token(3, "a.b.c".to_owned()));
    assert_eq!(read(r#"{"type":"token","id":3,"error":"signed out"}"#), Heard::NoToken(3, "signed out".to_owned()));
    assert_eq!(read(r#"{"type":"appearance"}"#), Heard::Appearance { zone: None, theme: None });
    assert_eq!(
        read(r#"{"type":"appearance","zone":"Europe/Berlin","theme":"dark"}"#),
        Heard::Appearance { zone: Some("Europe/Berlin".to_owned()), theme: Some(Theme::Dark) }
    );
    assert_eq!(read(r#"{"type":"navigate","address":"?new"}"#), Heard::Navigate(Address::parse("?new")));
    assert_eq!(read(r#"{"type":"navigate","address":"./?diagnostics"}"#), Heard::Navigate(Address::Diagnostics));
    assert_eq!(read(r#"{"type":"navigate","address":""}"#), Heard::Navigate(Address::runs()));
    assert_eq!(read(r#"{"type":"refresh"}"#), Heard::Refresh);
}

#[test]
fn every_other_message_is_refused() {
    for text in [
        "",
        "null",
        "[]",
        "{}",
        r#"{"type":"eval","code":"1"}"#,
        r#"{"type":"token"}"#,
        r#"{"type":"token","id":-1,"token":"a.b.c"}"#,
        r#"{"type":"token","id":4294967296,"token":"a.b.c"}"#,
        r#"{"type":"token","id":1}"#,
        r#"{"type":"token","id":1,"token":7}"#,
        r#"{"type":"token","id":1,"token":"a.b.c","error":"both"}"#,
        r#"{"type":"appearance","theme":"pink"}"#,
        r#"{"type":"appearance","zone":3}"#,
        r#"{"type":"navigate"}"#,
        r#"{"type":"navigate","address":"https://evil.example/"}"#,
        r#"{"type":"navigate","address":"//evil.example/?new"}"#,
        r#"{"type":"navigate","address":"javascript:alert(1)"}"#,
        r#"{"type":"navigate","address":"../?new"}"#,
        r#"{"type":"navigate","address":"/?new"}"#,
        r##"{"type":"navigate","address":"?new#x"}"##,
    ] {
        assert_eq!(Heard::read(text), Err(MessageError::Malformed), "{text}");
    }
    let long = format!(r#"{{"type":"token","id":1,"token":"{}"}}"#, "x".repeat(LONGEST));
    assert_eq!(Heard::read(&long), Err(MessageError::Oversized));
    let far = format!(r#"{{"type":"navigate","address":"?q={}"}}"#, "x".repeat(9000));
    assert_eq!(Heard::read(&far), Err(MessageError::Malformed));
}

#[test]
fn the_words_of_a_portal_are_cut() {
    let text = format!(r#"{{"type":"token","id":1,"error":"{}"}}"#, "é".repeat(5000));
    assert_eq!(Heard::read(&text), Ok(Heard::NoToken(1, "é".repeat(300))));
}

#[test]
fn a_flood_of_messages_closes_the_line_for_good() {
    let mut line = HostChannel::default();
    let now = Timestamp::from_millis(0);
    let taken = (0..1000).filter(|_| line.receive(r#"{"type":"refresh"}"#, now).is_ok()).count();
    assert_eq!(taken, 100);
    let later = now.plus(Span::from_minutes(60));
    assert_eq!(line.receive(r#"{"type":"refresh"}"#, later), Err(MessageError::Flood));
}

#[test]
fn a_portal_that_talks_now_and_then_is_never_a_flood() {
    let mut line = HostChannel::default();
    for second in 0..5000 {
        let now = Timestamp::from_millis(second * 500);
        assert_eq!(line.receive(r#"{"type":"refresh"}"#, now), Ok(Heard::Refresh));
    }
}

#[test]
fn garbage_counts_as_much_as_sense() {
    let mut line = HostChannel::default();
    let now = Timestamp::from_millis(0);
    for _ in 0..100 {
        assert_eq!(line.receive("garbage", now), Err(MessageError::Malformed));
    }
    assert_eq!(line.receive(r#"{"type":"refresh"}"#, now), Err(MessageError::Flood));
}

#[test]
fn what_the_console_says_is_one_object() {
    assert_eq!(Said::Ready("./?new").to_text(), r#"{"address":"./?new","type":"ready"}"#);
    assert_eq!(Said::Token(7).to_text(), r#"{"id":7,"type":"token"}"#);
    assert_eq!(Said::Resize(640).to_text(), r#"{"height":640,"type":"resize"}"#);
    assert_eq!(
        Said::Error("api", "No \"network\"").to_text(),
        r#"{"message":"No \"network\"","type":"error","where":"api"}"#
    );
}

proptest! {
    #[test]
    fn nothing_that_is_heard_panics(text in ".*") {
        let _ = Heard::read(&text);
        let _ = gate().judge(offer(&text));
        let _ = gate().judge(offer(&format!("{{\"runboard\":{text}")));
    }

    #[test]
    fn only_the_right_offer_is_ever_taken(from_parent: bool, origin in "(https://portal\\.example|null|https://[a-z.]{1,12})", nonce in "(n1|n2|[a-z0-9]{0,4})", version in 0_u64..3, ports in 0_u32..3) {
        let text = format!(r#"{{"runboard":"offer","version":{version},"nonce":"{nonce}"}}"#);
        let right = from_parent && origin == PORTAL && nonce == "n1" && version == 1 && ports == 1;
        let verdict = gate().judge(Offer { from_parent, origin: &origin, text: Some(&text), ports });
        prop_assert_eq!(verdict == Verdict::Taken, right);
    }

    #[test]
    fn an_id_of_any_text_is_read_back(id in ".*") {
        let text = Said::Created(&id).to_text();
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(value["id"].as_str(), Some(id.as_str()));
    }
}
