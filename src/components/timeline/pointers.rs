//! What is pointed at, what a drag has chosen, and what is remembered of pointers between two of their events.

use runboard_core::run::RunId;
use runboard_core::time::Timestamp;
use runboard_core::timeline::range::Range;
use runboard_core::window::Window;

/// A run that is pointed at or has the focus.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Pointed {
    Run(RunId),
    /// The density mark of a lane at an x and a y of the picture.
    Density {
        lane: usize,
        x: f64,
        y: f64,
    },
}

/// A window that somebody is choosing: of a new run, or of an upcoming one that is to be moved.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Plan {
    /// The run to reschedule
    pub(super) moved: Option<RunId>,
    /// A run in whose lane a new one is drawn
    pub(super) beside: Option<RunId>,
    pub(super) window: Window,
}

/// What the pressed pointer does.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Drag {
    Move(Range),
    /// A new run, from a time on, in the lane of a run
    New(Timestamp, Option<RunId>),
    /// An upcoming run
    Reschedule(RunId, Window),
}

/// The pressed pointer: where it went down, what it does, and whether it has moved.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Press {
    pub(super) down: Option<(f64, Drag)>,
    pub(super) has_moved: bool,
}

/// A finger: its pointer, where it was when the second one came, and where it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Finger {
    pub(super) pointer: i32,
    pub(super) start: f64,
    pub(super) now: f64,
}

/// The fingers that touch.
#[derive(Clone, Default, Debug)]
pub(super) struct Pinch {
    pub(super) fingers: Vec<Finger>,
    /// The range when the second finger came
    pub(super) range: Option<Range>,
}

/// All pointers of one timeline.
#[derive(Clone, Default, Debug)]
pub(super) struct Pointers {
    pub(super) press: Press,
    pub(super) pinch: Pinch,
    /// Counts the turns of the wheel, so that the last one is known
    pub(super) wheel_turns: u32,
}
