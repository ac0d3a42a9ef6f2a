//! What we show: messages, buttons, selects and modals as plain values, before they become Discord's
//! JSON. Building a card decides nothing and sends nothing.
//!
//! Limits are Discord's (<https://docs.discord.com/developers/resources/message> and
//! `.../components/reference`); [`Card::problems`] names every one that a card breaks, and the tests
//! hold every card of every slice against it.

use crate::ids::{RoleId, UserId};

/// Most characters of a message's text.
pub const TEXT_LIMIT: usize = 2000;
/// Most characters of a panel's title.
pub const TITLE_LIMIT: usize = 256;
/// Most characters of a panel's body.
pub const BODY_LIMIT: usize = 4096;
/// Most fields in a panel.
pub const FIELDS_LIMIT: usize = 25;
/// Most characters of a field's value.
pub const FIELD_LIMIT: usize = 1024;
/// Most characters of a panel, all its parts together.
pub const PANEL_LIMIT: usize = 6000;
/// Most rows of buttons or selects.
pub const ROWS_LIMIT: usize = 5;
/// Most buttons in one row.
pub const BUTTONS_LIMIT: usize = 5;
/// Most characters on a button.
pub const LABEL_LIMIT: usize = 80;
/// Most options of a select.
pub const OPTIONS_LIMIT: usize = 25;
/// Most characters of a modal's title.
pub const MODAL_TITLE_LIMIT: usize = 45;
/// Most inputs in a modal.
pub const INPUTS_LIMIT: usize = 5;
/// Most characters a modal's paragraph input takes.
pub const INPUT_LIMIT: u16 = 4000;

/// One message, for a channel, a direct message, or one person's eyes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Card {
    /// Plain text above everything else.
    pub text: String,
    /// A framed panel (Discord's embed), when there is more than a line or two.
    pub panel: Option<Panel>,
    /// Rows of buttons or selects.
    pub rows: Vec<Row>,
    /// Files that go with it.
    pub files: Vec<File>,
    /// Whom the message may ping; nobody unless said.
    pub pings: Pings,
    /// Whether devices stay quiet about it.
    pub silent: bool,
}

/// A framed part of a card.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Panel {
    /// Heading; may be empty.
    pub title: String,
    /// Main text; may be empty when there are fields.
    pub body: String,
    /// Named parts below the body.
    pub fields: Vec<(String, String)>,
    /// Small print.
    pub footer: String,
}

/// A row below a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    /// One to five buttons.
    Buttons(Vec<Button>),
    /// One select.
    Select(Select),
    /// One select in which people of the server are chosen.
    People(People),
}

/// A button: its words and what pressing it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Button {
    /// The words on it, best a verb.
    pub label: String,
    /// A single emoji before the words, when a face says more.
    pub emoji: Option<&'static str>,
    /// How loud it looks.
    pub style: Style,
    /// What it does.
    pub leads: Leads,
}

/// What a button leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Leads {
    /// Comes back to us as a press.
    Press(Press),
    /// Opens an address; nobody is told.
    Link(String),
}

/// How loud a button looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Style {
    /// The one thing most people want here.
    Primary,
    /// Everything else.
    #[default]
    Plain,
    /// Good to go on.
    Positive,
    /// Takes something away.
    Danger,
}

/// A press as it travels in a custom id: which slice, which verb, and ids. It carries no authority: the
/// receiver looks up the state and checks who pressed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Press {
    /// The slice that drew it, such as `checkins`.
    pub slice: String,
    /// What is asked of it, such as `mood`.
    pub verb: String,
    /// Ids and small numbers, never text that a person wrote.
    pub args: Vec<String>,
}

impl Press {
    /// A press without arguments.
    pub fn new(slice: &str, verb: &str) -> Self {
        Self { slice: slice.into(), verb: verb.into(), args: Vec::new() }
    }

    /// The same press with one more argument.
    #[must_use]
    pub fn arg(mut self, arg: impl std::fmt::Display) -> Self {
        self.args.push(arg.to_string());
        self
    }
}

