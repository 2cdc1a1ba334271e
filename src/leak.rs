//! Values that live as long as the page.

/// Moves a part of the application to the heap for good. There is one of each for every start of the application, and nearly
/// every closure captures some of them: as references they are one word. As structs of `Copy` signals they were up to 2.5 kB, and the
/// first file was 10 kB larger (before compression).
pub(crate) fn leak<T>(part: T) -> &'static T {
    Box::leak(Box::new(part))
}
