use super::*;
use proptest::prelude::*;

#[test]
fn parses_only_the_preferred_http_date_format() {
    let printed = Timestamp::parse("2022-05-03T10:51:03Z");
    assert!(printed.is_some());
    for text in ["Tue, 03 May 2022 10:51:03 GMT", " Tue, 03 May 2022 10:51:03 GMT ", "Mon, 03 May 2022 10:51:03 GMT"] {
        assert_eq!(parse_http_date(text), printed, "{text}");
    }
    for text in [
        "",
        "Tue, 03 May 2022 10:51:03",
        "Tue, 03 May 2022 10:51:03 UTC",
        "Tue, 3 May 2022 10:51:03 GMT",
        "Tue, 03 may 2022 10:51:03 GMT",
        "Tue, 03 May 22 10:51:03 GMT",
        "Tue, 31 Feb 2022 10:51:03 GMT",
        "Tue, 03 May 2022 10:51 GMT",
        "Tue, 03 May 2022 24:51:03 GMT",
        "Tue, 03 May 2022 10:51:03.5 GMT",
        "Tue, 03 May 2022  10:51:03 GMT",
        "Xxx, 03 May 2022 10:51:03 GMT",
        "Tuesday, 03-May-22 10:51:03 GMT",
        "Tue May  3 10:51:03 2022",
        "2022-05-03T10:51:03Z",
    ] {
        assert_eq!(parse_http_date(text), None, "{text}");
    }
}

proptest! {
    #[test]
    fn any_text_is_accepted(text in "\\PC{0,40}") {
        let _ = parse_http_date(&text);
    }
}