/// A select below a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Select {
    /// What choosing means.
    pub press: Press,
    /// Grey words while nothing is chosen.
    pub placeholder: String,
    /// What can be chosen: value and label.
    pub options: Vec<(String, String)>,
    /// Fewest and most that can be chosen.
    pub choose: (u8, u8),
}

/// A select in which people of the server are chosen; Discord offers the people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct People {
    /// What choosing means.
    pub press: Press,
    /// Grey words while nobody is chosen.
    pub placeholder: String,
    /// Fewest and most that can be chosen; 25 at most.
    pub choose: (u8, u8),
}

/// A form with classic text inputs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Modal {
    /// What submitting means.
    pub press: Press,
    /// Heading.
    pub title: String,
    /// One to five inputs.
    pub inputs: Vec<Input>,
}

/// One text input of a modal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// Its name in the submission.
    pub id: String,
    /// The words above it.
    pub label: String,
    /// Grey words inside it.
    pub placeholder: String,
    /// What stands in it already.
    pub value: String,
    /// Several lines, or one.
    pub long: bool,
    /// Whether it may stay empty.
    pub required: bool,
    /// Most characters taken (1 to 4000).
    pub limit: u16,
}

/// A file that goes with a card. Its bytes live in memory only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its name with ending.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
    /// The same in words, for people who do not see it.
    pub description: String,
}

/// Whom a message may ping. The default pings nobody, whatever the text says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pings {
    /// People.
    pub users: Vec<UserId>,
    /// Roles.
    pub roles: Vec<RoleId>,
}

impl Card {
    /// A card of plain text.
    pub fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// A card with a titled panel.
    pub fn panel(title: impl Into<String>, body: impl Into<String>) -> Self {
        Self { panel: Some(Panel { title: title.into(), body: body.into(), ..Panel::default() }), ..Self::default() }
    }

    /// Adds a field to the panel, making one if there is none.
    #[must_use]
    pub fn field(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.panel.get_or_insert_default().fields.push((name.into(), value.into()));
        self
    }

    /// Sets the panel's small print.
    #[must_use]
    pub fn footer(mut self, footer: impl Into<String>) -> Self {
        self.panel.get_or_insert_default().footer = footer.into();
        self
    }

    /// Adds a row of buttons.
    #[must_use]
    pub fn buttons(mut self, buttons: impl IntoIterator<Item = Button>) -> Self {
        self.rows.push(Row::Buttons(buttons.into_iter().collect()));
        self
    }

    /// Adds a select.
    #[must_use]
    pub fn select(mut self, select: Select) -> Self {
        self.rows.push(Row::Select(select));
        self
    }

    /// Adds a select of people.
    #[must_use]
    pub fn people(mut self, people: People) -> Self {
        self.rows.push(Row::People(people));
        self
    }

    /// The same card, delivered without a sound.
    #[must_use]
    pub fn silently(mut self) -> Self {
        self.silent = true;
        self
    }

    /// The same card, allowed to ping that role.
    #[must_use]
    pub fn ping_role(mut self, role: RoleId) -> Self {
        self.pings.roles.push(role);
        self
    }

    /// The same card, allowed to ping that person.
    #[must_use]
    pub fn ping_user(mut self, user: UserId) -> Self {
        self.pings.users.push(user);
        self
    }

    /// How many characters still fit into the panel, all its parts together.
    pub fn room(&self) -> usize {
        PANEL_LIMIT.saturating_sub(self.panel.as_ref().map_or(0, panel_length))
    }

    /// Every limit of Discord that this card breaks, in words; empty when it can be sent.
    pub fn problems(&self) -> Vec<String> {
        let mut problems = Vec::new();
        over(&mut problems, "text", &self.text, TEXT_LIMIT);
        if let Some(panel) = &self.panel {
            panel_problems(panel, &mut problems);
        }
        if self.text.is_empty() && self.panel.is_none() && self.files.is_empty() {
            problems.push("the card says nothing".into());
        }
        if self.rows.len() > ROWS_LIMIT {
            problems.push(format!("{} rows, {ROWS_LIMIT} fit", self.rows.len()));
        }
        for row in &self.rows {
            row_problems(row, &mut problems);
        }
        problems
    }
}

