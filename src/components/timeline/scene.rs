//! What the parts of the timeline share: the runs, the range in view, and the picture that is drawn of it.

use super::names::sort_lanes;
use super::pointers::{Pinch, Plan, Pointed, Pointers, Press};
use crate::address::Address;
use crate::browser::zones::Zone;
use crate::context::UiContext;
use crate::state::list::ListHandle;
use crate::text::timeline as words;
use leptos::html;
use leptos::prelude::*;
use runboard_core::run::{Run, RunId};
use runboard_core::time::offsets::ZoneOffsets;
use runboard_core::time::{Span, Timestamp};
use runboard_core::timeline::concurrency::Concurrency;
use runboard_core::timeline::drawing::Drawing;
use runboard_core::timeline::edges::Edges;
use runboard_core::timeline::lanes::Grouping;
use runboard_core::timeline::picture::{Layout, Picture};
use runboard_core::timeline::range::Range;
use runboard_core::timeline::run_set::RunSet;
use runboard_core::timeline::{Timeline, TimelineRun};
use runboard_core::window::Window;
use std::sync::Arc;

/// Below this width, labels stand above their lanes rather than beside them.
const NARROW: f64 = 560.0;
/// The height of a label above its lane.
const LABEL_ABOVE: f64 = 20.0;
/// The steps in which the present moves on, in milliseconds.
const NOW_STEPS: [i64; 8] = [1_000, 5_000, 15_000, 30_000, 60_000, 300_000, 900_000, 3_600_000];
/// The length that room is looked for at first: a working day.
const ROOM: Span = Span::from_hours(8);
/// Before the width is measured.
const FIRST_WIDTH: f64 = 900.0;

/// The state of the timeline.
#[derive(Clone, Copy)]
pub(super) struct Scene {
    pub(super) ui: UiContext,
    list: ListHandle,
    pub(super) timeline: Memo<Arc<Timeline>>,
    pub(super) grouping: Memo<Grouping>,
    pub(super) edges: Memo<Edges>,
    /// The range of the address.
    pub(super) settled: Memo<Range>,
    /// The range in view, also while it is being dragged or zoomed.
    pub(super) range: Memo<Range>,
    /// That range while it differs from the address.
    live: RwSignal<Option<Range>>,
    /// What is drawn: more than what is in view, so that a short move draws nothing, and a zoom only when it rests.
    pub(super) drawing: Memo<Drawing>,
    /// The offsets of the zone in what is drawn.
    offsets: Memo<Arc<ZoneOffsets>>,
    /// How many windows are open at each moment.
    pub(super) concurrency: Memo<Arc<Concurrency>>,
    pub(super) picture: Memo<Arc<Picture>>,
    /// The time that the states are those of: it moves on when one of them changes.
    pub(super) states_at: Memo<Timestamp>,
    /// What is cut off before this time has its name after it.
    names_from: Memo<(Drawing, Timestamp)>,
    /// How wide the view is.
    pub(super) width: RwSignal<f64>,
    /// The API's time, to the pixel.
    pub(super) now: Memo<Timestamp>,
    /// The first whole minute that is ahead.
    pub(super) next_minute: Memo<Timestamp>,
    pub(super) pointed: RwSignal<Option<Pointed>>,
    /// The run that the arrow keys have reached.
    pub(super) cursor: RwSignal<Option<RunId>>,
    pub(super) plan: RwSignal<Option<Plan>>,
    /// Room for a run of this length is shown in each lane.
    pub(super) room: RwSignal<Option<Span>>,
    /// Whether the pointer is where a drag would start a new run.
    pub(super) on_empty: RwSignal<bool>,
    /// The part of the picture between the upper and lower edge of the screen, with some more around it.
    pub(super) in_sight: RwSignal<(f64, f64)>,
    pub(super) frame: NodeRef<html::Div>,
    pub(super) canvas: NodeRef<html::Div>,
    pointers: StoredValue<Pointers, LocalStorage>,
}

