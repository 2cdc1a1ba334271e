//! Lazily loaded code.
//!
//! A function declared with [`lazy!`](crate::lazy::lazy) is asynchronous. In a release build (`cargo xtask build`, which sets the
//! feature `split`) its code, and everything that only lazy code needs, is in a second file that is fetched when a lazy function is
//! first called. In any other build the program is one file and the function returns at once.

#[cfg(feature = "split")]
use crate::browser::lazy_files;
use futures_util::FutureExt;
use leptos::task::spawn_local;
use std::fmt;
use std::future::Future;

/// The file with a lazy function's code could not be loaded. Calling the function again retries.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LoadError {
    reason: Option<String>,
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.reason.as_deref().unwrap_or_default())
    }
}

#[cfg(feature = "split")]
impl From<wasm_split_helpers::SplitLoaderError> for LoadError {
    fn from(_: wasm_split_helpers::SplitLoaderError) -> Self {
        Self { reason: lazy_files::load_failure() }
    }
}

/// Runs a lazy function: at once if its code is here already, otherwise when it has been loaded. For help that the person can do
/// without: if loading fails, nothing happens until the next call.
pub(crate) fn run_when_loaded(call: impl Future<Output = Result<(), LoadError>> + 'static) {
    let mut call = call.boxed_local();
    if (&mut call).now_or_never().is_none() {
        spawn_local(async move {
            let _ = call.await;
        });
    }
}

/// Declares a lazy function: `lazy! { pub fn page(id: RunId) -> AnyView { ... } }` becomes
/// `pub async fn page(id: RunId) -> Result<AnyView, LoadError>`.
macro_rules! lazy {
    ($(#[$meta:meta])* $vis:vis fn $name:ident($($arg:ident: $ty:ty),* $(,)?) -> $output:ty $body:block) => {
        #[cfg(feature = "split")]
        #[wasm_split_helpers::wasm_split(later, fallible)]
        $(#[$meta])*
        $vis fn $name($($arg: $ty),*) -> Result<$output, $crate::lazy::LoadError> {
            Ok($body)
        }

        #[cfg(not(feature = "split"))]
        $(#[$meta])*
        $vis async fn $name($($arg: $ty),*) -> Result<$output, $crate::lazy::LoadError> {
            Ok($body)
        }
    };
}

pub(crate) use lazy;
