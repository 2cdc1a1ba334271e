//! Time zones, from the browser's `Intl`. Shipping zone tables would cost more than 100 kB.

use super::property;
use js_sys::{Array, Function, Intl, Object, Reflect};
use runboard_core::time::Timestamp;
use std::cell::RefCell;
use std::sync::Arc;
use wasm_bindgen::{JsCast, JsValue};

/// A zone that this browser supports. Cheap to compare and clone: the browser's formatters are cached separately, one per zone.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Zone(Arc<str>);

/// A browser formatter that prints an instant's offset, and a direct-mapped cache of its results.
struct OffsetCache {
    format: Function,
    /// The quarter of an hour (since 1970) and its offset in seconds, at index quarter modulo [`CACHE_SIZE`].
    entries: Vec<(i64, i32)>,
}

thread_local! {
    static OFFSET_CACHES: RefCell<Vec<(Arc<str>, OffsetCache)>> = const { RefCell::new(Vec::new()) };
}

/// Since this instant (1973) every zone's offset has changed only at a full quarter of an hour, so that caching by quarters is
/// exact. Earlier offsets are not cached.
const CACHEABLE_FROM: i64 = 94_694_400_000;
const QUARTER_MILLIS: i64 = 900_000;
/// Cached quarters of an hour per zone.
const CACHE_SIZE: usize = 1 << 10;

impl Zone {
    /// Coordinated Universal Time.
    pub fn utc() -> Self {
        Self(Arc::from("UTC"))
    }

    /// The zone with that IANA name (or `UTC`), if this browser supports it. Renamed zones work under both names.
    pub fn named(name: &str) -> Option<Self> {
        let name: Arc<str> = Arc::from(name.trim());
        if &*name == "UTC" {
            return Some(Self(name));
        }
        let known = OFFSET_CACHES.with_borrow(|caches| caches.iter().any(|(zone, _)| *zone == name));
        if !known {
            let format = offset_formatter(&name)?;
            OFFSET_CACHES.with_borrow_mut(|caches| {
                caches.push((Arc::clone(&name), OffsetCache { format, entries: vec![(i64::MIN, 0); CACHE_SIZE] }))
            });
        }
        Some(Self(name))
    }

    /// The zone that this browser runs in; UTC if it does not tell.
    pub(crate) fn local() -> Self {
        let format = Intl::DateTimeFormat::new(&Array::new(), &Object::new());
        property(&format.resolved_options(), "timeZone")
            .as_string()
            .and_then(|name| Self::named(&name))
            .unwrap_or_else(Self::utc)
    }

    /// The IANA name.
    pub fn name(&self) -> &str {
        &self.0
    }

    /// Seconds east of UTC at an instant.
    pub fn offset(&self, at: Timestamp) -> i32 {
        if self.name() == "UTC" {
            return 0;
        }
        OFFSET_CACHES.with_borrow_mut(|caches| {
            caches.iter_mut().find(|(zone, _)| *zone == self.0).map_or(0, |(_, cache)| cache.offset(at))
        })
    }
}

impl OffsetCache {
    fn offset(&mut self, at: Timestamp) -> i32 {
        let cacheable = at.millis() >= CACHEABLE_FROM;
        let quarter = at.millis().div_euclid(QUARTER_MILLIS);
        let index = usize::try_from(quarter).ok().filter(|_| cacheable).map(|quarter| quarter % CACHE_SIZE);
        if let Some((cached, offset)) = index.and_then(|index| self.entries.get(index))
            && *cached == quarter
        {
            return *offset;
        }
        let offset = self.compute(at);
        if let Some(entry) = index.and_then(|index| self.entries.get_mut(index)) {
            *entry = (quarter, offset);
        }
        offset
    }

    #[expect(clippy::cast_precision_loss, reason = "instants this console prints are exact in a double")]
    fn compute(&self, at: Timestamp) -> i32 {
        self.format
            .call1(&JsValue::UNDEFINED, &JsValue::from_f64(at.millis() as f64))
            .ok()
            .and_then(|text| text.as_string())
            .map_or(0, |text| parse_offset(&text))
    }
}

/// A function from milliseconds since 1970 to text that ends in `GMT`, `GMT+02:00` or `GMT-00:44:30`; `None` for an unknown zone.
fn offset_formatter(zone: &str) -> Option<Function> {
    let options = Object::new();
    for (key, value) in [("timeZone", zone), ("timeZoneName", "longOffset"), ("numberingSystem", "latn")] {
        Reflect::set(&options, &JsValue::from_str(key), &JsValue::from_str(value)).ok()?;
    }
    let intl = property(&js_sys::global(), "Intl");
    let constructor: Function = property(&intl, "DateTimeFormat").dyn_into().ok()?;
    // js-sys' own constructor lets the exception for an unknown zone through; `Reflect::construct` returns it as an error.
    let format = Reflect::construct(&constructor, &Array::of2(&JsValue::from_str("en-US"), &options)).ok()?;
    property(&format, "format").dyn_into().ok()
}

fn parse_offset(text: &str) -> i32 {
    let Some((_, offset)) = text.rsplit_once("GMT") else { return 0 };
    let mut characters = offset.chars();
    let sign = match characters.next() {
        Some('+') => 1,
        Some('-' | '\u{2212}') => -1,
        _ => return 0,
    };
    let mut seconds = 0;
    let mut unit = 3600;
    for part in characters.as_str().split(':') {
        seconds += part.trim().parse::<i32>().unwrap_or(0) * unit;
        unit /= 60;
    }
    sign * seconds
}

/// Zones that were renamed. Browsers list one of the two names but accept both, so both are offered.
const RENAMED: [&str; 20] = [
    "America/Argentina/Buenos_Aires",
    "America/Buenos_Aires",
    "America/Godthab",
    "America/Nuuk",
    "Asia/Calcutta",
    "Asia/Ho_Chi_Minh",
    "Asia/Kathmandu",
    "Asia/Katmandu",
    "Asia/Kolkata",
    "Asia/Rangoon",
    "Asia/Saigon",
    "Asia/Yangon",
    "Atlantic/Faeroe",
    "Atlantic/Faroe",
    "Europe/Kiev",
    "Europe/Kyiv",
    "America/Indianapolis",
    "America/Indiana/Indianapolis",
    "Pacific/Ponape",
    "Pacific/Pohnpei",
];

/// The IANA names that this browser supports, sorted, with both names of renamed zones; without UTC. Empty if the browser cannot
/// list them.
pub fn names() -> Vec<String> {
    let intl = property(&js_sys::global(), "Intl");
    let listed = property(&intl, "supportedValuesOf")
        .dyn_into::<Function>()
        .ok()
        .and_then(|list| list.call1(&intl, &JsValue::from_str("timeZone")).ok())
        .map(|listed| Array::from(&listed));
    let Some(listed) = listed else { return Vec::new() };
    for name in RENAMED.iter().filter(|name| offset_formatter(name).is_some()) {
        listed.push(&JsValue::from_str(name));
    }
    listed.sort();
    let mut names: Vec<String> =
        listed.iter().filter_map(|name| name.as_string()).filter(|name| name != "UTC").collect();
    names.dedup();
    names
}
