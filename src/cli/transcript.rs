//! A readable transcript of what people see: when, where, who, with buttons shown as buttons and
//! Discord's timestamps and mentions shown as Discord would.

use std::collections::HashMap;

use chrono::{DateTime, Utc};

use crate::calendar::{Zone, date_words, to_civil};
use crate::calendar::{full_moment_words, moment_words, time_words, until_words};
use crate::sandbox::{ControlView, EmbedView, Happened, MessageView, ModalView, Place, Seen, Style};

/// Width of the column that says when.
const WHEN: usize = 16;
/// Width of the column that says where.
const WHERE: usize = 18;

/// Width of what was said.
const WORDS: usize = 76;

/// One thing people saw, as lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Whether the bot did it; what people did themselves is theirs to know.
    pub by_bot: bool,
    /// Day and local time.
    pub when: String,
    /// A channel, or who alone sees it.
    pub place: String,
    /// What was said or done.
    pub lines: Vec<String>,
}

impl Entry {
    /// The entry in columns; with colour when a terminal shows it.
    pub fn columns(&self, colour: bool) -> String {
        let paint =
            |code: &str, text: &str| if colour { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() };
        let private = self.place.starts_with("only ");
        let place = format!("{:<WHERE$}", self.place);
        let mut out = String::new();
        for (at, line) in self.lines.iter().flat_map(|line| wrap(line)).enumerate() {
            let (when, place) = if at == 0 {
                (format!("{:<WHEN$}", self.when), place.clone())
            } else {
                (" ".repeat(WHEN), " ".repeat(WHERE))
            };
            let line = if self.by_bot { bold(&line, colour) } else { paint("2", &bold(&line, false)) };
            let row = format!("{}  {}  {line}", paint("2", &when), paint(if private { "35" } else { "36" }, &place));
            out.push_str(row.trim_end());
            out.push('\n');
        }
        out
    }
}

/// Breaks a long line between words; what follows is set in as far as the line began.
fn wrap(line: &str) -> Vec<String> {
    let lead: String = line.chars().take_while(|c| matches!(c, '│' | ' ' | '>')).collect();
    let mut lines = Vec::new();
    let mut current = String::new();
    for word in line.split(' ') {
        if !current.is_empty() && current.chars().count() + 1 + word.chars().count() > WORDS {
            lines.push(std::mem::replace(&mut current, lead.trim_end().to_owned()));
            if lead.is_empty() {
                current.clear();
            }
        }
        if !current.is_empty() {
            current.push(' ');
        }
        current.push_str(word);
    }
    lines.push(current);
    lines
}

/// Markdown's stars become bold letters on a terminal, and nothing elsewhere; small print and escapes
/// lose their marks.
fn bold(line: &str, colour: bool) -> String {
    let line = line.strip_prefix("-# ").unwrap_or(line);
    let mut out = String::new();
    let mut on = false;
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        if let Some(after) = rest.strip_prefix("**") {
            on = !on;
            out.push_str(match (colour, on) {
                (true, true) => "\x1b[1m",
                (true, false) => "\x1b[22m",
                (false, _) => "",
            });
            rest = after;
        } else if let Some(after) = rest.strip_prefix('\\') {
            let escaped = after.chars().next();
            out.extend(escaped.or(Some('\\')));
            rest = &after[escaped.map_or(0, char::len_utf8)..];
        } else {
            if c != '\u{2060}' {
                out.push(c);
            }
            rest = &rest[c.len_utf8()..];
        }
    }
    out
}

/// Turns what the sandbox shows into entries.
pub struct Reader {
    /// The zone in which times are told.
    pub zone: Zone,
    /// The bot's name.
    pub bot: String,
    /// What mentions stand for: `<@1>`, `<#2>`, `<@&3>`.
    pub names: HashMap<String, String>,
}

impl Reader {
    /// One thing seen, as an entry; nothing for what is not worth a line.
    pub fn read(&self, seen: &Seen) -> Option<Entry> {
        let at = DateTime::from_timestamp_millis(seen.at)?;
        let by_bot = seen.author == self.bot;
        let lines = match (&seen.kind, &seen.message) {
            (Happened::Posted, Some(message)) => self.message(&seen.author, message, at),
            (Happened::Edited, Some(message)) => self.message(&format!("{} (changed)", seen.author), message, at),
            (Happened::Deleted, Some(_)) => vec![format!("({} took a message away)", seen.author)],
            (Happened::Reacted { emoji, by }, _) => vec![format!("{by} reacts {emoji}")],
            (Happened::Modal(form), _) => modal(form),
            (Happened::Interaction { person, did }, _) => vec![self.plain(&format!("{person}: {did}"), at)],
            (Happened::Posted | Happened::Edited | Happened::Deleted, None) => return None,
        };
        let place = match &seen.place {
            Place::Channel(name) => name.clone(),
            Place::Dm(person) => format!("DM with {person}"),
            Place::OnlyFor { person, .. } => format!("only {person} sees"),
        };
        Some(Entry {
            by_bot: by_bot && !matches!(seen.kind, Happened::Interaction { .. }),
            when: self.when(at),
            place,
            lines,
        })
    }

