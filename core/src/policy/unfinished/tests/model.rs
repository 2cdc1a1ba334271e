//! Several tabs that leave and take at any time, with a storage whose changes reach the other tabs late, as between the processes of a
//! browser.

use super::*;
use std::collections::{BTreeMap, BTreeSet};

const TABS: usize = 4;

/// One browser.
#[derive(Default)]
struct Browser {
    storage: BTreeMap<String, String>,
    tabs: [Tab; TABS],
    /// The locks on entries, with the tab that holds each.
    locks: BTreeMap<String, usize>,
    requests: usize,
    random: usize,
}

/// One tab, open or closed.
#[derive(Default)]
struct Tab {
    is_open: bool,
    /// Local storage as this tab's process sees it.
    seen: BTreeMap<String, String>,
    creates: BTreeSet<String>,
    /// The entry whose lock it has been given.
    claimed: Option<String>,
}

#[derive(Clone, Copy, Debug)]
enum Step {
    Open,
    Request,
    /// The tab is closed, or the person signs out there: nobody who does that waits for the others.
    Leave,
    /// The changes of the other tabs arrive.
    Sync,
    /// It chooses an entry, and asks for its lock.
    Claim,
    /// It has the lock.
    Take,
}

impl Browser {
    fn step(&mut self, at: usize, step: Step) {
        let Self { storage, tabs, locks, requests, random } = self;
        let tab = &mut tabs[at];
        match step {
            Step::Open => {
                if !tab.is_open {
                    *tab = Tab { is_open: true, seen: storage.clone(), ..Tab::default() };
                }
            }
            _ if !tab.is_open => {}
            Step::Request => {
                *requests += 1;
                tab.creates.insert(requests.to_string());
            }
            Step::Leave => {
                let keys: Vec<String> = tab.creates.iter().cloned().collect();
                let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
                *random += 1;
                let unfinished = left(&keys, NOW, true);
                if let Some(text) = unfinished.to_text() {
                    storage.insert(new_entry_key(SCOPE, unfinished.left_at, &random.to_string()), text);
                }
                *tab = Tab::default();
            }
            Step::Sync => tab.seen = storage.clone(),
            Step::Claim => {
                let left = LeftUnfinished::read(tab.seen.clone(), NOW);
                let (left, own) = left.without(&tab.held());
                for key in own {
                    storage.remove(&key);
                    tab.seen.remove(&key);
                }
                // Held until long after every tab has seen the entry go.
                let free = left.next(FREE, NOW).filter(|key| !locks.contains_key(*key)).map(String::from);
                if let Some(key) = free.filter(|_| tab.claimed.is_none()) {
                    locks.insert(key.clone(), at);
                    tab.claimed = Some(key);
                }
            }
            Step::Take => {
                let Some(key) = tab.claimed.take() else { return };
                let taken = tab.seen.get(&key).and_then(|text| Unfinished::read(text)?.without(&tab.held()));
                storage.remove(&key);
                tab.seen.remove(&key);
                tab.creates.extend(taken.iter().flat_map(keys));
            }
        }
        // A closed tab gives back the lock on what it has not taken.
        let tabs = &self.tabs;
        let storage = &self.storage;
        self.locks.retain(|key, by| tabs[*by].claimed.as_ref() == Some(key) || !storage.contains_key(key));
    }

    /// How many open tabs hold each request, and how many entries.
    fn holders(&self, key: &str) -> (usize, usize) {
        let tabs = self.tabs.iter().filter(|tab| tab.creates.contains(key)).count();
        let entries = self.storage.values().filter_map(|text| Unfinished::read(text));
        (tabs, entries.filter(|left| keys(left).iter().any(|other| other == key)).count())
    }
}

impl Tab {
    fn held(&self) -> Held {
        Held { creates: self.creates.iter().cloned().collect(), ..Held::default() }
    }
}

fn any_step() -> impl Strategy<Value = (usize, Step)> {
    let step = prop::sample::select(vec![
        Step::Open,
        Step::Open,
        Step::Request,
        Step::Leave,
        Step::Sync,
        Step::Claim,
        Step::Claim,
        Step::Take,
        Step::Take,
    ]);
    (0..TABS, step)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    #[test]
    fn nothing_is_lost_or_taken_twice_in_whatever_order_tabs_leave_and_take(
        steps in prop::collection::vec(any_step(), 0..60),
    ) {
        let mut browser = Browser::default();
        for (at, step) in steps {
            browser.step(at, step);
            for key in 1..=browser.requests {
                let (tabs, entries) = browser.holders(&key.to_string());
                prop_assert!(tabs <= 1, "{} is in {} tabs after {:?}", key, tabs, step);
                prop_assert!(tabs + entries >= 1, "{} is lost after {:?}", key, step);
            }
        }
        // In the end, a tab that stays open has everything that the others left.
        browser.step(0, Step::Open);
        for other in 1..TABS {
            browser.step(other, Step::Leave);
        }
        for _ in 0..=browser.requests {
            for step in [Step::Sync, Step::Claim, Step::Take] {
                browser.step(0, step);
            }
        }
        for key in 1..=browser.requests {
            prop_assert_eq!(browser.holders(&key.to_string()), (1, 0));
        }
    }
}
