use super::{ConsoleMessage, Handshake, HostChannel, HostMessage, LONGEST, MessageError, Offer, Refusal, Verdict};
use crate::address::Address;
use crate::config::Theme;
use crate::time::{Span, Timestamp};
use proptest::prelude::*;

const PORTAL: &str = "https://portal.example";
const OFFER: &str = r#"{"runboard":"offer","version":1,"nonce":"n1"}"#;

fn gate() -> Handshake {
    Handshake::new(vec![PORTAL.to_owned(), "http://127.0.0.1:9000".to_owned()], "n1".to_owned())
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
fn offer_from_a_configured_host_page_is_accepted() {
    assert_eq!(gate().judge(offer(OFFER)), Verdict::Accepted);
    let other = Offer { origin: "http://127.0.0.1:9000", ..offer(OFFER) };
    assert_eq!(gate().judge(other), Verdict::Accepted);
}

#[test]
fn hello_carries_only_the_nonce_and_the_version() {
    assert_eq!(gate().hello(), r#"{"runboard":"hello","version":1,"nonce":"n1"}"#);
}

#[test]
fn offer_from_a_window_other_than_the_parent_is_refused() {
    assert_eq!(refused(Offer { from_parent: false, ..offer(OFFER) }), Refusal::Sender);
}

#[test]
fn origin_must_match_exactly() {
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
fn opaque_origin_is_refused_even_if_configured() {
    let mut gate = Handshake::new(vec!["null".to_owned()], "n1".to_owned());
    let offer = Offer { origin: "null", ..offer(OFFER) };
    assert_eq!(gate.judge(offer), Verdict::Refused(Refusal::Origin("null".to_owned())));
}

#[test]
fn second_channel_is_refused_and_the_first_kept() {
    let mut gate = gate();
    assert_eq!(gate.judge(offer(OFFER)), Verdict::Accepted);
    assert_eq!(gate.judge(offer(OFFER)), Verdict::Refused(Refusal::Second));
    assert!(gate.taken());
}

#[test]
fn offer_with_another_nonce_is_refused_as_replay() {
    for nonce in [r#""n0""#, r#""""#, "null", "1", r#"["n1"]"#, r#""n1 ""#] {
        let text = format!(r#"{{"runboard":"offer","version":1,"nonce":{nonce}}}"#);
        assert_eq!(refused(offer(&text)), Refusal::Nonce, "{text}");
    }
    assert_eq!(refused(offer(r#"{"runboard":"offer","version":1}"#)), Refusal::Nonce);
}

#[test]
fn other_protocol_version_is_refused_as_such() {
    for version in ["0", "2", "1.5", r#""1""#, "null", "-1"] {
        let text = format!(r#"{{"runboard":"offer","version":{version},"nonce":"n1"}}"#);
        assert_eq!(refused(offer(&text)), Refusal::Version, "{text}");
    }
}

#[test]
fn offer_must_carry_exactly_one_port() {
    for ports in [0, 2, 7] {
        assert_eq!(refused(Offer { ports, ..offer(OFFER) }), Refusal::Ports);
    }
}

#[test]
fn malformed_offer_is_refused_and_oversized_one_is_not_parsed() {
    for text in [r#"{"runboard":"#, r#"{"runboard":"hello","version":1,"nonce":"n1"}"#, r#"{"runboard":["offer"]}"#] {
        assert_eq!(refused(offer(text)), Refusal::Malformed, "{text}");
    }
    let long = format!(r#"{{"runboard":"offer","version":1,"nonce":"n1","more":"{}"}}"#, "x".repeat(LONGEST));
    assert_eq!(refused(offer(&long)), Refusal::Oversized);
}

#[test]
fn messages_of_other_protocols_are_ignored() {
    for text in [None, Some(""), Some("hello"), Some(r#"{"type":"webpackOk"}"#), Some(r#"[{"runboard":1}]"#)] {
        let mut gate = gate();
        assert_eq!(gate.judge(Offer { text, ..offer("") }), Verdict::Ignored);
        assert_eq!(gate.last_refusal(), None);
    }
}

#[test]
fn flood_of_offers_ends_listening() {
    let mut gate = gate();
    let wrong = r#"{"runboard":"offer","version":1,"nonce":"guess"}"#;
    let refused = (0..1000).filter(|_| gate.judge(offer(wrong)) == Verdict::Refused(Refusal::Nonce)).count();
    assert_eq!(refused, 64);
    assert_eq!(gate.judge(offer(OFFER)), Verdict::Ignored);
}

#[test]
fn only_refusals_of_the_parent_are_remembered() {
    let mut gate = gate();
    gate.judge(Offer { from_parent: false, ..offer(OFFER) });
    assert_eq!(gate.last_refusal(), None);
    gate.judge(Offer { origin: "https://evil.example", ..offer(OFFER) });
    assert_eq!(gate.last_refusal(), Some(&Refusal::Origin("https://evil.example".to_owned())));
    gate.judge(offer(OFFER));
    assert_eq!(gate.last_refusal(), None);
}

#[test]
fn every_host_message_is_parsed() {
    let read = |text| HostMessage::read(text).unwrap();
    assert_eq!(read(r#"{"type":"token","id":3,"token":"a.b.c"}"#), HostMessage::Token(3, "a.b.c".to_owned()));
    assert_eq!(
        read(r#"{"type":"token","id":3,"error":"signed out"}"#),
        HostMessage::NoToken(3, "signed out".to_owned())
    );
    assert_eq!(read(r#"{"type":"appearance"}"#), HostMessage::Appearance { zone: None, theme: None });
    assert_eq!(
        read(r#"{"type":"appearance","zone":"Europe/Berlin","theme":"dark"}"#),
        HostMessage::Appearance { zone: Some("Europe/Berlin".to_owned()), theme: Some(Theme::Dark) }
    );
    assert_eq!(read(r#"{"type":"navigate","address":"?new"}"#), HostMessage::Navigate(Address::parse("?new")));
    assert_eq!(read(r#"{"type":"navigate","address":"./?diagnostics"}"#), HostMessage::Navigate(Address::Diagnostics));
    assert_eq!(read(r#"{"type":"navigate","address":""}"#), HostMessage::Navigate(Address::runs()));
    assert_eq!(read(r#"{"type":"refresh"}"#), HostMessage::Refresh);
}

#[test]
fn unknown_or_broken_messages_are_refused() {
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
        assert_eq!(HostMessage::read(text), Err(MessageError::Malformed), "{text}");
    }
    let long = format!(r#"{{"type":"token","id":1,"token":"{}"}}"#, "x".repeat(LONGEST));
    assert_eq!(HostMessage::read(&long), Err(MessageError::Oversized));
    let far = format!(r#"{{"type":"navigate","address":"?q={}"}}"#, "x".repeat(9000));
    assert_eq!(HostMessage::read(&far), Err(MessageError::Malformed));
}

#[test]
fn text_from_the_host_page_is_truncated() {
    let text = format!(r#"{{"type":"token","id":1,"error":"{}"}}"#, "é".repeat(5000));
    assert_eq!(HostMessage::read(&text), Ok(HostMessage::NoToken(1, "é".repeat(300))));
    let echo = r#"{"type": "token", "id": 1, "error": "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbm5hIn0.c2ln is old"}"#;
    assert_eq!(HostMessage::read(echo), Ok(HostMessage::NoToken(1, "[token hidden] is old".to_owned())));
}

#[test]
fn flood_of_messages_closes_the_channel_for_good() {
    let mut line = HostChannel::default();
    let now = Timestamp::from_millis(0);
    let taken = (0..1000).filter(|_| line.receive(r#"{"type":"refresh"}"#, now).is_ok()).count();
    assert_eq!(taken, 100);
    let later = now.plus(Span::from_minutes(60));
    assert_eq!(line.receive(r#"{"type":"refresh"}"#, later), Err(MessageError::Flood));
}

#[test]
fn host_page_that_talks_occasionally_is_no_flood() {
    let mut line = HostChannel::default();
    for second in 0..5000 {
        let now = Timestamp::from_millis(second * 500);
        assert_eq!(line.receive(r#"{"type":"refresh"}"#, now), Ok(HostMessage::Refresh));
    }
}

#[test]
fn malformed_messages_count_toward_the_flood_limit() {
    let mut line = HostChannel::default();
    let now = Timestamp::from_millis(0);
    for _ in 0..100 {
        assert_eq!(line.receive("garbage", now), Err(MessageError::Malformed));
    }
    assert_eq!(line.receive(r#"{"type":"refresh"}"#, now), Err(MessageError::Flood));
}

#[test]
fn console_messages_are_single_objects() {
    assert_eq!(ConsoleMessage::Ready("./?new").to_text(), r#"{"type":"ready","address":"./?new"}"#);
    assert_eq!(ConsoleMessage::Token(7).to_text(), r#"{"type":"token","id":7}"#);
    assert_eq!(ConsoleMessage::Notifications(3).to_text(), r#"{"type":"notifications","unseen":3}"#);
    assert_eq!(ConsoleMessage::Resize(640).to_text(), r#"{"type":"resize","height":640}"#);
    assert_eq!(
        ConsoleMessage::Error("api", "No \"network\"").to_text(),
        r#"{"type":"error","where":"api","message":"No \"network\""}"#
    );
}

proptest! {
    #[test]
    fn any_message_is_parsed_without_panic(text in ".*") {
        let _ = HostMessage::read(&text);
        let _ = gate().judge(offer(&text));
        let _ = gate().judge(offer(&format!("{{\"runboard\":{text}")));
    }

    #[test]
    fn only_a_fully_valid_offer_is_accepted(from_parent: bool, origin in "(https://portal\\.example|null|https://[a-z.]{1,12})", nonce in "(n1|n2|[a-z0-9]{0,4})", version in 0_u64..3, ports in 0_u32..3) {
        let text = format!(r#"{{"runboard":"offer","version":{version},"nonce":"{nonce}"}}"#);
        let right = from_parent && origin == PORTAL && nonce == "n1" && version == 1 && ports == 1;
        let verdict = gate().judge(Offer { from_parent, origin: &origin, text: Some(&text), ports });
        prop_assert_eq!(verdict == Verdict::Accepted, right);
    }

    #[test]
    fn run_id_round_trips_in_messages(id in ".*") {
        let text = ConsoleMessage::Created(&id).to_text();
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(value["id"].as_str(), Some(id.as_str()));
    }
}
