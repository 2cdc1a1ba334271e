//! Which element of a table shows which run.

use crate::run::RunId;
use std::collections::HashMap;

/// An element of the table and the run it shows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RowSlot {
    /// Names the element; never used for another element again.
    pub number: u32,
    /// The run.
    pub id: RunId,
    /// The run's index in the list, from 0.
    pub index: usize,
}

/// Which elements may be given to other runs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reuse {
    /// None: somebody may be about to press or hear what an element shows.
    Nothing,
    /// Those whose indices are no longer rendered: they scrolled out of view.
    OutOfView,
    /// Also those in view, for the run that now has their index: somebody is typing a query.
    All,
}

/// Assigns runs to elements as the list changes.
///
/// A run keeps its element for as long as it is rendered. An element is given to another run only where the caller allows it
/// ([`Reuse`]). Making a new element for every row would cost more than rewriting the texts of an old one.
#[derive(Clone, Default, Debug)]
pub struct RowSlots {
    slots: Vec<RowSlot>,
    next: u32,
}

impl RowSlots {
    /// The slots for these runs, in their order.
    pub fn assign(&mut self, rows: &[(RunId, usize)], reuse: Reuse) -> &[RowSlot] {
        let before = std::mem::take(&mut self.slots);
        let by_id: HashMap<&RunId, u32> = before.iter().map(|slot| (&slot.id, slot.number)).collect();
        let staying: HashMap<&RunId, ()> = rows.iter().map(|(id, _)| (id, ())).collect();
        let indices: HashMap<usize, ()> = rows.iter().map(|(_, index)| (*index, ())).collect();
        let left = before.iter().filter(|slot| reuse != Reuse::Nothing && !staying.contains_key(&slot.id));
        let (mut in_view, mut out_of_view): (Vec<_>, Vec<_>) = left.partition(|slot| indices.contains_key(&slot.index));
        let mut take = |index: usize| {
            let same = in_view.iter().position(|slot| reuse == Reuse::All && slot.index == index);
            let slot = same.map(|at| in_view.swap_remove(at)).or_else(|| out_of_view.pop());
            slot.map(|slot| slot.number)
        };
        self.slots = rows
            .iter()
            .map(|(id, index)| {
                let number = by_id.get(id).copied().or_else(|| take(*index)).unwrap_or_else(|| {
                    self.next = self.next.wrapping_add(1);
                    self.next
                });
                RowSlot { number, id: id.clone(), index: *index }
            })
            .collect();
        &self.slots
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rows(names: &[&str]) -> Vec<(RunId, usize)> {
        names.iter().zip(0..).map(|(name, index)| (RunId::new(name), index)).collect()
    }

    fn numbers(slots: &[RowSlot]) -> Vec<u32> {
        slots.iter().map(|slot| slot.number).collect()
    }

    #[test]
    fn a_run_keeps_its_element_when_the_order_changes() {
        let mut slots = RowSlots::default();
        let first = numbers(slots.assign(&rows(&["a", "b", "c"]), Reuse::All));
        let turned = numbers(slots.assign(&rows(&["c", "a", "b"]), Reuse::All));
        assert_eq!(turned, [first[2], first[0], first[1]]);
    }

    #[test]
    fn an_element_is_not_given_to_another_run_unless_allowed() {
        let mut slots = RowSlots::default();
        for reuse in [Reuse::Nothing, Reuse::OutOfView] {
            let first = numbers(slots.assign(&rows(&["a", "b"]), reuse));
            let kept = numbers(slots.assign(&rows(&["x", "b"]), reuse));
            assert!(!first.contains(&kept[0]));
            assert_eq!(kept[1], first[1]);
        }
    }

    #[test]
    fn while_typing_the_run_that_comes_takes_the_element_of_the_one_that_had_its_index() {
        let mut slots = RowSlots::default();
        let first = numbers(slots.assign(&rows(&["a", "b", "c"]), Reuse::All));
        assert_eq!(numbers(slots.assign(&rows(&["x", "b", "y"]), Reuse::All)), first);
    }

    #[test]
    fn nothing_is_reused_out_of_view_unless_allowed() {
        let mut slots = RowSlots::default();
        let first = numbers(slots.assign(&rows(&["a", "b"]), Reuse::Nothing));
        let moved = numbers(slots.assign(&[(RunId::new("x"), 5)], Reuse::Nothing));
        assert!(!first.contains(&moved[0]));
    }

    #[test]
    fn while_scrolling_the_runs_that_come_take_the_elements_of_those_that_left() {
        let window = |from: usize| (from..from + 3).map(|at| (RunId::new(&at.to_string()), at)).collect::<Vec<_>>();
        let mut slots = RowSlots::default();
        let first = numbers(slots.assign(&window(0), Reuse::OutOfView));
        let on = numbers(slots.assign(&window(2), Reuse::OutOfView));
        assert_eq!(on[0], first[2]);
        let mut all = on;
        all.sort_unstable();
        assert_eq!(all, first, "no element is made");
    }

    proptest! {
        #[test]
        fn elements_are_never_shared_and_runs_never_mixed_up(
            lists in prop::collection::vec((prop::collection::hash_set(0..12u32, 0..12), 0..3usize), 1..12),
        ) {
            let mut slots = RowSlots::default();
            for (list, reuse) in lists {
                let rows: Vec<_> = list.iter().zip(0..).map(|(id, at)| (RunId::new(&id.to_string()), at)).collect();
                let before = slots.slots.clone();
                let now = slots.assign(&rows, [Reuse::Nothing, Reuse::OutOfView, Reuse::All][reuse]).to_vec();
                prop_assert_eq!(now.iter().map(|slot| (slot.id.clone(), slot.index)).collect::<Vec<_>>(), rows);
                let mut all = numbers(&now);
                all.sort_unstable();
                all.dedup();
                prop_assert_eq!(all.len(), now.len());
                for slot in &now {
                    let was = before.iter().find(|other| other.id == slot.id);
                    prop_assert!(was.is_none_or(|was| was.number == slot.number));
                }
            }
        }
    }
}
