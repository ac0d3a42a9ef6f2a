//! The directory of helplines, in memory.
