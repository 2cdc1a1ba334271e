//! The entry point. Everything else is in the library, so that tests can mount its parts.

fn main() {
    runboard::start();
}
