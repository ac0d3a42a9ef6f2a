//! Recovery: a member's own tools: reminders, a plan for hard hours, coping skills, milestones, goals, small wins,
//! and a buddy now and then.
//!
//! We promise: everything here is the member's own. What they write is sealed with their key, shown to them
//! alone, and read by the word check like everything that is typed into a form; it reaches somebody else only
//! by the press that shows exactly what will be shown. Nothing is counted against anybody.
//!
//! ```text
//! a reminder:  draft ── yes to direct messages ──▶ on ── said for the last time ──▶ over ── a month ──▶ gone
//!                └── no, or a day without an answer ──▶ gone      └── stop ──▶ gone
//! ```

pub mod actions;
pub mod cards;
pub mod commands;
pub mod model;
pub mod plan;
pub mod store;
#[cfg(test)]
mod tests;
