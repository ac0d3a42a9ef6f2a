//! Caring notes: a few kind lines a year that want nothing.
//!
//! The idea is old and well tried: short letters without any demand, sent a few times a year to people who had been
//! in crisis and were in no treatment, went with fewer deaths in the years when the risk is highest (Motto and Bostrom,
//! "A randomized controlled trial of postcrisis suicide prevention", Psychiatric Services 52(6), 2001); brief caring
//! text messages later did well in part of what was measured (Comtois and others, JAMA Psychiatry 76(5), 2019). We
//! claim none of that for ourselves. We keep what made them bearable: few, short, no question in them, no answer wanted.
//!
//! We promise: only who asked for them gets any, at most four a year and never two within a month; never in quiet
//! hours, while somebody is away, in a group's quiet time, or after they left; nobody gets one twice before they had
//! all there are. No note reaches anybody before its writer handed it in and a facilitator read it. Whoever gets it
//! does not see who wrote it. A note is gone when its writer takes it back, leaves, or is forgotten.
//!
//! ```text
//! (an alum writes) ─▶ draft ── hands it in ──▶ waiting ── a facilitator ──▶ approved ──▶ goes out now and then
//!                       └── no, or a day ──▶ gone  └── a facilitator ──▶ declined ── a month ──▶ gone
//! ```

pub mod actions;
pub mod cards;
pub mod commands;
pub mod model;
pub mod plan;
pub mod store;
