//! The names of the sample runs.

use crate::seeded_rng::SeededRng;

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

/// Names that a page may get wrong: other scripts and writing directions, markup, spaces, special characters.
const TRICKY: [&str; 10] = [
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

/// A name for a run of the job called `label`. One in sixty is tricky, one in six hundred has the greatest length.
pub(super) fn name(label: &str, rng: &mut SeededRng) -> String {
    let kind = rng.in_range(0..=599);
    if kind == 0 {
        let filler = format!("{label}, ");
        return filler.chars().cycle().take(255).collect();
    }
    if kind <= 10 {
        return rng.choose(&TRICKY).copied().unwrap_or(label).to_owned();
    }
    let region = rng.choose(&REGIONS).copied().unwrap_or("all regions");
    let group = rng.choose(&GROUPS).copied().unwrap_or("first contact");
    let (week, wave) = (rng.in_range(1..=52), rng.in_range(1..=6));
    match rng.in_range(0..=6) {
        0 => format!("{label}, {region}"),
        1 => format!("{label}, {region}, wave {wave}"),
        2 => format!("{label} ({group})"),
        3 => format!("{label}, week {week}"),
        4 => format!("Week {week}: {label}, {region}"),
        5 => format!("{label}, {region}, {group}"),
        _ => format!("{label} {wave} of 6, {group}"),
    }
}
