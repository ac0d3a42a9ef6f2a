//! A foreign calendar as series.
