//! An embedded stand-in for Discord on loopback.