fn over(problems: &mut Vec<String>, part: &str, text: &str, limit: usize) {
    let length = text.chars().count();
    if length > limit {
        problems.push(format!("{part} has {length} characters, {limit} fit"));
    }
}

fn panel_problems(panel: &Panel, problems: &mut Vec<String>) {
    over(problems, "title", &panel.title, TITLE_LIMIT);
    over(problems, "body", &panel.body, BODY_LIMIT);
    over(problems, "footer", &panel.footer, 2048);
    if panel.fields.len() > FIELDS_LIMIT {
        problems.push(format!("{} fields, {FIELDS_LIMIT} fit", panel.fields.len()));
    }
    for (name, value) in &panel.fields {
        over(problems, "field name", name, TITLE_LIMIT);
        over(problems, "field", value, FIELD_LIMIT);
        if name.is_empty() || value.is_empty() {
            problems.push("a field is empty".into());
        }
    }
    let total = panel_length(panel);
    if total > PANEL_LIMIT {
        problems.push(format!("the panel has {total} characters, {PANEL_LIMIT} fit"));
    }
}

fn panel_length(panel: &Panel) -> usize {
    let fields = panel.fields.iter().flat_map(|(name, value)| [name, value]);
    [&panel.title, &panel.body, &panel.footer].into_iter().chain(fields).map(|part| part.chars().count()).sum()
}

fn row_problems(row: &Row, problems: &mut Vec<String>) {
    match row {
        Row::Buttons(buttons) => {
            if buttons.is_empty() || buttons.len() > BUTTONS_LIMIT {
                problems.push(format!("{} buttons in a row, 1 to {BUTTONS_LIMIT} fit", buttons.len()));
            }
            for button in buttons {
                over(problems, "button", &button.label, LABEL_LIMIT);
                if button.label.is_empty() && button.emoji.is_none() {
                    problems.push("a button has no words".into());
                }
            }
        }
        Row::People(people) => {
            over(problems, "placeholder", &people.placeholder, 150);
            let (least, most) = people.choose;
            if least > most || most == 0 || usize::from(most) > OPTIONS_LIMIT {
                problems.push(format!("{least} to {most} people can be chosen, 1 to {OPTIONS_LIMIT} fit"));
            }
        }
        Row::Select(select) => {
            over(problems, "placeholder", &select.placeholder, 150);
            if select.options.is_empty() || select.options.len() > OPTIONS_LIMIT {
                problems.push(format!("{} options, 1 to {OPTIONS_LIMIT} fit", select.options.len()));
            }
            for (value, label) in &select.options {
                over(problems, "option value", value, 100);
                over(problems, "option label", label, 100);
            }
        }
    }
}

impl Button {
    /// A plain button that comes back to us.
    pub fn new(label: impl Into<String>, press: Press) -> Self {
        Self { label: label.into(), emoji: None, style: Style::Plain, leads: Leads::Press(press) }
    }

    /// A button that opens an address.
    pub fn link(label: impl Into<String>, address: impl Into<String>) -> Self {
        Self { label: label.into(), emoji: None, style: Style::Plain, leads: Leads::Link(address.into()) }
    }

    /// The same button in another style.
    #[must_use]
    pub fn style(mut self, style: Style) -> Self {
        self.style = style;
        self
    }

    /// The same button with a face.
    #[must_use]
    pub fn emoji(mut self, emoji: &'static str) -> Self {
        self.emoji = Some(emoji);
        self
    }
}

