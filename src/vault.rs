//! Sealing of personal text with per-member keys.
