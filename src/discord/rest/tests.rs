//! `Rest` against a stub on loopback.
