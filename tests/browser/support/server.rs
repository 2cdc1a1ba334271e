//! A fake API that answers without a network.

use super::{Stub, get, window};
use js_sys::{Array, Function, Object};
use wasm_bindgen::{JsCast, JsValue};

/// Replaces the browser's `fetch`. Requests without a prepared answer stay pending.
pub(crate) struct FakeServer {
    answers: Object,
    asked: Array,
    _stub: Stub,
}

impl FakeServer {
    pub(crate) fn start() -> Self {
        let (answers, asked) = (Object::new(), Array::new());
        let fetch = Function::new_with_args(
            "answers, asked",
            "return async (request) => {
               const key = `${request.method} ${new URL(request.url).pathname}`;
               // Noted before anything is awaited, so that a test finds every request that was sent.
               const one = { key, body: '', token: request.headers.get('Authorization') ?? '' };
               asked.push(one);
               one.body = await request.clone().text();
               const answer = answers[key];
               return answer ? new Response(answer.body, { status: answer.status }) : new Promise(() => {});
             };",
        );
        let fetch = fetch.call2(&JsValue::UNDEFINED, &answers, &asked).unwrap();
        let stub = Stub::value(&window(), "fetch", &fetch);
        Self { answers, asked, _stub: stub }
    }

    /// Prepares the answer to every further request like `GET /beta/runs/`.
    pub(crate) fn respond(&self, key: &str, status: u16, body: &str) {
        let answer = Object::new();
        super::user_actions::set(&answer, "status", &status.into());
        super::user_actions::set(&answer, "body", &body.into());
        super::user_actions::set(&self.answers, key, &answer);
    }

    /// The requests so far.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.each("key")
    }

    /// The bodies of the requests so far.
    pub(crate) fn request_bodies(&self) -> Vec<String> {
        self.each("body")
    }

    fn each(&self, key: &str) -> Vec<String> {
        self.asked.iter().map(|asked| get(asked.unchecked_ref::<JsValue>(), key).as_string().unwrap()).collect()
    }
}
