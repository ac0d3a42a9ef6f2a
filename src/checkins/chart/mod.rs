//! Draws a trend: an SVG made of our own words and numbers alone, rendered in process with one embedded
//! font. No system fonts, no files, no network; nothing a member wrote is in it.
//!
//! The panel is dark and opaque, so that it reads alike in Discord's dark and light themes and glares at
//! nobody at night. The two series differ in colour (Okabe and Ito's palette, made for all kinds of colour
//! vision, <https://jfly.uni-koeln.de/color/>), in line and in mark. A day without an answer is a gap: no
//! line crosses it.

#[cfg(test)]
mod tests;
mod words;

use std::fmt::Write as _;
use std::sync::{Arc, LazyLock};

use anyhow::Context as _;
use chrono::{Datelike, NaiveDate};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};
use tokio::sync::Semaphore;

pub use words::alt;

use super::cards::mood_words;
use super::model::{Mood, Trend};
use super::plan;

/// Width in pixels; Discord shows pictures up to 550 wide without scaling text below reading size.
pub const WIDTH: u32 = 800;
/// Height in pixels.
pub const HEIGHT: u32 = 400;
/// The panel.
pub const PANEL: &str = "#1b2230";
/// Words.
pub const INK: &str = "#e8ebf0";
/// Lines of the grid.
pub const GRID: &str = "#465063";
/// The mood (Okabe and Ito's orange).
pub const MOOD: &str = "#e69f00";
/// The second series (Okabe and Ito's sky blue).
pub const SECOND: &str = "#56b4e9";

/// A session attended (Okabe and Ito's bluish green).
pub const SESSION: &str = "#009e73";
/// Where the ticks of sessions begin below the plot, and how high they are.
pub const TICKS: (f32, f32) = (BOTTOM + 2.0, 10.0);

/// Left edge of the plot.
pub const LEFT: f32 = 118.0;
/// Right edge of the plot.
pub const RIGHT: f32 = 730.0;
/// The best mood's height.
pub const TOP: f32 = 76.0;
/// The hardest mood's height.
pub const BOTTOM: f32 = 316.0;

/// Pictures drawn at once: more would take the processor from answers.
static DRAWING: Semaphore = Semaphore::const_new(2);
static FONTS: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = fontdb::Database::new();
    fonts.load_font_data(include_bytes!("dejavu-sans-subset.ttf").to_vec());
    Arc::new(fonts)
});

/// Draws a trend as a PNG, on a thread for work of that kind.
///
/// # Errors
/// When the picture cannot be made, which is a mistake of ours.
pub async fn draw(trend: Trend) -> anyhow::Result<Vec<u8>> {
    let _turn = DRAWING.acquire().await.context("pictures are not drawn any more")?;
    tokio::task::spawn_blocking(move || png(&svg(&trend))).await.context("drawing broke off")?
}

/// Renders an SVG of ours.
///
/// # Errors
/// As [`draw`].
pub fn png(svg: &str) -> anyhow::Result<Vec<u8>> {
    let options = Options { fontdb: FONTS.clone(), font_family: "DejaVu Sans".to_owned(), ..Options::default() };
    let tree = Tree::from_str(svg, &options).context("the chart is no SVG")?;
    let mut pixels = Pixmap::new(WIDTH, HEIGHT).context("a chart without a size")?;
    resvg::render(&tree, Transform::identity(), &mut pixels.as_mut());
    pixels.encode_png().map_err(|error| anyhow::anyhow!("the chart could not be encoded: {error}"))
}

/// Where a day lies from left to right.
pub fn x(at: usize, days: usize) -> f32 {
    let steps = days.saturating_sub(1).max(1) as f32;
    LEFT + (RIGHT - LEFT) * at as f32 / steps
}

/// Where a value lies from bottom to top.
pub fn y(value: u8, (least, most): (u8, u8)) -> f32 {
    let share = f32::from(value.saturating_sub(least)) / f32::from(most.saturating_sub(least).max(1));
    BOTTOM - (BOTTOM - TOP) * share
}

/// The picture of a trend.
pub fn svg(trend: &Trend) -> String {
    let mut out = format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="DejaVu Sans" font-size="16" fill="{INK}">
<rect width="{WIDTH}" height="{HEIGHT}" fill="{PANEL}"/>
<text x="24" y="38" font-size="20">{}</text>
"#,
        words::title(trend)
    );
    grid(&mut out, trend);
    if let Some(series) = trend.second {
        let values: Vec<Option<u8>> = trend.days.iter().map(|day| day.second).collect();
        line(&mut out, &values, series.range(), Look::Second);
    }
    let moods: Vec<Option<u8>> =
        trend.days.iter().map(|day| day.mood.and_then(|mood| u8::try_from(mood.number()).ok())).collect();
    line(&mut out, &moods, (1, 5), Look::Mood);
    sessions(&mut out, trend);
    legend(&mut out, trend);
    out.push_str("</svg>\n");
    out
}

