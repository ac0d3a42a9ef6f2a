//! How does the sandbox number things? Discord's snowflakes, unique and increasing whatever the clock does.

use std::sync::Arc;

/// Milliseconds from the Unix epoch to Discord's (2015-01-01T00:00:00Z).
pub(crate) const DISCORD_EPOCH_MS: i64 = 1_420_070_400_000;

/// The clock of a sandbox: Unix time in milliseconds.
pub type Now = Arc<dyn Fn() -> i64 + Send + Sync>;

/// The host's clock.
pub(crate) fn system_clock() -> Now {
    Arc::new(|| chrono::Utc::now().timestamp_millis())
}

/// Hands out snowflakes. A clock that stands still or goes back still gives new, larger ids.
#[derive(Debug, Default)]
pub(crate) struct Snowflakes {
    last: u64,
}

impl Snowflakes {
    /// The next id for this moment.
    pub(crate) fn next(&mut self, now_ms: i64) -> u64 {
        let since = u64::try_from(now_ms.saturating_sub(DISCORD_EPOCH_MS)).unwrap_or(0).max(1);
        let wanted = since.min(u64::MAX >> 23) << 22;
        self.last = wanted.max(self.last.saturating_add(1));
        self.last
    }
}

/// A moment as Discord writes it: `2026-03-10T19:00:00.000000+00:00`.
pub(crate) fn iso(ms: i64) -> String {
    chrono::DateTime::from_timestamp_millis(ms)
        .unwrap_or(chrono::DateTime::UNIX_EPOCH)
        .to_rfc3339_opts(chrono::SecondsFormat::Micros, false)
}

/// Reads a moment as Discord accepts it (RFC 3339), in Unix milliseconds.
pub(crate) fn parse_iso(text: &str) -> Option<i64> {
    chrono::DateTime::parse_from_rfc3339(text).ok().map(|at| at.timestamp_millis())
}
