//! Pure time: recurrence, zones, gaps and folds, quiet hours, and what people type.
