//! Replaces properties of the browser's objects.

use super::user_actions::set;
use js_sys::{Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// Replaces a property of a JavaScript object until it is dropped.
pub(crate) struct Stub {
    object: Object,
    key: JsValue,
    before: JsValue,
}

impl Stub {
    /// Replaces a method by this JavaScript, which finds its arguments in `arguments`.
    pub(crate) fn method(object: &JsValue, key: &str, body: &str) -> Self {
        Self::value(object, key, &Function::new_no_args(body))
    }

    /// Replaces a value.
    pub(crate) fn value(object: &JsValue, key: &str, value: &JsValue) -> Self {
        let descriptor = Object::new();
        set(&descriptor, "value", value);
        Self::with(object, key, &descriptor)
    }

    fn with(object: &JsValue, key: &str, descriptor: &Object) -> Self {
        set(descriptor, "configurable", &JsValue::TRUE);
        let (object, key): (Object, JsValue) = (object.clone().unchecked_into(), key.into());
        let before = Reflect::get_own_property_descriptor(&object, &key).unwrap();
        assert!(Reflect::define_property(&object, &key, descriptor).unwrap());
        Self { object, key, before }
    }
}

impl Drop for Stub {
    fn drop(&mut self) {
        let put_back = if self.before.is_undefined() {
            Reflect::delete_property(&self.object, &self.key)
        } else {
            Reflect::define_property(&self.object, &self.key, self.before.unchecked_ref())
        };
        assert!(put_back.unwrap());
    }
}
