//! The rhythm of breathing together, part by part. Pure.

use crate::coping::Breath;

/// One part of a rhythm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Beat {
    /// Breathing in, or out.
    pub inward: bool,
    /// How long, in seconds.
    pub seconds: u8,
    /// Which round, from 1.
    pub round: u8,
    /// Of how many.
    pub rounds: u8,
}

/// All parts of a rhythm, in order.
pub fn beats(breath: Breath) -> Vec<Beat> {
    let beat = |round, inward| Beat {
        inward,
        seconds: if inward { breath.in_seconds } else { breath.out_seconds },
        round,
        rounds: breath.rounds,
    };
    (1..=breath.rounds).flat_map(|round| [beat(round, true), beat(round, false)]).collect()
}
