//! An API that answers what a test says, without a network.

use super::{Stub, get, window};
use js_sys::{Array, Function, Object};
use wasm_bindgen::{JsCast, JsValue};

/// In place of the browser's `fetch`. What nobody prepared an answer for stays unanswered.
pub(crate) struct Server {
    answers: Object,
    asked: Array,
    _stub: Stub,
}

impl Server {
    pub(crate) fn start() -> Self {
        let (answers, asked) = (Object::new(), Array::new());
        let fetch = Function::new_with_args(
            "answers, asked",
            "return async (request) => {
               const key = `${request.method} ${new URL(request.url).pathname}`;
               asked.push({ key, body: await request.clone().text(), token: request.headers.get('Authorization') ?? '' });
               const answer = answers[key];
               return answer ? new Response(answer.body, { status: answer.status }) : new Promise(() => {});
             };",
        );
        let fetch = fetch.call2(&JsValue::UNDEFINED, &answers, &asked).unwrap();
        let stub = Stub::value(&window(), "fetch", &fetch);
        Self { answers, asked, _stub: stub }
    }

    /// Answers every request for this (`GET /beta/runs/`) from now on.
    pub(crate) fn answers(&self, key: &str, status: u16, body: &str) {
        let answer = Object::new();
        super::hands::set(&answer, "status", &status.into());
        super::hands::set(&answer, "body", &body.into());
        super::hands::set(&self.answers, key, &answer);
    }

    /// What was asked so far.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.each("key")
    }

    /// What was sent along so far.
    pub(crate) fn bodies(&self) -> Vec<String> {
        self.each("body")
    }

    fn each(&self, key: &str) -> Vec<String> {
        self.asked.iter().map(|asked| get(asked.unchecked_ref::<JsValue>(), key).as_string().unwrap()).collect()
    }
}