    fn when(&self, at: DateTime<Utc>) -> String {
        to_civil(at, self.zone).format("%a %-d %b %H:%M").to_string()
    }

    fn message(&self, author: &str, message: &MessageView, at: DateTime<Utc>) -> Vec<String> {
        let mut lines: Vec<String> = message.content.lines().map(|line| self.plain(line, at)).collect();
        for embed in &message.embeds {
            lines.extend(self.embed(embed, at));
        }
        lines.extend(message.attachments.iter().map(|file| format!("[file {}]", file.name)));
        lines.extend(message.rows.iter().map(|row| row.iter().map(control).collect::<Vec<_>>().join(" ")));
        match lines.first_mut() {
            Some(first) => *first = format!("{author}: {first}"),
            None => lines.push(format!("{author}: (nothing)")),
        }
        lines
    }

    fn embed(&self, embed: &EmbedView, at: DateTime<Utc>) -> Vec<String> {
        let mut lines = Vec::new();
        if !embed.title.is_empty() {
            lines.push(format!("**{}**", self.plain(&embed.title, at)));
        }
        lines.extend(embed.description.lines().map(|line| self.plain(line, at)));
        for (name, value) in &embed.fields {
            lines.push(format!("**{}**", self.plain(name, at)));
            lines.extend(value.lines().map(|line| format!("  {}", self.plain(line, at))));
        }
        if !embed.footer.is_empty() {
            lines.push(format!("({})", self.plain(&embed.footer, at)));
        }
        lines.retain(|line| !line.trim().is_empty());
        lines.iter().map(|line| format!("│ {line}")).collect()
    }

    /// Mentions and timestamps as people see them.
    fn plain(&self, text: &str, now: DateTime<Utc>) -> String {
        let mut out = String::new();
        let mut rest = text;
        while let Some(start) = rest.find('<') {
            out.push_str(&rest[..start]);
            let mark = &rest[start..];
            let Some(end) = mark.find('>') else {
                out.push_str(mark);
                return out;
            };
            let token = &mark[..=end];
            match self.names.get(token).cloned().or_else(|| self.timestamp(token, now)) {
                Some(words) => out.push_str(&words),
                None => out.push_str(token),
            }
            rest = &mark[end + 1..];
        }
        out.push_str(rest);
        out
    }

    /// `<t:SECONDS:STYLE>`, as <https://docs.discord.com/developers/reference#message-formatting> lists the styles.
    fn timestamp(&self, token: &str, now: DateTime<Utc>) -> Option<String> {
        let inner = token.strip_prefix("<t:")?.strip_suffix('>')?;
        let (seconds, style) = inner.split_once(':').unwrap_or((inner, "f"));
        let at = DateTime::from_timestamp(seconds.parse().ok()?, 0)?;
        let local = to_civil(at, self.zone);
        Some(match style {
            "R" => until_words(now, at, self.zone),
            "t" | "T" => time_words(local.time()),
            "d" | "D" => date_words(local.date()),
            "F" => full_moment_words(local),
            _ => moment_words(local),
        })
    }
}

fn control(control: &ControlView) -> String {
    let face = control.emoji.as_ref().map(|emoji| format!("{emoji} ")).unwrap_or_default();
    match control.style {
        Style::Picker => format!("[▾ {}]", control.label),
        Style::Select => {
            let options: Vec<&str> = control.options.iter().map(|option| option.label.as_str()).collect();
            format!("[▾ {}: {}]", control.label, options.join(" / "))
        }
        Style::Primary | Style::Secondary | Style::Success | Style::Danger | Style::Link | Style::Other => {
            format!("[{face}{}]", control.label)
        }
    }
}

fn modal(form: &ModalView) -> Vec<String> {
    let mut lines = vec![format!("┌ a form opens: {}", form.title)];
    for field in &form.fields {
        let value = if field.value.is_empty() { &field.placeholder } else { &field.value };
        lines.push(format!("│ {}: [ {value} ]", field.label));
    }
    lines
}