/// Text that a person chose (a name, a title, a reason) made inert: no markdown, mention, link or
/// direction trick works in it any more, and it stays on one line. Control and direction characters are
/// dropped (Unicode TR 9 lists the latter), marks of markdown get a backslash, `@` and `<` lose their
/// meaning through a zero-width joiner, `://` is broken the same way.
pub fn inert(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\n' | '\r' | '\t' => out.push(' '),
            c if c.is_control() => {}
            '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{061C}' | '\u{FEFF}' => {}
            '\\' | '*' | '_' | '~' | '`' | '|' | '>' | '#' | '-' | '[' | ']' | '(' | ')' => {
                out.push('\\');
                out.push(c);
            }
            '@' | '<' => {
                out.push(c);
                out.push('\u{2060}');
            }
            c => out.push(c),
        }
    }
    out.replace("://", ":\u{2060}//")
}

#[cfg(test)]
mod tests {
    use proptest::strategy::Strategy as _;

    use super::*;

    #[test]
    fn an_inert_text_can_neither_ping_nor_link_nor_format() {
        for hostile in ["@everyone", "<@123>", "**loud**", "[x](https://evil.example)", "a\u{202E}b", "||hid||"] {
            let calm = inert(hostile);
            assert!(!calm.contains("@everyone") && !calm.contains("<@1") && !calm.contains("**"), "{calm}");
            assert!(!calm.contains("://") && !calm.contains('\u{202E}') && !calm.contains("||"), "{calm}");
        }
    }

    /// What Discord would make of a text: a mark of markdown that no backslash disarms, the beginning of a mention,
    /// an address, or a character that nobody sees.
    fn works(text: &str) -> Option<String> {
        let mut armed = text.chars().peekable();
        while let Some(c) = armed.next() {
            match c {
                '\\' => drop(armed.next()),
                '*' | '_' | '~' | '`' | '|' | '>' | '#' | '[' | ']' | '(' | ')' => {
                    return Some(format!("{c} in {text:?}"));
                }
                '@' | '<' if armed.peek() != Some(&'\u{2060}') => return Some(format!("{c} in {text:?}")),
                '\n' | '\r' => return Some(format!("a line break in {text:?}")),
                '\u{202A}'..='\u{202E}'
                | '\u{2066}'..='\u{2069}'
                | '\u{200B}'..='\u{200F}'
                | '\u{061C}'
                | '\u{FEFF}' => {
                    return Some(format!("something unseen in {text:?}"));
                }
                _ => {}
            }
        }
        text.contains("://").then(|| format!("an address in {text:?}"))
    }

    proptest::proptest! {
        #[test]
        fn no_text_that_somebody_chose_does_anything(
            parts in proptest::collection::vec(
                proptest::prop_oneof![
                    "\\PC{0,12}",
                    proptest::sample::select(vec![
                        "@everyone", "@here", "<@123>", "<@!123>", "<@&123>", "<#123>", "<t:1:R>", "<:x:1>", "</x:1>",
                        "**", "__", "~~", "```", "||", "> ", ">>> ", "# ", "-# ", "- ", "[a](", "https://evil.example)",
                        "://", "\\", "\\\\", "\u{202E}", "\u{2066}", "\u{200F}", "\u{200B}", "\u{061C}", "\n", "\r\n", "\t",
                        "\u{0}", "@\u{200B}everyone", "<\u{200B}@1>", ":\u{200B}//", ":\u{2060}//",
                    ]).prop_map(str::to_owned),
                ],
                0..12,
            )
        ) {
            let text = parts.concat();
            let calm = inert(&text);
            proptest::prop_assert!(works(&calm).is_none(), "{:?}", works(&calm));
            proptest::prop_assert!(!calm.contains("@everyone") && !calm.contains("@here") && !calm.contains("<@"), "{calm:?}");
        }
    }

    #[test]
    fn a_card_that_breaks_a_limit_says_which() {
        let card = Card::text("x".repeat(2001)).buttons([]);
        let problems = card.problems().join("; ");
        assert!(problems.contains("2001 characters") && problems.contains("0 buttons"), "{problems}");
    }
}
