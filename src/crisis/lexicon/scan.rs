//! The line protocol of `daymark scan`: one JSON string in, one JSON object out, same order.

use std::io::{self, BufRead, Write};

use serde::Serialize;

use super::{Explanation, Level, Lexicon, PhraseId, Sensitivity, Topic, Verdict};

#[derive(Serialize)]
struct Answer<'a> {
    level: Level,
    topics: Vec<Topic>,
    phrase: Option<&'a PhraseId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    explanation: Option<&'a Explanation>,
}

#[derive(Serialize)]
struct Trouble<'a> {
    error: &'a str,
}

impl<'a> Answer<'a> {
    fn new(verdict: &'a Verdict, explanation: Option<&'a Explanation>) -> Answer<'a> {
        let topics = verdict.topics.iter().filter(|topic| *topic != Topic::Bereavement).collect();
        Answer { level: verdict.level, topics, phrase: verdict.phrase.as_ref(), explanation }
    }
}

/// Answers every line of `reader` on `writer`. A line that is not a JSON string is answered with
/// `{"error": ...}` and the run goes on; only reading and writing can fail.
///
/// With `explain` every answer also holds how it came about, the folded text included.
pub fn scan(
    mut reader: impl BufRead,
    mut writer: impl Write,
    lexicon: &Lexicon,
    sensitivity: Sensitivity,
    explain: bool,
) -> io::Result<()> {
    let mut line = Vec::new();
    loop {
        line.clear();
        if reader.read_until(b'\n', &mut line)? == 0 {
            return writer.flush();
        }
        while line.last().is_some_and(|byte| matches!(byte, b'\n' | b'\r')) {
            line.pop();
        }
        match text_of(&line) {
            Some(text) if explain => {
                let explanation = lexicon.explain(&text, sensitivity);
                serde_json::to_writer(&mut writer, &Answer::new(&explanation.verdict, Some(&explanation)))?;
            }
            Some(text) => serde_json::to_writer(&mut writer, &Answer::new(&lexicon.check(&text, sensitivity), None))?,
            None => serde_json::to_writer(&mut writer, &Trouble { error: "not a JSON string" })?,
        }
        writer.write_all(b"\n")?;
    }
}

/// The text of a line. Half of a surrogate pair, which JSON can spell and text cannot hold, reads
/// as the replacement character.
fn text_of(line: &[u8]) -> Option<String> {
    if let Ok(text) = serde_json::from_slice::<String>(line) {
        return Some(text);
    }
    let lossy = String::from_utf8_lossy(line);
    if let Ok(text) = serde_json::from_str::<String>(&lossy) {
        return Some(text);
    }
    let bytes: &[u8] = lossy.as_bytes();
    if bytes.first() != Some(&b'"') {
        return None;
    }
    let mended = without_lone_surrogates(&lossy);
    serde_json::from_str::<String>(&mended).ok()
}

fn without_lone_surrogates(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("\\u") {
        let escape = |from: usize| rest.get(from + 2..from + 6).and_then(|hex| u32::from_str_radix(hex, 16).ok());
        out.push_str(&rest[..at]);
        let backslashes = out.bytes().rev().take_while(|b| *b == b'\\').count();
        let code = escape(at);
        let paired = rest.get(at + 6..at + 8) == Some("\\u")
            && escape(at + 6).is_some_and(|low| (0xdc00..0xe000).contains(&low));
        let step = match code {
            _ if backslashes % 2 == 1 => 2,
            Some(0xd800..=0xdbff) if paired => 12,
            Some(0xd800..=0xdfff) => {
                out.push_str("\\ufffd");
                rest = &rest[at + 6..];
                continue;
            }
            _ => 2,
        };
        let end = (at + step).min(rest.len());
        out.push_str(&rest[at..end]);
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}
