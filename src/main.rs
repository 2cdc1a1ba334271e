//! The console's entry point; everything is in the library, so that tests can mount its parts.

fn main() {
    runboard::start();
}
