//! Looks at the pictures: axes, gaps, contrast, and that nothing but our own words is in them.

use resvg::tiny_skia::{Pixmap, PremultipliedColorU8};

use super::super::model::{Answer, Mood, Rating, Series, Trend, Urge};
use super::super::plan;
use super::{
    BOTTOM, GRID, HEIGHT, INK, LEFT, MOOD, PANEL, RIGHT, SECOND, SESSION, TICKS, TOP, WIDTH, alt, png, svg, x, y,
};

/// A trend that always looks the same: every fifth day and one whole week are missing.
fn trend(days: u16, second: Option<Series>) -> Trend {
    let until: chrono::NaiveDate = "2026-03-02".parse().unwrap();
    let answers: Vec<_> = (0..u64::from(days))
        .filter(|back| back % 5 != 3 && !(20..27).contains(back))
        .map(|back| {
            // Over a year moods last for days, as they do.
            let turn = if days > 100 { back / 6 } else { back };
            let mood = Mood::ALL[usize::try_from((turn * 7 + turn / 3) % 5).unwrap()];
            let energy = Rating::try_from(u8::try_from(back % 5 + 1).unwrap()).ok();
            let urge = Urge::try_from(u8::try_from(back * 3 % 11).unwrap()).ok();
            (until - chrono::Days::new(back), Answer { mood: Some(mood), energy, urge, ..Answer::default() })
        })
        .collect();
    plan::trend(&answers, until, days, second)
}

fn drawn(trend: &Trend) -> Pixmap {
    Pixmap::decode_png(&png(&svg(trend)).unwrap()).unwrap()
}

fn rgb(colour: &str) -> (u8, u8, u8) {
    let part = |at: usize| u8::from_str_radix(&colour[at..at + 2], 16).unwrap();
    (part(1), part(3), part(5))
}

fn is(pixel: PremultipliedColorU8, colour: &str) -> bool {
    let near = |a: u8, b: u8| a.abs_diff(b) <= 40;
    let (red, green, blue) = rgb(colour);
    near(pixel.red(), red) && near(pixel.green(), green) && near(pixel.blue(), blue)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "places in a small picture")]
fn at(picture: &Pixmap, x: f32, y: f32) -> PremultipliedColorU8 {
    picture.pixel(x.round() as u32, y.round() as u32).unwrap()
}

/// Whether a colour shows anywhere in the plot between two places from left to right.
fn shows(picture: &Pixmap, colour: &str, from: f32, to: f32) -> bool {
    let columns = (0..).map(|step| from + step as f32).take_while(|x| *x <= to);
    let rows = || (0..).map(|step| TOP - 8.0 + step as f32).take_while(|y| *y <= BOTTOM + 6.0);
    columns.into_iter().any(|x| rows().any(|y| is(at(picture, x, y), colour)))
}