impl Scene {
    pub(super) fn new(ui: UiContext, list: ListHandle) -> Self {
        let address = Memo::new(move |before: Option<&(Edges, Grouping)>| match ui.navigation.address() {
            Address::Timeline { edges, grouping, .. } => (edges, grouping),
            _ => before.copied().unwrap_or_default(),
        });
        let edges = Memo::new(move |_| address.get().0);
        let grouping = Memo::new(move |_| address.get().1);
        // Only which runs are listed counts. Their order changes whenever a window opens or ends.
        let matching = list.derive_settled(|listing| RunSet::new(Arc::clone(&listing.ids)));
        let timeline = Memo::new_with_compare(
            move |_| {
                list.revision();
                let runs: Vec<Arc<Run>> =
                    matching.with(|ids| ids.iter().filter_map(|id| list.run_untracked(id)).collect());
                Arc::new(Timeline::new(&runs, grouping.get()))
            },
            is_another,
        );
        let width = RwSignal::new(FIRST_WIDTH);
        // Rounded down to a step that is shorter than what one pixel stands for, so that nothing is drawn more often than it can be
        // seen, and a range that starts now does so at a whole minute.
        let now = Memo::new(move |_| {
            let now = ui.clock.tick();
            let zone = ui.settings.zone();
            let length = edges.get().resolve(now, &|at| zone.offset(at)).length().millis();
            let pixel = (length as f64 / width.get()) as i64;
            let step = NOW_STEPS.into_iter().rfind(|step| *step <= pixel).unwrap_or(1_000);
            Timestamp::from_millis(now.millis() - now.millis().rem_euclid(step))
        });
        let next_minute = Memo::new(move |_| {
            let now = ui.clock.tick().millis();
            Timestamp::from_millis(now - now.rem_euclid(60_000) + 60_000)
        });
        let settled = Memo::new(move |_| {
            let zone = ui.settings.zone();
            edges.get().resolve(now.get(), &|at| zone.offset(at))
        });
        let live = RwSignal::new(None::<Range>);
        // Somebody has chosen another range meanwhile.
        Effect::watch(move || edges.get(), move |_, _, _| live.set(None), false);
        let range = Memo::new(move |_| live.get().unwrap_or_else(|| settled.get()));
        let drawing = Memo::new(move |before: Option<&Drawing>| {
            let (range, view, is_settled) = (range.get(), width.get(), live.with(Option::is_none));
            let before = before.filter(|drawing| drawing.shows(range, view, is_settled));
            before.copied().unwrap_or_else(|| Drawing::new(range, view))
        });
        let offsets = Memo::new(move |before: Option<&(Zone, Arc<ZoneOffsets>)>| {
            let (range, zone) = (drawing.get().range(), ui.settings.zone());
            let fits =
                |(of, offsets): &&(Zone, Arc<ZoneOffsets>)| *of == zone && offsets.covers(range.from(), range.to());
            before.filter(fits).cloned().unwrap_or_else(|| {
                let offsets = ZoneOffsets::between(range.from(), range.to(), &|at| zone.offset(at));
                (zone, Arc::new(offsets))
            })
        });
        let offsets = Memo::new(move |_| offsets.with(|(_, offsets)| Arc::clone(offsets)));
        // Names stay with their bars while the picture is moved, unless it is drawn anew.
        let names_from = Memo::new(move |before: Option<&(Drawing, Timestamp)>| {
            let (drawing, is_moving) = (drawing.get(), live.with(Option::is_some));
            let stays = before.filter(|(of, _)| is_moving && *of == drawing);
            stays.copied().unwrap_or_else(|| {
                settled.track();
                (drawing, range.get_untracked().from())
            })
        });
        let narrow = Memo::new(move |_| width.get() < NARROW);
        let states_at = Memo::new(move |_| {
            list.track_states();
            ui.clock.now()
        });
        let concurrency = Memo::new_with_compare(
            move |_| {
                let now = states_at.get();
                Arc::new(timeline.with(|timeline| timeline.concurrency(now)))
            },
            is_another,
        );
        let picture = Memo::new_with_compare(
            move |_| {
                let (timeline, drawing) = (timeline.get(), drawing.get());
                let layout = Layout {
                    width: drawing.width(),
                    label: if narrow.get() { LABEL_ABOVE } else { 0.0 },
                    now: states_at.get(),
                };
                Arc::new(Picture::new(&timeline, drawing.range(), layout, &|lanes| {
                    sort_lanes(ui, &timeline, grouping.get_untracked(), lanes)
                }))
            },
            is_another,
        );
        Self {
            ui,
            list,
            timeline,
            grouping,
            edges,
            settled,
            range,
            live,
            drawing,
            offsets,
            concurrency,
            picture,
            states_at,
            names_from,
            width,
            now,
            next_minute,
            pointed: RwSignal::new(None),
            cursor: RwSignal::new(None),
            plan: RwSignal::new(None),
            room: RwSignal::new(Some(ROOM)),
            on_empty: RwSignal::new(false),
            in_sight: RwSignal::new((0.0, 2_000.0)),
            frame: NodeRef::new(),
            canvas: NodeRef::new(),
            pointers: StoredValue::new_local(Pointers::default()),
        }
    }

