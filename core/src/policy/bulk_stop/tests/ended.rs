//! Runs that end while their stop is not known to have taken effect.

use super::*;

/// A stop of one run whose answer was lost; its status is being polled.
fn with_lost_answer() -> Driven {
    let (mut driven, _) = Driven::confirmed("a");
    driven.read("a");
    driven.went("a", StopProgress::Unknown(down()));
    driven
}

#[test]
fn run_that_completed_or_failed_by_itself_is_not_reported_as_stopped() {
    for ended in ["completed", "failed"] {
        for answer in [StopProgress::Unknown(down()), StopProgress::Requested] {
            let (mut driven, _) = Driven::confirmed("a");
            driven.read("a");
            driven.went("a", answer);
            driven.went("a", StopProgress::Stopped(word(ended)));
            assert_eq!(driven.state("a"), &EntryStage::AlreadyOver(Some(word(ended))), "{ended}");
            assert!(driven.bulk.is_done(&id("a")));
        }
    }
}

#[test]
fn words_for_stopped_and_words_nobody_knows_still_report_the_stop() {
    for stopped in ["stopped", "cancelled", "withdrawn"] {
        let mut driven = with_lost_answer();
        driven.went("a", StopProgress::Stopped(word(stopped)));
        assert_eq!(driven.state("a"), &EntryStage::Stopped(word(stopped)), "{stopped}");
    }
}
