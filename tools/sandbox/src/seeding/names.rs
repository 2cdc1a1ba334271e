//! The names of seeded runs.

use crate::hash::Stable;

const REGIONS: [&str; 16] = [
    "north",
    "south",
    "east",
    "west",
    "coast",
    "lake district",
    "old town",
    "harbour",
    "airport",
    "hill country",
    "islands",
    "metro area",
    "border region",
    "valley",
    "university quarter",
    "all regions",
];

const GROUPS: [&str; 14] = [
    "new customers",
    "long-standing customers",
    "families",
    "students",
    "small businesses",
    "opted in by text",
    "opted in by mail",
    "no answer so far",
    "evening group",
    "weekend group",
    "pilot group",
    "control group",
    "over 65",
    "first contact",
];

/// Names as people also write them: other scripts, marks that a page must not take for its own, the longest allowed.
const AWKWARD: [&str; 10] = [
    "Größere Lieferfenster – Nordhäfen",
    "Rappel : rendez-vous d’automne (île & côte)",
    "春のお知らせ 第2回",
    "تذكير بالموعد",
    "תזכורת לתור",
    "Напоминание о встрече, волна 3",
    "Reminder <b>bold?</b> & \"quoted\" 'twice'",
    "  two  spaces  inside and around  ",
    "100 % of 50/50 tests; step #4 \\ final",
    "🍕 Lunch offer 🍕",
];

/// A name for a run of the job called `label`. One in about sixty is awkward, one in six hundred as long as allowed.
pub(super) fn name(label: &str, stream: &mut Stable) -> String {
    let kind = stream.between(0, 599);
    if kind == 0 {
        let filler = format!("{label}, ");
        return filler.chars().cycle().take(255).collect();
    }
    if kind <= 10 {
        return stream.pick(&AWKWARD).copied().unwrap_or(label).to_owned();
    }
    let region = stream.pick(&REGIONS).copied().unwrap_or("all regions");
    let group = stream.pick(&GROUPS).copied().unwrap_or("first contact");
    let (week, wave) = (stream.between(1, 52), stream.between(1, 6));
    match stream.between(0, 6) {
        0 => format!("{label}, {region}"),
        1 => format!("{label}, {region}, wave {wave}"),
        2 => format!("{label} ({group})"),
        3 => format!("{label}, week {week}"),
        4 => format!("Week {week}: {label}, {region}"),
        5 => format!("{label}, {region}, {group}"),
        _ => format!("{label} {wave} of 6, {group}"),
    }
}