    /// How many pixels of the view a millisecond takes up.
    pub(super) fn scale(self) -> f64 {
        self.width.get() / self.range.get().length().millis() as f64
    }

    /// How wide the picture is drawn.
    pub(super) fn drawn_width(self) -> f64 {
        self.drawing.get().width()
    }

    /// Where a time stands in the picture.
    pub(super) fn x(self, at: Timestamp) -> f64 {
        self.drawing.get().x(at)
    }

    /// The offset of the zone at a time that is drawn.
    pub(super) fn offsets(self) -> impl Fn(Timestamp) -> i32 {
        let offsets = self.offsets.get();
        move |at| offsets.at(at)
    }

    /// The time at an x of the view.
    pub(super) fn time_at(self, x: f64) -> Timestamp {
        self.range.get_untracked().time_at(x, self.width.get_untracked())
    }

    /// How the picture has to be moved and stretched so that the range is in view.
    pub(super) fn transform(self) -> String {
        let (drawing, range) = (self.drawing.get(), self.range.get());
        format!("translateX({:.2}px) scaleX({:.5})", drawing.shift(range), drawing.stretch(range))
    }

    /// The left and the right edge of the view when the picture was drawn or the range was written to the address. Text keeps to them.
    pub(super) fn edges_of_view(self) -> (f64, f64) {
        let left = self.first_visible_x();
        (left, left + self.width.get())
    }

    /// What is cut off before this x has its name after it.
    pub(super) fn first_visible_x(self) -> f64 {
        self.x(self.names_from.get().1)
    }

    /// Shows a range until [`Scene::settle`].
    pub(super) fn show(self, range: Range) {
        let (from, length) = (range.from().second(), range.length().millis() / 1000);
        let from = Timestamp::from_millis(from * 1000);
        self.live.set(Some(Range::new(from, from.plus(Span::from_seconds(length)))));
    }

    /// Writes the range in view to the address.
    pub(super) fn settle(self) {
        if let Some(range) = self.live.try_get_untracked().flatten() {
            self.ui.navigation.type_query(&self.address(Edges::fixed(range)));
            self.live.set(None);
        }
    }

    /// Shows the range of the address again.
    pub(super) fn restore(self) {
        self.live.set(None);
    }

    /// Whether the form for a new run can be opened.
    pub(super) fn may_create(self) -> bool {
        self.ui.config.get().may_create
    }

    /// Whether a run can be moved: a new one takes its place, and it is stopped.
    pub(super) fn may_reschedule(self) -> bool {
        self.may_create() && self.ui.config.get().may_stop
    }

    /// Shows a range and writes it to the address.
    pub(super) fn go(self, range: Range) {
        self.show(range);
        self.settle();
    }

