//! What is known of the list's reads.

use leptos::prelude::*;
use runboard_core::problem::Problem;
use runboard_core::time::Timestamp;

/// How complete and how recent the list is.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct ListState {
    /// When the whole list was last read; during the first read, when its first page was.
    pub as_of: Option<Timestamp>,
    /// Why the last read failed.
    pub problem: Option<Problem>,
    /// Failed reads in a row.
    pub failures: u32,
    /// While pages are being read: runs read so far, and the number of runs that the API announced.
    pub reading: Option<(usize, Option<u64>)>,
    /// After a read that did not get every page: runs read, and the number of runs that the API announced.
    pub incomplete: Option<(usize, Option<u64>)>,
    /// The pages that could not be read.
    pub missing: Vec<u32>,
    /// Whether the user stopped the read.
    pub stopped: bool,
    /// When the page with the newest runs was last read, where that is more recent than `as_of`.
    pub newest: Option<Timestamp>,
    /// How many entries of the list could not be read.
    pub unreadable: usize,
    /// Whether the first read is still going on: runs are then shown as they arrive.
    pub streaming: bool,
    /// Whether a read that the person asked for is under way.
    pub refreshing: bool,
    /// Whether the last read has to wait until somebody signs in.
    pub refused: bool,
}

impl ListState {
    /// A memo of some fields, the others left at their defaults: every other type of memo would compile its update, its access and
    /// its drop once more.
    pub(crate) fn memo_of(state: Signal<Self>, fields: fn(&Self) -> Self) -> Memo<Self> {
        Memo::new(move |_| state.with(fields))
    }
}
