//! Noticing words that worry, and showing a way to a human.

pub mod lexicon;
