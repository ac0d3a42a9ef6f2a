//! What `/mood` says: the chart, for oneself alone.

use super::super::chart;
use super::super::model::{SPANS, Series, Trend};
use crate::card::{Button, Card, File, Press, Select, Style};
use crate::ids::GroupId;

/// The chart with its description, other stretches of time, and a second series to choose. `counted` says
/// on how many days they checked in.
pub fn mood(group: GroupId, trend: &Trend, picture: Vec<u8>, counted: bool) -> Card {
    let days = trend.days.len();
    let second = trend.second.map_or("none", Series::word);
    let count =
        if counted { format!("You checked in {} of the last {days} days.\n", trend.answered()) } else { String::new() };
    let mut card = Card::text(format!("{count}-# Days without a check-in are gaps, nothing more. Only you see this."));
    card.files.push(File { name: "mood.png".to_owned(), bytes: picture, description: chart::alt(trend, counted) });
    let span = |span: u16| {
        let label = if span == 365 { "A year".to_owned() } else { format!("{span} days") };
        let button = Button::new(label, Press::new("checkins", "trend").arg(group).arg(span).arg(second));
        if usize::from(span) == days { button.style(Style::Primary) } else { button }
    };
    let switch = if counted { ("Don't count days", "off") } else { ("Count days", "on") };
    let press = Press::new("checkins", "count").arg(group).arg(days).arg(second).arg(switch.1);
    card.select(beside(group, days, trend.second))
        .buttons(SPANS.map(span).into_iter().chain([Button::new(switch.0, press)]))
        .buttons([Button::new(
            "Share this picture",
            Press::new("checkins", "share_chart").arg(group).arg(days).arg(second),
        )])
}

fn beside(group: GroupId, days: usize, second: Option<Series>) -> Select {
    let label = |series| match series {
        Series::Energy => "Energy",
        Series::Sleep => "Sleep",
        Series::Urge => "Urge or craving",
    };
    let mut options: Vec<(String, String)> =
        Series::ALL.map(|series| (series.word().to_owned(), label(series).to_owned())).into();
    options.push(("none".to_owned(), "Only mood".to_owned()));
    Select {
        press: Press::new("checkins", "beside").arg(group).arg(days),
        placeholder: match second {
            Some(series) => format!("Beside your mood: {}", label(series).to_lowercase()),
            None => "Something beside your mood".to_owned(),
        },
        options,
        choose: (1, 1),
    }
}

/// There is nothing to draw.
pub fn nothing_yet() -> Card {
    Card::text("There is nothing to draw yet. After a first `/checkin` this shows how your days were, to you alone.")
}
