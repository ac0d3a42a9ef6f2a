//! Everything is tested through the front door: people speak and press on a stand-in for Discord, over
//! real HTTP and WebSocket, with the real database file. What can be checked by reading is checked there.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod alumni;
mod attending;
mod audit;
mod calendars;
mod canary;
mod checkins;
mod checkins_inputs;
mod checkins_more;
mod coach;
mod concerns;
mod contract;
mod crisis;
mod faults;
mod gateway_faults;
mod groups;
mod inert;
mod matrix;
mod personal;
mod places;
mod privacy;
mod privacy_more;
mod process;
mod recovery;
mod reminding;
mod requests;
mod rest;
mod schedule;
mod schedule_any_order;
mod sessions;
mod shape;
mod sharing;
mod simulation;
mod stage;
mod stories;
mod tidy;
mod words;
