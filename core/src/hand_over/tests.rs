use super::*;
use crate::activity::{Action, Done, Entry, Moment, Outcome};
use crate::run::{RunId, Status};

/// Sun 29 Nov 2026, 10:05 in Berlin.
fn now() -> Timestamp {
    Timestamp::parse("2026-11-29T09:05:00Z").unwrap()
}

fn minutes(minutes: i64) -> Timestamp {
    now().plus(Span::from_minutes(minutes))
}

fn run(id: &str, status: &str, window: [i64; 2]) -> Arc<Run> {
    Arc::new(Run {
        name: ["Sale ", id].concat().into(),
        job_id: Some(JobId::new("12")),
        status: Some(Status::new(status)),
        start_at: Some(minutes(window[0])),
        end_at: Some(minutes(window[1])),
        ..Run::new(RunId::new(id))
    })
}

fn stop(run: &Run, outcome: Outcome, minute: i64) -> Entry {
    let at = Moment { here: minutes(minute), api: minutes(minute) };
    Entry::done(Done { outcome, ..Done::requested(Action::Stop) }, "k", Some(run), at)
}

fn record(entries: &[Entry]) -> Record {
    Record::of(entries.iter().cloned(), now()).0
}

fn label(job: &JobId) -> Option<Arc<str>> {
    (job.as_str() == "12").then(|| "Pizza, Rome".into())
}

fn hand_over<'a>(runs: &'a [Arc<Run>], record: &'a Record) -> HandOver<'a> {
    HandOver {
        runs,
        record,
        since: Some(minutes(-480)),
        now: now(),
        zones: [Zone { name: "Europe/Berlin", offset: &|_| 3600 }, Zone { name: "UTC", offset: &|_| 0 }],
        base: "https://console.example/runs/",
        job_label: &label,
    }
}

#[test]
fn plain_text_has_every_section_with_links_and_times_in_both_zones() {
    let runs = [
        run("on", "running", [-60, 240]),
        run("soon", "scheduled", [60, 120]),
        run("tomorrow", "scheduled", [1500, 1600]),
        run("over", "completed", [-300, -60]),
        run("long-over", "completed", [-900, -500]),
        run("bad", "failed", [-300, -30]),
        run("cut", "stopped", [-300, 600]),
    ];
    let record = record(&[stop(&runs[6], Outcome::Confirmed, -90), stop(&runs[3], Outcome::NotNeeded, -80)]);
    let text = hand_over(&runs, &record).text(Format::Plain);
    let expected = "\
Hand-over, Sun 29 Nov 10:05 Europe/Berlin (Sun 29 Nov 09:05 UTC)

Running now (1)
- Sale on (Pizza, Rome): running
  Sun 29 Nov 09:05 – 14:05 Europe/Berlin (Sun 29 Nov 08:05 – 13:05 UTC)
  https://console.example/runs/?run=on

Next 24 hours (1)
- Sale soon (Pizza, Rome): scheduled
  Sun 29 Nov 11:05 – 12:05 Europe/Berlin (Sun 29 Nov 10:05 – 11:05 UTC)
  https://console.example/runs/?run=soon

Ended since the last hand-over (2)
- Sale over (Pizza, Rome): completed
  Sun 29 Nov 05:05 – 09:05 Europe/Berlin (Sun 29 Nov 04:05 – 08:05 UTC)
  https://console.example/runs/?run=over
- Sale bad (Pizza, Rome): failed
  Sun 29 Nov 05:05 – 09:35 Europe/Berlin (Sun 29 Nov 04:05 – 08:35 UTC)
  https://console.example/runs/?run=bad

Needs attention (1)
- Sale bad (Pizza, Rome): failed
  Sun 29 Nov 05:05 – 09:35 Europe/Berlin (Sun 29 Nov 04:05 – 08:35 UTC)
  https://console.example/runs/?run=bad

Stopped by me (1)
- Sale cut (Pizza, Rome): stopped, requested Sun 29 Nov 08:35 Europe/Berlin (Sun 29 Nov 07:35 UTC)
  Sun 29 Nov 05:05 – 20:05 Europe/Berlin (Sun 29 Nov 04:05 – 19:05 UTC)
  https://console.example/runs/?run=cut
";
    assert_eq!(text, expected);
}

#[test]
fn section_of_a_run_follows_from_its_state() {
    let updated = |run: Arc<Run>, at: i64| Arc::new(Run { updated_at: Some(minutes(at)), ..(*run).clone() });
    for (run, headings) in [
        (run("a", "running", [-60, 60]), vec!["Running now"]),
        (run("a", "paused", [-60, 60]), vec!["Running now"]),
        (run("a", "scheduled", [-60, 60]), vec!["Running now", "Needs attention"]),
        (run("a", "running", [-60, -10]), vec!["Running now", "Needs attention"]),
        (run("a", "scheduled", [1440, 1500]), vec!["Next 24 hours"]),
        (run("a", "scheduled", [1441, 1500]), vec![]),
        (run("a", "paused", [-60, -10]), vec!["Ended since the last hand-over"]),
        (run("a", "completed", [-600, -480]), vec![]),
        (updated(run("a", "completed", [-600, 60]), -20), vec!["Ended since the last hand-over", "Needs attention"]),
        (updated(run("a", "stopped", [-600, 60]), -20), vec!["Ended since the last hand-over"]),
        (updated(run("a", "stopped", [-600, 60]), -500), vec![]),
    ] {
        let runs = [run];
        let (record, mut found) = (Record::default(), Vec::new());
        for section in sections::of(&hand_over(&runs, &record)) {
            found.extend((!section.items.is_empty()).then_some(section.heading));
        }
        assert_eq!(found, headings, "{:?}", runs[0]);
    }
}

