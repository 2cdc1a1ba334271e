//! Keyboard shortcuts. Single keys work only while nothing is being typed, and can be turned off (WCAG 2.1.4).

/// A keyboard shortcut.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shortcut {
    /// Focus the query field.
    Search,
    /// Move to the next row.
    Next,
    /// Move to the previous row.
    Previous,
    /// Select or deselect the row.
    Select,
    /// Open the new-run form.
    New,
    /// Refresh what is shown.
    Refresh,
    /// Open the record of what happened.
    Activity,
    /// Write the text for the next shift.
    HandOver,
    /// Show the list of shortcuts.
    Help,
}

/// The page that a key is pressed on.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum KeyPage {
    /// The list of runs.
    List,
    /// The same runs as a timeline. It steps from bar to bar itself.
    Timeline,
    /// Any other.
    #[default]
    Other,
}

/// A key press and its context.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct KeyPress<'a> {
    /// The `key` of the keyboard event.
    pub key: &'a str,
    /// Whether Ctrl, Alt or Meta is held. Shift does not count: some keyboards need it for `/` and `?`.
    pub modified: bool,
    /// Whether the person is typing or choosing something, or a dialog is open.
    pub busy: bool,
    /// The page that is shown.
    pub page: KeyPage,
    /// Whether the person has turned shortcuts off.
    pub disabled: bool,
}

impl Shortcut {
    /// All shortcuts, in the order they are listed.
    pub const ALL: [Self; 9] = [
        Self::Search,
        Self::Next,
        Self::Previous,
        Self::Select,
        Self::New,
        Self::Refresh,
        Self::Activity,
        Self::HandOver,
        Self::Help,
    ];

    /// The key that triggers it.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Search => "/",
            Self::Next => "j",
            Self::Previous => "k",
            Self::Select => "x",
            Self::New => "n",
            Self::Refresh => "r",
            Self::Activity => "a",
            Self::HandOver => "h",
            Self::Help => "?",
        }
    }

    const fn works_on(self, page: KeyPage) -> bool {
        match self {
            Self::Next | Self::Previous | Self::Select => matches!(page, KeyPage::List),
            Self::Search => matches!(page, KeyPage::List | KeyPage::Timeline),
            Self::New | Self::Refresh | Self::Activity | Self::HandOver | Self::Help => true,
        }
    }

    /// The shortcut that a key press triggers, if any.
    pub fn of(press: KeyPress<'_>) -> Option<Self> {
        if press.modified || press.busy || press.disabled {
            return None;
        }
        Self::ALL.into_iter().find(|one| one.key() == press.key && one.works_on(press.page))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(key: &str, page: KeyPage) -> Option<Shortcut> {
        Shortcut::of(KeyPress { key, page, ..KeyPress::default() })
    }

    #[test]
    fn each_key_has_one_shortcut_and_list_shortcuts_only_work_on_the_list() {
        for one in Shortcut::ALL {
            assert_eq!(of(one.key(), KeyPage::List), Some(one));
        }
        let on = |page| {
            Shortcut::ALL.map(Shortcut::key).into_iter().filter(|key| of(key, page).is_some()).collect::<String>()
        };
        assert_eq!(on(KeyPage::Timeline), "/nrah?", "the timeline has its own next and previous");
        assert_eq!(on(KeyPage::Other), "nrah?");
        for other in ["J", "b", "Enter", "", "jj"] {
            assert_eq!(of(other, KeyPage::List), None, "{other}");
        }
    }

    #[test]
    fn no_shortcut_with_a_modifier_while_typing_or_when_disabled() {
        for one in Shortcut::ALL {
            let press = KeyPress { key: one.key(), page: KeyPage::List, ..KeyPress::default() };
            for none in [
                KeyPress { modified: true, ..press },
                KeyPress { busy: true, ..press },
                KeyPress { disabled: true, ..press },
            ] {
                assert_eq!(Shortcut::of(none), None);
            }
        }
    }
}
