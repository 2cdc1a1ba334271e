use super::*;
use crate::query::SortKey;
use proptest::prelude::*;

fn run(id: &str) -> Address {
    Address::Run { id: RunId::new(id) }
}

fn list(q: &str) -> Address {
    Address::Runs { q: String::from(q), sort: Sort::default() }
}

fn new(job: Option<&str>, name: Option<&str>, from: Option<&str>) -> Address {
    Address::New { job: job.map(String::from), name: name.map(String::from), from: from.map(RunId::new) }
}

#[test]
fn parses_every_address() {
    let by_start = |descending| Address::Runs { q: String::new(), sort: Sort { key: SortKey::Start, descending } };
    for (search, address) in [
        ("", Address::runs()),
        ("?", Address::runs()),
        ("?q=pizza", list("pizza")),
        ("q=pizza", list("pizza")),
        ("?sort=start", by_start(false)),
        ("?sort=-start", by_start(true)),
        ("?sort=+start", Address::runs()),
        ("?sort=colour", Address::runs()),
        ("?utm=x&&=&q=a", list("a")),
        ("?q=a&q=b", list("a")),
        ("?q", list("")),
        ("?q=a=b", list("a=b")),
        ("?new", new(None, None, None)),
        ("?new=", new(None, None, None)),
        ("?job=j&new=1&name=n&from=f", new(Some("j"), Some("n"), Some("f"))),
        ("?new&from=", new(None, None, None)),
        ("?run=a&new", new(None, None, None)),
        ("?new&replaces=a%20b&job=j", Address::Replace { id: RunId::new("a b") }),
        ("?new&replaces=", new(None, None, None)),
        ("?replaces=a", Address::runs()),
        ("?run=a", run("a")),
        ("?diagnostics&run=a", run("a")),
        ("?run=&q=x", list("x")),
        ("?run", Address::runs()),
        ("?diagnostics", Address::Diagnostics),
        ("?activity", Address::activity()),
        ("?activity&diagnostics&kind=nonsense&since=soon", Address::activity()),
        ("?q=a&diagnostics", Address::Diagnostics),
        ("?New", Address::runs()),
        ("??run=a", Address::runs()),
        ("?%72un=a", run("a")),
    ] {
        assert_eq!(Address::parse(search), address, "{search}");
    }
}

#[test]
fn decodes_once_and_accepts_broken_escapes() {
    for (search, q) in [
        ("?q=a+b%20c", "a b c"),
        ("?q=a%2Bb", "a+b"),
        ("?q=%2541", "%41"),
        ("?q=%", "%"),
        ("?q=100%&x", "100%"),
        ("?q=%zz%4", "%zz%4"),
        ("?q=%c3%a4", "ä"),
        ("?q=ä", "ä"),
        ("?q=%ff", "\u{fffd}"),
        ("?q=%c3", "\u{fffd}"),
        ("?q=%00", "\0"),
    ] {
        assert_eq!(Address::parse(search), list(q), "{search}");
    }
}

#[test]
fn href_matches_parse() {
    for (address, href) in [
        (Address::runs(), "./"),
        (list("phase:open name:a,b"), "./?q=phase:open%20name:a,b"),
        (list("1+1 & 2 # 50% \"ä\""), "./?q=1%2B1%20%26%202%20%23%2050%25%20%22%C3%A4%22"),
        (
            Address::Runs { q: String::from("a"), sort: Sort { key: SortKey::End, descending: true } },
            "./?q=a&sort=-end",
        ),
        (
            Address::Runs { q: String::new(), sort: Sort { key: SortKey::Created, descending: false } },
            "./?sort=created",
        ),
        (new(None, None, None), "./?new"),
        (
            new(Some("12345678"), Some("Pizza Campaign"), Some("0e54-x")),
            "./?new&job=12345678&name=Pizza%20Campaign&from=0e54-x",
        ),
        (run("0e54831a-5187-4701-afa4-aae01a2bdff6"), "./?run=0e54831a-5187-4701-afa4-aae01a2bdff6"),
        (run("a/b?c=d"), "./?run=a/b?c=d"),
        (Address::Diagnostics, "./?diagnostics"),
        (Address::activity(), "./?activity"),
    ] {
        assert_eq!(address.href(), href);
    }
}