#[test]
fn stop_says_what_came_of_it() {
    let runs = [run("a", "running", [-60, 60])];
    for (outcome, said) in [
        (Outcome::Requested, Some("stop requested, not confirmed yet, Sun 29 Nov 09:55")),
        (Outcome::Unknown, Some("stop requested, outcome unknown, Sun 29 Nov 09:55")),
        (Outcome::Confirmed, Some("stopped, requested Sun 29 Nov 09:55")),
        (Outcome::Refused, None),
        (Outcome::NotNeeded, None),
    ] {
        let record = record(&[stop(&runs[0], outcome, -10), stop(&run("old", "stopped", [0, 1]), outcome, -500)]);
        let text = hand_over(&runs, &record).text(Format::Plain);
        match said {
            Some(said) => assert!(text.contains("Stopped by me (1)") && text.contains(said), "{text}"),
            None => assert!(text.contains("Stopped by me (0)\nNone\n"), "{text}"),
        }
    }
}

#[test]
fn markdown_takes_nothing_from_a_name() {
    let named = |name: &str| [Arc::new(Run { name: name.into(), ..(*run("a b", "running", [-60, 60])).clone() })];
    for (name, line) in [
        ("Sale", r"- [Sale](<https://console.example/runs/?run=a%20b>) (Pizza, Rome): running  "),
        ("[x](http://y)", r"- [\[x\](http://y)](<https://console.example/runs/?run=a%20b>) (Pizza, Rome): running  "),
        (
            "**b** <i> `c`",
            r"- [\*\*b\*\* \<i\> \`c\`](<https://console.example/runs/?run=a%20b>) (Pizza, Rome): running  ",
        ),
        ("a\n# b\r- c", r"- [a \# b - c](<https://console.example/runs/?run=a%20b>) (Pizza, Rome): running  "),
        ("  ", r"- [(no name)](<https://console.example/runs/?run=a%20b>) (Pizza, Rome): running  "),
    ] {
        let (runs, record) = (named(name), Record::default());
        let text = hand_over(&runs, &record).text(Format::Markdown);
        assert_eq!(text.lines().nth(4), Some(line), "{text}");
        assert_eq!(text.lines().nth(2), Some("## Running now (1)"));
    }
    let (runs, record) = (named("a\nb\u{202e}c"), Record::default());
    assert!(hand_over(&runs, &record).text(Format::Plain).contains("- \u{2068}a b\u{202e}c\u{2069}"));
}

#[test]
fn two_zones_that_are_the_same_are_named_once() {
    let record = Record::default();
    let utc = Zone { name: "UTC", offset: &|_| 0 };
    let hand_over = HandOver { zones: [utc, utc], since: None, ..hand_over(&[], &record) };
    assert_eq!(hand_over.title(), "Hand-over, Sun 29 Nov 09:05 UTC");
    assert!(hand_over.text(Format::Plain).contains("Ended in the last 24 hours (0)\nNone\n"));
}

#[test]
fn run_without_a_window_or_a_label_is_listed_all_the_same() {
    let bare = Run { status: Some(Status::new("running")), job_id: Some(JobId::new("7")), ..Run::new(RunId::new("a")) };
    let (runs, record) = ([Arc::new(bare)], Record::default());
    let text = hand_over(&runs, &record).text(Format::Plain);
    assert!(text.contains("- (no name) (7): running\n  https://console.example/runs/?run=a\n"), "{text}");
}

#[test]
fn long_section_is_cut_and_says_so() {
    let runs: Vec<_> = (0..130).map(|at| run(&at.to_string(), "running", [-60, at])).collect();
    let record = Record::default();
    let text = hand_over(&runs, &record).text(Format::Plain);
    assert!(text.contains("Running now (130)") && text.contains("- and 30 more\n"));
    assert_eq!(hand_over(&runs, &record).mail_link(), None, "too long");
}

#[test]
fn mail_link_holds_the_text() {
    let record = Record::default();
    let link = hand_over(&[], &record).mail_link().unwrap();
    assert!(link.starts_with("mailto:?subject=Hand-over%2C%20Sun%2029%20Nov"), "{link}");
    assert!(link.contains("&body=") && link.contains("%0D%0A%0D%0ARunning%20now%20%280%29%0D%0ANone"), "{link}");
}

#[test]
fn second_zone_is_the_first_that_shows_another_time() {
    let summer = minutes(100 * 24 * 60);
    let london = move |at: Timestamp| if at > summer { 3600 } else { 0 };
    let (utc, tokyo) = (|_: Timestamp| 0, |_: Timestamp| 32_400);
    let second = |first: Offset<'_>, others: &[Offset<'_>]| second_zone(first, others, now());
    assert_eq!(second(&tokyo, &[&utc, &tokyo]), Some(0));
    assert_eq!(second(&utc, &[&utc, &tokyo, &london]), Some(1));
    assert_eq!(second(&utc, &[&utc, &utc, &tokyo]), Some(2));
    assert_eq!(second(&utc, &[&utc, &london]), Some(1), "in winter, London's clocks show the same");
    assert_eq!(second(&utc, &[&utc, &utc]), None);
}
