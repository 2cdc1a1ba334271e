//! The jobs that seeded runs are runs of.
