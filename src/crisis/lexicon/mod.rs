//! The lexicon engine: from a text to a verdict that can be explained.
