//! Time zones, as the browser knows them (`Intl`). The tables stay the browser's: none are shipped.

use super::property;
use js_sys::{Array, Function, Intl, Object, Reflect};
use runboard_core::time::Timestamp;
use std::cell::RefCell;
use std::sync::Arc;
use wasm_bindgen::{JsCast, JsValue};

/// A zone this browser knows. Comparing and cloning are cheap; the browser's formatter is kept aside, one per zone.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Zone(Arc<str>);

/// A browser formatter that prints an instant's offset, with the offsets asked for so far by quarter of an hour.
struct Clockwork {
    format: Function,
    known: Vec<(i64, i32)>,
}

thread_local! {
    static CLOCKWORKS: RefCell<Vec<(Arc<str>, Clockwork)>> = const { RefCell::new(Vec::new()) };
}

/// No zone has changed its offset within a quarter of an hour since this instant (1973): before it, nothing is cached.
const QUARTERS_HOLD_FROM: i64 = 94_694_400_000;
const QUARTER: i64 = 900_000;
/// Quarters remembered at a time; each has one place, and gives it up to another one that needs it.
const MOST_KNOWN: usize = 1 << 10;

impl Zone {
    /// Coordinated Universal Time.
    pub fn utc() -> Self {
        Self(Arc::from("UTC"))
    }

    /// The zone of that IANA name (or `UTC`), if this browser knows it. Renamed zones work under both names.
    pub fn named(name: &str) -> Option<Self> {
        let name: Arc<str> = Arc::from(name.trim());
        if &*name == "UTC" {
            return Some(Self(name));
        }
        let known = CLOCKWORKS.with_borrow(|all| all.iter().any(|(of, _)| *of == name));
        if !known {
            let format = offset_formatter(&name)?;
            CLOCKWORKS.with_borrow_mut(|all| {
                all.push((Arc::clone(&name), Clockwork { format, known: vec![(i64::MIN, 0); MOST_KNOWN] }))
            });
        }
        Some(Self(name))
    }

    /// The zone this browser runs in.
    pub fn of_browser() -> Self {
        let format = Intl::DateTimeFormat::new(&Array::new(), &Object::new());
        property(&format.resolved_options(), "timeZone")
            .as_string()
            .and_then(|name| Self::named(&name))
            .unwrap_or_else(Self::utc)
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.0
    }

    /// Seconds east of UTC at an instant.
    pub fn offset(&self, at: Timestamp) -> i32 {
        if self.name() == "UTC" {
            return 0;
        }
        CLOCKWORKS.with_borrow_mut(|all| {
            all.iter_mut().find(|(of, _)| *of == self.0).map_or(0, |(_, clockwork)| clockwork.offset(at))
        })
    }
}

impl Clockwork {
    fn offset(&mut self, at: Timestamp) -> i32 {
        let cacheable = at.millis() >= QUARTERS_HOLD_FROM;
        let quarter = at.millis().div_euclid(QUARTER);
        let place = usize::try_from(quarter).ok().filter(|_| cacheable).map(|quarter| quarter % MOST_KNOWN);
        if let Some((of, offset)) = place.and_then(|place| self.known.get(place))
            && *of == quarter
        {
            return *offset;
        }
        let offset = self.ask(at);
        if let Some(known) = place.and_then(|place| self.known.get_mut(place)) {
            *known = (quarter, offset);
        }
        offset
    }

    #[expect(clippy::cast_precision_loss, reason = "instants this console prints are exact in a double")]
    fn ask(&self, at: Timestamp) -> i32 {
        self.format
            .call1(&JsValue::UNDEFINED, &JsValue::from_f64(at.millis() as f64))
            .ok()
            .and_then(|text| text.as_string())
            .map_or(0, |text| read_offset(&text))
    }
}

/// A function from milliseconds to text that ends in `GMT`, `GMT+02:00` or `GMT-00:44:30`; `None` for an unknown zone.
fn offset_formatter(zone: &str) -> Option<Function> {
    let options = Object::new();
    for (key, value) in [("timeZone", zone), ("timeZoneName", "longOffset"), ("numberingSystem", "latn")] {
        Reflect::set(&options, &JsValue::from_str(key), &JsValue::from_str(value)).ok()?;
    }
    let intl = property(&js_sys::global(), "Intl");
    let constructor: Function = property(&intl, "DateTimeFormat").dyn_into().ok()?;
    // The bound constructor throws for a zone it does not know; `construct` hands that over as an error.
    let format = Reflect::construct(&constructor, &Array::of2(&JsValue::from_str("en-US"), &options)).ok()?;
    property(&format, "format").dyn_into().ok()
}

fn read_offset(text: &str) -> i32 {
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

/// Zones whose spelling changed: browsers list one of the two and take both, so both are offered.
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

/// The IANA names this browser knows, sorted; only the renamed ones it also takes are added. Empty where the browser cannot list them.
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
