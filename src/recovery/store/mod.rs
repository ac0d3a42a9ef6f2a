//! How a member's own tools are kept. No decisions here.

pub mod buddies;
pub mod kept;
pub mod reminders;
pub mod shared;
pub mod sheets;
pub mod skills;
