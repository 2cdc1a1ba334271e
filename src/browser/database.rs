//! IndexedDB: texts under keys that are lists of texts. It may be refused, full or cleared at any time; then a call fails.

use super::property;
use futures_util::future::{Either, select};
use gloo_timers::future::TimeoutFuture;
use idb::{
    DatabaseEvent, Factory, KeyRange, ObjectStore, ObjectStoreParams, Query, TransactionMode, TransactionResult,
};
use js_sys::{Array, Function};
use leptos::task::spawn_local;
use std::future::IntoFuture;
use wasm_bindgen::{JsCast, JsValue};

/// An open database.
pub(crate) struct Database(idb::Database);

/// What the browser refused, whatever its reason.
pub(crate) struct StorageRefused;

impl From<idb::Error> for StorageRefused {
    fn from(_: idb::Error) -> Self {
        Self
    }
}

/// So long, in milliseconds, a database may take to open. Some browsers never answer.
const PATIENCE: u32 = 10_000;

impl Database {
    /// Opens a database with these stores, which it makes at first.
    pub(crate) async fn open(name: &str, stores: &'static [&'static str]) -> Result<Self, StorageRefused> {
        let mut request = Factory::new()?.open(name, Some(1))?;
        request.on_upgrade_needed(move |event| {
            if let Ok(database) = event.database() {
                for store in stores {
                    let _ = database.create_object_store(store, ObjectStoreParams::new());
                }
            }
        });
        let mut database = match select(request.into_future(), TimeoutFuture::new(PATIENCE)).await {
            Either::Left((database, _)) => database?,
            Either::Right(((), late)) => {
                // The browser still holds its callbacks.
                spawn_local(async move {
                    let _ = late.await;
                });
                return Err(StorageRefused);
            }
        };
        // Whoever deletes the database, such as the browser's own tools, would wait for this connection.
        database.on_version_change(|event| {
            let database = event.target().map(JsValue::from).unwrap_or_default();
            if let Ok(close) = property(&database, "close").dyn_into::<Function>() {
                let _ = close.call0(&database);
            }
        });
        Ok(Self(database))
    }

    /// Begins a transaction. It ends by itself when nothing of it is awaited any more.
    pub(crate) fn begin(&self, store: &str, writes: bool) -> Result<Transaction, StorageRefused> {
        let mode = if writes { TransactionMode::ReadWrite } else { TransactionMode::ReadOnly };
        let transaction = self.0.transaction(&[store], mode)?;
        let store = transaction.object_store(store)?;
        Ok(Transaction { transaction, store })
    }
}

/// A transaction on one store.
pub(crate) struct Transaction {
    transaction: idb::Transaction,
    store: ObjectStore,
}

impl Transaction {
    /// The texts whose key begins with these parts, in the order of their keys.
    pub(crate) async fn all(&self, prefix: &[&str]) -> Result<Vec<String>, StorageRefused> {
        let texts = self.store.get_all(Some(range(prefix)?), None)?.await?;
        Ok(texts.iter().filter_map(JsValue::as_string).collect())
    }

    /// Writes a text.
    pub(crate) fn put(&self, key: &[&str], text: &str) -> Result<(), StorageRefused> {
        self.store.put(&JsValue::from_str(text), Some(&key_of(key)))?;
        Ok(())
    }

    /// Removes the text under this key.
    pub(crate) fn remove(&self, key: &[&str]) -> Result<(), StorageRefused> {
        self.store.delete(Query::Key(key_of(key)))?;
        Ok(())
    }

    /// Removes the texts whose key begins with these parts.
    pub(crate) fn remove_all(&self, prefix: &[&str]) -> Result<(), StorageRefused> {
        self.store.delete(range(prefix)?)?;
        Ok(())
    }

    /// Waits until all of it is stored.
    pub(crate) async fn finish(self) -> Result<(), StorageRefused> {
        match self.transaction.await? {
            TransactionResult::Committed => Ok(()),
            // Among others where there is no room left.
            TransactionResult::Aborted => Err(StorageRefused),
        }
    }
}

fn key_of(parts: &[&str]) -> JsValue {
    parts.iter().map(|part| JsValue::from_str(part)).collect::<Array>().into()
}

/// Lists that begin with these parts: a list sorts after every text.
fn range(prefix: &[&str]) -> Result<Query, StorageRefused> {
    let end: Array = prefix.iter().map(|part| JsValue::from_str(part)).collect();
    end.push(&Array::new());
    Ok(KeyRange::bound(&key_of(prefix), &end, None, Some(true))?.into())
}
