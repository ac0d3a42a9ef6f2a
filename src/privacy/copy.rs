//! The copy of everything that is kept about a member: one ZIP with the same twice, as JSON for programs and as a
//! page for people. Made in memory and nowhere else; pure.

use std::io::{Cursor, Write as _};

use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::card::File;
use crate::groups::part::{Part, instant};
use crate::refusal::{Refusal, Stop};

/// Largest file that is sent: Discord takes 10 MiB of a bot's file without boosts
/// (<https://docs.discord.com/developers/reference#uploading-files>), and the rest of the message needs room.
pub const UPLOAD_LIMIT: usize = 9 * 1024 * 1024;
/// The most files a copy is split into: each is a message of its own, and nobody opens more.
pub const FILES_LIMIT: usize = 10;

/// A copy, in one file, or in several when it is larger than Discord takes.
pub struct Copy {
    /// The files, each whole in itself.
    pub files: Vec<File>,
    /// How many rows they hold.
    pub rows: usize,
}

/// Packs parts into as few files as fit under `limit` bytes each.
///
/// # Errors
/// Refused when it takes more than [`FILES_LIMIT`] files, or one row alone is too large.
pub fn pack(parts: &[Part], now: DateTime<Utc>, limit: usize) -> Result<Copy, Stop> {
    let rows = parts.iter().map(|part| part.rows.len()).sum();
    let mut zips = Vec::new();
    split(parts, now, limit, &mut zips)?;
    let (count, day) = (zips.len(), now.format("%Y-%m-%d"));
    let files = zips.into_iter().enumerate().map(|(at, bytes)| File {
        name: if count == 1 {
            format!("daymark-{day}.zip")
        } else {
            format!("daymark-{day}-{}-of-{count}.zip", at + 1)
        },
        bytes,
        description: "A copy of what I keep about you: a page to read, and JSON".to_owned(),
    });
    Ok(Copy { files: files.collect(), rows })
}

fn split(parts: &[Part], now: DateTime<Utc>, limit: usize, zips: &mut Vec<Vec<u8>>) -> Result<(), Stop> {
    let whole = zipped(parts, now)?;
    if whole.len() <= limit {
        zips.push(whole);
        return if zips.len() <= FILES_LIMIT { Ok(()) } else { Err(too_large().into()) };
    }
    drop(whole);
    let rows: usize = parts.iter().map(|part| part.rows.len()).sum();
    if rows < 2 || zips.len() >= FILES_LIMIT {
        return Err(too_large().into());
    }
    let (first, second) = halves(parts, rows / 2);
    split(&first, now, limit, zips)?;
    split(&second, now, limit, zips)
}

fn too_large() -> Refusal {
    Refusal::new(
        "Your copy is larger than I can send here.",
        "Discord takes files up to a size, and yours would be more than ten of them.",
        "Ask whoever runs this bot; they can hand it to you another way.",
    )
}

/// The first `count` rows, and the others, each under the heading of its part.
fn halves(parts: &[Part], count: usize) -> (Vec<Part>, Vec<Part>) {
    let mut left = count;
    parts
        .iter()
        .map(|part| {
            let (first, second) = part.rows.split_at(left.min(part.rows.len()));
            left -= first.len();
            (Part { rows: first.to_vec(), ..part.clone() }, Part { rows: second.to_vec(), ..part.clone() })
        })
        .unzip()
}

fn zipped(parts: &[Part], now: DateTime<Utc>) -> anyhow::Result<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default();
    zip.start_file("daymark.html", options)?;
    zip.write_all(page(parts, now).as_bytes())?;
    zip.start_file("daymark.json", options)?;
    zip.write_all(serde_json::to_string_pretty(&document(parts, now))?.as_bytes())?;
    Ok(zip.finish()?.into_inner())
}

fn document(parts: &[Part], now: DateTime<Utc>) -> Value {
    let parts: Map<String, Value> = parts
        .iter()
        .map(|part| {
            let rows = part.rows.iter().cloned().map(Value::Object).collect::<Vec<_>>();
            (part.name.to_owned(), json!({"title": part.title, "why": part.why, "kept_days": part.days, "rows": rows}))
        })
        .collect();
    json!({"made_by": "Daymark", "version": 1, "made_at": instant(now), "kept": parts})
}

/// The page: no script, nothing from elsewhere, every text escaped and in its own direction.
fn page(parts: &[Part], now: DateTime<Utc>) -> String {
    let mut out = String::from(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>What Daymark keeps about you</title>\
         <style>body{font:16px/1.5 sans-serif;max-width:42rem;margin:2rem auto;padding:0 1rem}\
         dl{border-top:1px solid #ccc;padding-top:.5rem}dt{color:#555}dd{margin:0 0 .5rem 1rem;white-space:pre-wrap;\
         unicode-bidi:isolate}</style></head>\n<body>\n<h1>What Daymark keeps about you</h1>\n",
    );
    let made = now.format("%Y-%m-%d %H:%M UTC");
    out.push_str(&format!("<p>Made {made}, for your eyes. Keep it where only you look.</p>\n"));
    for part in parts {
        out.push_str(&format!("<h2>{}</h2>\n<p>{} {}</p>\n", escaped(part.title), escaped(part.why), how_long(part)));
        if part.rows.is_empty() {
            out.push_str("<p>Nothing.</p>\n");
        }
        for row in &part.rows {
            out.push_str("<dl>");
            fields(&mut out, "", row);
            out.push_str("</dl>\n");
        }
    }
    out.push_str("</body></html>\n");
    out
}