/// Relative luminance and contrast as WCAG 2.2 defines them (<https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio>).
fn contrast(one: &str, other: &str) -> f64 {
    let luminance = |colour: &str| {
        let (red, green, blue) = rgb(colour);
        let part = |value: u8| {
            let value = f64::from(value) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(red) + 0.7152 * part(green) + 0.0722 * part(blue)
    };
    let (one, other) = (luminance(one) + 0.05, luminance(other) + 0.05);
    if one > other { one / other } else { other / one }
}

#[test]
fn words_and_lines_stand_out_from_the_panel() {
    assert!(contrast(INK, PANEL) >= 7.0, "{}", contrast(INK, PANEL));
    for line in [MOOD, SECOND, SESSION] {
        assert!(contrast(line, PANEL) >= 4.5, "{line}: {}", contrast(line, PANEL));
    }
    assert!(contrast(GRID, PANEL) >= 1.5 && contrast(GRID, PANEL) < contrast(MOOD, PANEL), "the grid stays behind");
    // Both ways, the panel stands out from Discord's light theme and does not glare in the dark one.
    assert!(contrast(PANEL, "#ffffff") >= 7.0);
}

#[test]
fn every_span_is_drawn_with_its_axes() {
    for days in super::super::model::SPANS {
        let picture = drawn(&trend(days, Some(Series::Urge)));
        assert_eq!((picture.width(), picture.height()), (WIDTH, HEIGHT));
        assert!(
            is(at(&picture, 2.0, 2.0), PANEL) && picture.pixels().iter().all(|pixel| pixel.alpha() == 255),
            "opaque"
        );
        let middle = y(3, (1, 5));
        let grid = (0..60).filter(|step| is(at(&picture, LEFT + *step as f32 * 10.0, middle), GRID)).count();
        assert!(grid > 10, "{days} days: the line of \"so-so\" shows at {grid} of 60 places");
        // Words beside every mood, below the days, and in the title.
        for value in 1..=5 {
            let row = y(value, (1, 5));
            assert!(
                (10..100).any(|x| (-6..6).any(|dy| is(at(&picture, x as f32, row + dy as f32), INK))),
                "{days}: mood {value}"
            );
        }
        assert!(
            (0..600).any(|dx| (330..345).any(|y| is(at(&picture, LEFT + dx as f32, y as f32), INK))),
            "{days}: days"
        );
        assert!(shows(&picture, MOOD, LEFT, RIGHT) && shows(&picture, SECOND, LEFT, RIGHT));
    }
}

#[test]
fn sessions_attended_are_ticks_below_their_days_and_told_in_words() {
    let attended: Vec<chrono::NaiveDate> =
        ["2026-02-18", "2026-02-28", "2026-03-02", "2026-04-01"].iter().map(|day| day.parse().unwrap()).collect();
    let below = TICKS.0 + TICKS.1 / 2.0;
    for (days, ticks) in [(14_u16, vec![1_usize, 11, 13]), (30, vec![17, 27, 29]), (365, vec![352, 362, 364])] {
        let plain = trend(days, Some(Series::Energy));
        let with = plan::with_sessions(plain.clone(), &attended);
        let picture = drawn(&with);
        let seen: Vec<usize> =
            (0..usize::from(days)).filter(|day| is(at(&picture, x(*day, usize::from(days)), below), SESSION)).collect();
        if days < 100 {
            assert_eq!(seen, ticks, "{days} days");
        } else {
            // A tick of a year is wider than its day.
            assert!(ticks.iter().all(|tick| seen.iter().any(|day| day.abs_diff(*tick) <= 1)), "{seen:?}");
        }
        let none = drawn(&plain);
        assert!((0..usize::from(days)).all(|day| !is(at(&none, x(day, usize::from(days)), below), SESSION)));
        let told = alt(&with, false);
        let words =
            if days <= 30 { "At a session on 3 days: 18 Feb, 28 Feb and 2 Mar." } else { "At a session on 3 days." };
        assert!(told.contains(words) && !alt(&plain, false).contains("session"), "{told}");
    }
}

/// How far two colours lie apart, as people see them who lack one kind of cone (Machado, Oliveira and Fernandes,
/// "A Physiologically-based Model for Simulation of Color Vision Deficiency", 2009, severity 1).
#[test]
fn lines_and_ticks_differ_for_every_kind_of_colour_vision() {
    let kinds: [(&str, [[f64; 3]; 3]); 4] = [
        ("all cones", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
        (
            "protanopia",
            [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
        ),
        (
            "deuteranopia",
            [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
        ),
        (
            "tritanopia",
            [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
        ),
    ];
    let linear = |value: u8| {
        let value = f64::from(value) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    let gamma = |value: f64| {
        let value = value.clamp(0.0, 1.0);
        255.0 * if value <= 0.0031308 { value * 12.92 } else { 1.055 * value.powf(1.0 / 2.4) - 0.055 }
    };
    for (kind, matrix) in kinds {
        let seen = |colour: &str| {
            let (red, green, blue) = rgb(colour);
            let cones = [linear(red), linear(green), linear(blue)];
            matrix.map(|row| gamma(row.iter().zip(cones).map(|(part, cone)| part * cone).sum()))
        };
        for (one, other) in [(MOOD, SECOND), (MOOD, SESSION), (MOOD, PANEL), (SECOND, PANEL), (SESSION, PANEL)] {
            let apart: f64 = seen(one).iter().zip(seen(other)).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt();
            assert!(apart >= 60.0, "{one} and {other} with {kind}: {apart:.0}");
        }
    }
}

#[test]
fn a_gap_stays_a_gap() {
    let mut trend = trend(14, Some(Series::Energy));
    for at in 0..14 {
        let day = &mut trend.days[at];
        *day = super::super::model::Day { mood: Some(Mood::Okay), second: Some(2), answered: true, attended: false };
    }
    for at in 5..9 {
        trend.days[at] = Default::default();
    }
    let picture = drawn(&trend);
    let (before, after) = (x(4, 14), x(9, 14));
    assert!(!shows(&picture, MOOD, before + 8.0, after - 8.0), "no line crosses the gap");
    assert!(!shows(&picture, SECOND, before + 8.0, after - 8.0));
    assert!(shows(&picture, MOOD, x(0, 14), x(1, 14)) && shows(&picture, MOOD, x(9, 14), x(10, 14)));
    // A single day between gaps is still seen.
    trend.days = vec![Default::default(); 14];
    trend.days[6].mood = Some(Mood::Good);
    let picture = drawn(&trend);
    assert!(is(at(&picture, x(6, 14), y(5, (1, 5))), MOOD));
    assert!(!shows(&picture, MOOD, x(7, 14), RIGHT));
}

#[test]
#[expect(clippy::single_range_in_vec_init, reason = "a list of one range is what is meant")]
fn runs_end_where_days_are_missing() {
    for (values, runs) in [
        (vec![], vec![]),
        (vec![None, None], vec![]),
        (vec![Some(1)], vec![0..1]),
        (vec![Some(1), Some(2), None, Some(3)], vec![0..2, 3..4]),
        (vec![None, Some(1), None, None, Some(2), Some(2)], vec![1..2, 4..6]),
    ] {
        assert_eq!(plan::runs(&values), runs, "{values:?}");
    }
}

#[test]
fn the_description_tells_the_same_in_words_and_fits() {
    let fortnight = alt(&trend(14, Some(Series::Energy)), true);
    assert!(
        fortnight.starts_with("Your mood from 17 February to 2 March 2026. You checked in on 11 of 14 days."),
        "{fortnight}"
    );
    assert!(
        fortnight.contains("2 Mar really hard, energy 1") && fortnight.contains("No mood on the other days"),
        "{fortnight}"
    );
    assert!(!fortnight.contains("27 Feb"), "a day without an answer is not told: {fortnight}");
    assert!(!alt(&trend(14, None), false).contains("11 of 14"), "what is not counted is not told");
    let year = alt(&trend(365, Some(Series::Urge)), true);
    assert!(
        year.contains("3 March 2025 to 2 March 2026") && year.contains("August: mostly") && year.contains("on average"),
        "{year}"
    );
    let empty = plan::trend(&[], "2026-03-02".parse().unwrap(), 30, None);
    assert!(alt(&empty, true).contains("nothing to draw yet"));
    for days in super::super::model::SPANS {
        for second in Series::ALL {
            assert!(alt(&trend(days, Some(second)), true).chars().count() <= 1024, "{days} {second:?}");
        }
    }
}

#[test]
fn a_trend_is_of_its_own_days_alone() {
    let until: chrono::NaiveDate = "2026-03-02".parse().unwrap();
    let okay = || Answer { mood: Some(Mood::Okay), ..Answer::default() };
    let answers = [("2026-02-16", false), ("2026-02-17", true), ("2026-03-02", true), ("2026-03-03", false)];
    for (date, inside) in answers {
        let trend = plan::trend(&[(date.parse().unwrap(), okay())], until, 14, None);
        assert_eq!((trend.answered() == 1, trend.days.len(), trend.until()), (inside, 14, until), "{date}");
    }
}

/// The pictures in the documentation are made by this code; `UPDATE_EXPECT=1` draws them anew.
#[test]
fn the_pictures_in_the_documentation_are_these() {
    for (name, days, second) in [("mood-14-days", 14, Some(Series::Energy)), ("mood-year", 365, None)] {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("docs/{name}.png"));
        let from: chrono::NaiveDate = "2026-03-02".parse().unwrap();
        // Three evenings a week, but for those missed.
        let evenings: Vec<_> =
            (0..u64::from(days)).filter(|back| [0, 3, 5].contains(&(back % 7)) && back % 11 != 3).collect();
        let attended: Vec<_> = evenings.into_iter().map(|back| from - chrono::Days::new(back)).collect();
        let bytes = png(&svg(&plan::with_sessions(trend(days, second), &attended))).unwrap();
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            std::fs::write(&path, &bytes).unwrap();
        }
        let (kept, now) = (Pixmap::load_png(&path).unwrap(), Pixmap::decode_png(&bytes).unwrap());
        let differ = kept.data().iter().zip(now.data()).filter(|(a, b)| a.abs_diff(**b) > 16).count();
        // Processors round a little differently at the edges of letters.
        assert!(
            kept.data().len() == now.data().len() && differ * 200 < now.data().len(),
            "{name}: {differ} bytes differ"
        );
    }
}