fn grid(out: &mut String, trend: &Trend) {
    for mood in Mood::ALL {
        let at = y(u8::try_from(mood.number()).unwrap_or(1), (1, 5));
        let (words, text) = (mood_words(mood), at + 5.5);
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            r#"<path d="M{LEFT} {at}H{RIGHT}" stroke="{GRID}" stroke-width="1"/><text x="106" y="{text}" text-anchor="end">{words}</text>"#
        );
    }
    if let Some(series) = trend.second {
        for &(value, words) in words::marks(series) {
            let at = y(value, series.range()) + 5.5;
            let _ = writeln!(out, r#"<text x="744" y="{at}" fill="{SECOND}" font-size="14">{words}</text>"#);
        }
    }
    for (at, date) in ticks(trend) {
        let (x, low) = (x(at, trend.days.len()), BOTTOM + 8.0);
        let label = date.format(if trend.days.len() > 100 { "%b" } else { "%-d %b" });
        let _ = writeln!(
            out,
            r#"<path d="M{x} {BOTTOM}V{low}" stroke="{GRID}" stroke-width="1"/><text x="{x}" y="342" text-anchor="middle">{label}</text>"#
        );
    }
}

/// The days that are named below: at most eight, evenly apart; months in a year.
fn ticks(trend: &Trend) -> Vec<(usize, NaiveDate)> {
    let days = trend.days.len();
    let all = (0..days).map(|at| (at, trend.date(at)));
    if days > 100 {
        return all.filter(|(_, date)| date.day() == 1).collect();
    }
    let apart = days.div_ceil(7).max(1);
    all.rev().step_by(apart).collect()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Look {
    Mood,
    Second,
}

/// A line through every run of days with a value, and a mark on each; nothing where there is none.
fn line(out: &mut String, values: &[Option<u8>], range: (u8, u8), look: Look) {
    let days = values.len();
    let fine = if days > 100 { 0.5 } else { 1.0 };
    let (colour, width, dashes) = match look {
        Look::Mood => (MOOD, 3.0 * fine, ""),
        Look::Second => (SECOND, 2.0 * fine, r#" stroke-dasharray="7 5""#),
    };
    let mark = if days > 100 {
        1.6
    } else if days > 40 {
        3.0
    } else {
        5.0
    };
    for run in plan::runs(values) {
        let mut path = String::new();
        for at in run {
            let Some(value) = values.get(at).copied().flatten() else { continue };
            let (x, y) = (x(at, days), y(value, range));
            let step = if path.is_empty() { 'M' } else { 'L' };
            let _ = write!(path, "{step}{x:.1} {y:.1}");
            let _ = match look {
                Look::Mood => writeln!(out, r#"<circle cx="{x:.1}" cy="{y:.1}" r="{mark}" fill="{colour}"/>"#),
                Look::Second => {
                    // Wide enough to be seen behind the mood's mark where both are at one place.
                    let (left, top, side) = (x - mark * 1.2, y - mark * 1.2, mark * 2.4);
                    writeln!(
                        out,
                        r#"<rect x="{left:.1}" y="{top:.1}" width="{side:.1}" height="{side:.1}" fill="{colour}"/>"#
                    )
                }
            };
        }
        let _ = writeln!(
            out,
            r#"<path d="{path}" fill="none" stroke="{colour}" stroke-width="{width}" stroke-linejoin="round"{dashes}/>"#
        );
    }
}

/// A tick below every day on which they were at a session.
fn sessions(out: &mut String, trend: &Trend) {
    let days = trend.days.len();
    let (top, high) = TICKS;
    // In a year a day is less than two pixels wide.
    let wide = if days > 100 { 2.4 } else { 4.0 };
    for at in (0..days).filter(|at| trend.days.get(*at).is_some_and(|day| day.attended)) {
        let left = x(at, days) - wide / 2.0;
        let _ = writeln!(out, r#"<rect x="{left:.1}" y="{top}" width="{wide}" height="{high}" fill="{SESSION}"/>"#);
    }
}

fn legend(out: &mut String, trend: &Trend) {
    let second = trend.second;
    if trend.days.iter().any(|day| day.attended) {
        let _ = writeln!(
            out,
            r#"<rect x="478" y="371" width="4" height="10" fill="{SESSION}"/><text x="492" y="381.5">Session attended</text>"#
        );
    }
    let _ = writeln!(
        out,
        r#"<path d="M118 376H158" stroke="{MOOD}" stroke-width="3"/><circle cx="138" cy="376" r="5" fill="{MOOD}"/><text x="168" y="381.5">Mood</text>"#
    );
    if let Some(series) = second {
        let words = words::name(series);
        let _ = writeln!(
            out,
            r#"<path d="M250 376H290" stroke="{SECOND}" stroke-width="2" stroke-dasharray="7 5"/><rect x="264" y="370" width="12" height="12" fill="{SECOND}"/><text x="300" y="381.5">{words}</text>"#
        );
    }
}
