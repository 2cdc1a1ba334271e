//! Handles of what lives as long as the application.
//!
//! The parts of the application (clock, session, router and so on) are captured by nearly every closure that draws or
//! handles something. A handle of one pointer keeps those closures small; copies of all their signals took a tenth of the
//! program. What a handle points to is never freed: there is one of each for each start of the application.

/// Makes `$handle` a handle of its `$parts`, which are reached through it.
macro_rules! lasting {
    ($handle:ident, $parts:ident) => {
        impl Clone for $handle {
            fn clone(&self) -> Self {
                *self
            }
        }

        impl Copy for $handle {}

        impl std::ops::Deref for $handle {
            type Target = $parts;

            fn deref(&self) -> &$parts {
                self.0
            }
        }

        impl $handle {
            fn keep(parts: $parts) -> Self {
                Self(Box::leak(Box::new(parts)))
            }
        }
    };
}

pub(crate) use lasting;