    /// Whether the timeline is still shown: an element that goes sends its last events when what it belonged to has gone.
    pub(super) fn is_there(self) -> bool {
        self.canvas.try_get_untracked().is_some()
    }

    /// The pressed pointer.
    pub(super) fn press(self) -> Press {
        self.pointers.try_with_value(|pointers| pointers.press.clone()).unwrap_or_default()
    }

    pub(super) fn set_press(self, press: Press) {
        self.pointers.try_update_value(|pointers| pointers.press = press);
    }

    pub(super) fn with_pinch<T>(self, change: impl FnOnce(&mut Pinch) -> T) -> Option<T> {
        self.pointers.try_update_value(|pointers| change(&mut pointers.pinch))
    }

    pub(super) fn count_wheel_turn(self) -> u32 {
        let count = |pointers: &mut Pointers| {
            pointers.wheel_turns = pointers.wheel_turns.wrapping_add(1);
            pointers.wheel_turns
        };
        self.pointers.try_update_value(count).unwrap_or_default()
    }

    /// Whether none has followed. `false` once the timeline is no longer shown.
    pub(super) fn is_last_wheel_turn(self, turn: u32) -> bool {
        self.pointers.try_with_value(|pointers| pointers.wheel_turns == turn) == Some(true)
    }

    /// The length that room is shown for. None where lanes are not those of jobs, or where some of a job's runs may be missing.
    pub(super) fn room_length(self) -> Option<Span> {
        self.timeline.track();
        self.next_minute.track();
        let is_known = self.grouping.get() == Grouping::ByJob && self.lists_all() && self.list.knows_all();
        self.room.get().filter(|_| is_known)
    }

    /// Whether no query leaves runs out; tracked.
    pub(super) fn lists_all(self) -> bool {
        self.ui.navigation.list_query().0.is_empty()
    }

    /// The address of other edges.
    pub(super) fn address(self, edges: Edges) -> Address {
        Address::Timeline { q: self.q(), edges, grouping: self.grouping.get_untracked() }
    }

    /// The query.
    pub(super) fn q(self) -> String {
        untrack(|| self.ui.navigation.list_query()).0
    }

    /// The place of a run, until runs come or go.
    pub(super) fn place(self, id: &RunId) -> Option<usize> {
        let run = self.list.run_untracked(id)?;
        self.timeline.with(|timeline| timeline.place_of(&run))
    }

    /// A run of the timeline.
    pub(super) fn run(self, id: &RunId) -> Option<TimelineRun> {
        self.run_at(self.place(id)?)
    }

    /// The run at a place.
    pub(super) fn run_at(self, place: usize) -> Option<TimelineRun> {
        self.timeline.with(|timeline| timeline.run(place).cloned())
    }

    /// The lane that a run is in.
    pub(super) fn lane_of(self, id: &RunId) -> Option<usize> {
        let place = self.place(id)?;
        self.timeline.with(|timeline| timeline.lanes().of(place)).map(|(lane, _)| lane)
    }

    /// The window of a run in words.
    pub(super) fn window_words(self, window: Window) -> String {
        let (settings, now) = (self.ui.settings, self.ui.clock.now());
        words::range(&settings.print_readable(window.start, now), &settings.print_readable_end(window, now))
    }

    /// Two times in words, the second shorter if it is on the same day.
    pub(super) fn range_words(self, from: Timestamp, to: Timestamp) -> (String, String) {
        let (settings, now) = (self.ui.settings, self.ui.clock.now());
        let to = Window::new(from, to)
            .map_or_else(|| settings.print_readable(to, now), |window| settings.print_readable_end(window, now));
        (settings.print_readable(from, now), to)
    }
}

fn is_another<T>(before: Option<&Arc<T>>, now: Option<&Arc<T>>) -> bool {
    before.zip(now).is_none_or(|(before, now)| !Arc::ptr_eq(before, now))
}
