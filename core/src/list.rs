//! The list of runs: reading it page by page, keeping it fresh, and what of it is selected and drawn.

pub mod columns;
pub mod loading;
pub mod refresh_schedule;
pub mod row_height;
pub mod row_slots;
pub mod saved_views;
pub mod selection;
pub mod stable_rows;
pub mod virtual_window;