#[test]
fn encoded_segment_stays_a_single_segment() {
    for (text, segment) in [
        ("0e54831a-5187", "0e54831a-5187"),
        ("a b", "a%20b"),
        ("a+b", "a%2Bb"),
        ("a/b", "a%2Fb"),
        ("a?b#c", "a%3Fb%23c"),
        ("%2F", "%252F"),
        ("ä", "%C3%A4"),
        ("%2e%2E", "%252e%252E"),
        ("../x", "..%2Fx"),
        ("..\\x", "..%5Cx"),
        ("...", "..."),
        ("~_.-", "~_.-"),
        ("\\", "%5C"),
        (" ", "%20"),
    ] {
        assert_eq!(encode_segment(text).as_deref(), Some(segment));
    }
}

#[test]
fn what_would_lead_to_another_path_is_no_segment() {
    for text in ["", ".", ".."] {
        assert_eq!(encode_segment(text), None, "{text:?}");
    }
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), "[ +%&=#?:/\"'a-z0-9äöü]{0,20}"]
}

fn addresses() -> impl Strategy<Value = Address> {
    let id = || text().prop_filter("an id is not empty", |id| !id.is_empty()).prop_map(|id| RunId::new(&id));
    let sort =
        (prop::sample::select(&SortKey::ALL[..]), any::<bool>()).prop_map(|(key, descending)| Sort { key, descending });
    prop_oneof![
        (text(), sort).prop_map(|(q, sort)| Address::Runs { q, sort }),
        (prop::option::of(text()), prop::option::of(text()), prop::option::of(id()))
            .prop_map(|(job, name, from)| Address::New { job, name, from }),
        id().prop_map(|id| Address::Run { id }),
        Just(Address::Diagnostics),
        (text(), any::<[bool; 2]>()).prop_map(|(q, [mine, notified])| Address::Activity {
            filter: Filter { q, mine, notified, kinds: vec![Kind::Failed], ..Filter::default() }
        }),
    ]
}

proptest! {
    #[test]
    fn parse_and_href_are_inverse(address in addresses()) {
        let href = address.href();
        prop_assert_eq!(Address::parse(href.strip_prefix("./").unwrap()), address);
    }

    #[test]
    fn href_contains_nothing_a_browser_would_rewrite(address in addresses()) {
        let href = address.href();
        prop_assert!(href.bytes().all(|byte| byte.is_ascii_graphic() && !b"\"#'<>`+\\^{|}".contains(&byte)), "{}", href);
    }

    #[test]
    fn any_query_string_parses_to_a_linkable_address(search in "\\PC{0,40}|[?&=a-z+%0-9]{0,40}") {
        let address = Address::parse(&search);
        prop_assert_eq!(Address::parse(address.href().strip_prefix("./").unwrap()), address);
    }

    #[test]
    fn segment_is_unreserved_and_round_trips(text in any::<String>()) {
        let segment = encode_segment(&text);
        prop_assert_eq!(segment.is_some(), !["", ".", ".."].contains(&text.as_str()));
        let segment = segment.unwrap_or_else(|| text.clone());
        prop_assert!(segment.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~%".contains(&byte)));
        let read = percent_decode_str(&segment).decode_utf8().unwrap();
        prop_assert_eq!(read.as_ref(), text.as_str());
    }
}

#[test]
fn activity_is_read_as_it_is_written() {
    for text in [
        "./?activity",
        "./?activity&q=Spring%20offer&kind=failed,stopped-here&mine",
        "./?activity&notified",
        "./?activity&since=2026-11-25T10:00:00.000Z&until=2026-11-26T10:00:00.000Z",
    ] {
        let address = Address::parse(text.trim_start_matches("./"));
        assert_eq!(address.href(), text);
        assert!(matches!(address, Address::Activity { .. }), "{text}");
    }
}

#[test]
fn a_timeline_and_a_chosen_window_are_read_as_they_are_written() {
    for text in [
        "./?timeline",
        "./?timeline&q=is:open&from=today&to=today%2B1w",
        "./?timeline&from=2026-11-25T10:00:00.000Z&to=2026-11-26T10:00:00.000Z&by=run",
        "./?new&job=a%2Bb&start=2026-11-25T10:00:00.000Z&end=2026-11-25T12:00:00.000Z",
        "./?new&replaces=r-1&start=2026-11-25T10:00:00.000Z&end=2026-11-25T12:00:00.000Z",
    ] {
        let address = Address::parse(text.trim_start_matches("./"));
        assert_eq!(address.href(), text);
        assert!(matches!(address, Address::Timeline { .. } | Address::Planned { .. }), "{text}");
    }
    let turned = Address::parse("?new&start=2026-11-25T12:00:00Z&end=2026-11-25T10:00:00Z");
    assert!(matches!(turned, Address::New { .. }), "a window that ends before it starts is none");
}