fn how_long(part: &Part) -> String {
    match part.days {
        Some(days) => format!("Each is kept {days} days."),
        None => "Kept until you change it, leave, or ask me to forget you.".to_owned(),
    }
}

fn fields(out: &mut String, above: &str, row: &Map<String, Value>) {
    for (key, value) in row {
        let words = key.replace('_', " ");
        let name = if above.is_empty() { words } else { format!("{above}: {words}") };
        match value {
            Value::Null => {}
            Value::Object(inner) => fields(out, &name, inner),
            value => {
                out.push_str(&format!("<dt>{}</dt><dd dir=\"auto\">{}</dd>", escaped(&name), escaped(&plain(value))));
            }
        }
    }
}

/// A value as people read it.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Bool(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        Value::Array(values) => values.iter().map(plain).collect::<Vec<_>>().join(", "),
        Value::Object(fields) => fields
            .iter()
            .map(|(key, value)| format!("{}: {}", key.replace('_', " "), plain(value)))
            .collect::<Vec<_>>()
            .join("; "),
        Value::Null => "nothing".to_owned(),
        Value::Number(number) => number.to_string(),
    }
}

/// Text that means nothing but itself in HTML, in an element and in a quoted attribute.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(c),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use std::io::Read as _;

    use super::*;

    fn read(bytes: &[u8], name: &str) -> String {
        let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut text = String::new();
        zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    }

    fn parts(rows: usize) -> Vec<Part> {
        let mut lines = Part::new("lines", "Lines", "Because.").for_days(400);
        for row in 0..rows {
            // Hardly compressible, so that sizes mean something.
            lines.push(json!({"line": format!("{:x}", md(row)), "at": row}));
        }
        vec![Part::new("empty", "Nothing here", "Because."), lines]
    }

    fn md(row: usize) -> u128 {
        (row as u128 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C835)
    }

    #[test]
    fn a_copy_holds_everything_twice() {
        let copy = pack(&parts(3), DateTime::UNIX_EPOCH, UPLOAD_LIMIT).unwrap_or_else(|_| panic!("it fits"));
        assert_eq!((copy.rows, copy.files.len(), copy.files[0].name.as_str()), (3, 1, "daymark-1970-01-01.zip"));
        let json: Value = serde_json::from_str(&read(&copy.files[0].bytes, "daymark.json")).unwrap();
        assert_eq!(json["kept"]["lines"]["rows"].as_array().unwrap().len(), 3);
        assert_eq!(json["kept"]["lines"]["kept_days"], 400);
        let html = read(&copy.files[0].bytes, "daymark.html");
        for row in 0..3 {
            assert!(html.contains(&format!("{:x}", md(row))), "{html}");
        }
        assert!(html.contains("Nothing.") && html.contains("Each is kept 400 days."), "{html}");
    }

    #[test]
    fn nothing_somebody_wrote_means_anything_on_the_page() {
        let hostile = "</dd><script>alert(1)</script><a href='javascript:x'>\"&\u{0}\u{7}";
        let part = Part::new("lines", "Lines", "Because.")
            .row(json!({hostile: hostile, "inner": {"list": [hostile, 3, true]}}));
        let html = page(&[part], DateTime::UNIX_EPOCH);
        assert_eq!(
            html.matches("<script").count() + html.matches("<a ").count() + html.matches("javascript:x'").count(),
            0
        );
        assert!(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;") && html.contains("inner: list"), "{html}");
        assert!(!html.contains('\u{7}'));
    }

    #[test]
    fn what_is_too_large_is_split_and_what_is_far_too_large_is_refused() {
        let all = parts(2000);
        let whole =
            pack(&all, DateTime::UNIX_EPOCH, UPLOAD_LIMIT).unwrap_or_else(|_| panic!("it fits")).files.remove(0);
        let limit = whole.bytes.len() / 3;
        let copy = pack(&all, DateTime::UNIX_EPOCH, limit).unwrap_or_else(|_| panic!("it fits in some"));
        assert!((3..=FILES_LIMIT).contains(&copy.files.len()), "{}", copy.files.len());
        let mut rows = 0;
        for file in &copy.files {
            assert!(file.bytes.len() <= limit);
            let json: Value = serde_json::from_str(&read(&file.bytes, "daymark.json")).unwrap();
            rows += json["kept"]["lines"]["rows"].as_array().unwrap().len();
        }
        assert_eq!(rows, 2000, "no row is lost or doubled");
        for limit in [100, whole.bytes.len() / 40] {
            assert!(matches!(pack(&all, DateTime::UNIX_EPOCH, limit), Err(Stop::Refusal(_))));
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_breaks_out_of_its_element(text in "\\PC{0,80}") {
            let calm = escaped(&text);
            proptest::prop_assert!(!calm.contains(['<', '>', '"', '\'']));
        }
    }
}
