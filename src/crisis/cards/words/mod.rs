//! The words of the pointer in every language that words are noticed in: one file for each, one table of lines
//! that the compiler holds complete. English and Spanish have more: reasons, helplines, `/now`.
//!
//! Short sentences, no method, no promise, no judgement, nothing cheerful; said to one person, as to a friend.
//! Sources: the Lifeline's and Vibrant's toolkit for community managers (acknowledge, thank them for saying it,
//! a human within reach), Orygen's #chatsafe (no details, no judgement, ask plainly), Samaritans' guidelines for
//! managing suicide and self-harm content online, and Stanley and Brown's safety planning (a next small step).
//! <https://www.vibrant.org/support-for-suicidal-individuals-on-social-and-digital-media/>,
//! <https://www.orygen.org.au/chatsafe>,
//! <https://www.samaritans.org/about-samaritans/research-policy/internet-suicide/guidelines-tech-industry/>.

mod ar;
mod de;
mod en;
mod es;
mod fr;
mod hi;
mod it;
mod ja;
mod ko;
mod nl;
mod pl;
mod pt;
mod ru;
mod tr;
mod zh;

/// A language we speak.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "each is named by its code of ISO 639")]
pub enum Language {
    #[default]
    En,
    Es,
    Pt,
    Fr,
    De,
    It,
    Nl,
    Pl,
    Ru,
    Tr,
    Ar,
    Hi,
    Ja,
    Ko,
    Zh,
}

impl Language {
    /// All of them. The order is kept in notes that wait to be opened: add at the end.
    pub const ALL: [Self; 15] = [
        Self::En,
        Self::Es,
        Self::Pt,
        Self::Fr,
        Self::De,
        Self::It,
        Self::Nl,
        Self::Pl,
        Self::Ru,
        Self::Tr,
        Self::Ar,
        Self::Hi,
        Self::Ja,
        Self::Ko,
        Self::Zh,
    ];

    /// Its code of ISO 639.
    pub const fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Es => "es",
            Self::Pt => "pt",
            Self::Fr => "fr",
            Self::De => "de",
            Self::It => "it",
            Self::Nl => "nl",
            Self::Pl => "pl",
            Self::Ru => "ru",
            Self::Tr => "tr",
            Self::Ar => "ar",
            Self::Hi => "hi",
            Self::Ja => "ja",
            Self::Ko => "ko",
            Self::Zh => "zh",
        }
    }

    /// The language of a tag such as `es-419`, or of a phrase such as `es.die.wish`; none when we do not speak it.
    pub fn of(tag: &str) -> Option<Self> {
        let code = tag.split(['-', '_', '.']).next().unwrap_or(tag);
        Self::ALL.into_iter().find(|language| language.code() == code)
    }

    /// What somebody is answered in who wrote in `written` and reads Discord in the language of `locale`: the one
    /// they wrote in, unless that is English, which many write who read another one.
    pub fn best(written: Option<Self>, locale: Option<&str>) -> Self {
        let reads = locale.and_then(Self::of);
        written.filter(|written| *written != Self::En).or(reads).or(written).unwrap_or_default()
    }

    /// The lines of every pointer.
    pub const fn words(self) -> &'static Words {
        match self {
            Self::En => &en::WORDS,
            Self::Es => &es::WORDS,
            Self::Pt => &pt::WORDS,
            Self::Fr => &fr::WORDS,
            Self::De => &de::WORDS,
            Self::It => &it::WORDS,
            Self::Nl => &nl::WORDS,
            Self::Pl => &pl::WORDS,
            Self::Ru => &ru::WORDS,
            Self::Tr => &tr::WORDS,
            Self::Ar => &ar::WORDS,
            Self::Hi => &hi::WORDS,
            Self::Ja => &ja::WORDS,
            Self::Ko => &ko::WORDS,
            Self::Zh => &zh::WORDS,
        }
    }

    /// What goes beyond the pointer: in Spanish, and in English for everybody else.
    pub const fn more(self) -> &'static More {
        match self {
            Self::Es => &es::MORE,
            Self::En
            | Self::Pt
            | Self::Fr
            | Self::De
            | Self::It
            | Self::Nl
            | Self::Pl
            | Self::Ru
            | Self::Tr
            | Self::Ar
            | Self::Hi
            | Self::Ja
            | Self::Ko
            | Self::Zh => &en::MORE,
        }
    }
}

/// The lines of every pointer. `{number}`, `{word}`, `{when}`, `{hours}` are filled in.
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs, reason = "each line is read where it is written")]
pub struct Words {
    // The line in the channel names nobody and nothing.
    pub line: &'static str,
    pub line_late: &'static str,
    pub line_opened: &'static str,
    pub open_note: &'static str,
    /// In a direct message, when a glance at the screen could be dangerous.
    pub private_line: &'static str,
    // Titles.
    pub title: &'static str,
    pub title_private: &'static str,
    pub title_loss: &'static str,
    pub title_worried: &'static str,
    // The first words.
    pub opening: &'static str,
    pub opening_low: &'static str,
    pub opening_home: &'static str,
    pub opening_eating: &'static str,
    pub loss: &'static str,
    // Safety.
    pub device: &'static str,
    pub not_alone: &'static str,
    pub emergency: &'static str,
    pub emergency_local: &'static str,
    pub emergency_unsure: &'static str,
    pub taken: &'static str,
    // For somebody who worries about another.
    pub worried: &'static str,
    pub worried_suicide: &'static str,
    pub worried_overdose: &'static str,
    pub worried_home: &'static str,
    pub worried_eating: &'static str,
    pub danger_now: &'static str,
    pub call_number: &'static str,
    // Ways to a human.
    pub call: &'static str,
    pub text: &'static str,
    pub chat: &'static str,
    pub send: &'static str,
    pub always_open: &'static str,
    pub open_now: &'static str,
    pub opens: &'static str,
    pub hours: &'static str,
    // Small print and buttons.
    pub word_check: &'static str,
    pub late: &'static str,
    pub person: &'static str,
    pub why: &'static str,
    pub more: &'static str,
    pub wrong: &'static str,
    pub mute: &'static str,
}

impl Words {
    /// Every line with its name, for the test that reads them all.
    #[cfg(test)]
    pub fn all(&self) -> Vec<(&'static str, &'static str)> {
        macro_rules! lines {
            ($($line:ident)*) => { vec![$((stringify!($line), self.$line)),*] };
        }
        lines!(line line_late line_opened open_note private_line title title_private title_loss title_worried opening
            opening_low opening_home opening_eating loss device not_alone emergency emergency_local emergency_unsure
            taken worried worried_suicide worried_overdose worried_home worried_eating danger_now call_number call
            text chat send always_open open_now opens hours word_check late person why more wrong mute)
    }
}

/// What goes beyond the pointer.
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs, reason = "each line is read where it is written")]
pub struct More {
    // "Why I might not call": a reason and one honest line each.
    pub why_title: &'static str,
    pub why_police: (&'static str, &'static str),
    /// The same where a line's own policy is known: `{name}`, `{policy}`.
    pub why_police_known: &'static str,
    pub why_small: (&'static str, &'static str),
    pub why_quiet: (&'static str, &'static str),
    pub why_before: (&'static str, &'static str),
    // `/now`.
    pub now_title: &'static str,
    pub now_body: &'static str,
    // `/helplines`.
    pub lines_title: &'static str,
    pub lines_body: &'static str,
    pub lines_emergency: &'static str,
    pub lines_footer: &'static str,
    pub lines_anywhere: &'static str,
    pub lines_ask_country: &'static str,
    pub lines_own: &'static str,
    // Asking for a person; what is posted itself is English, for the people who answer.
    pub hand_title: &'static str,
    pub hand_preview: &'static str,
    pub hand_preview_after: &'static str,
    pub hand_preview_rota: &'static str,
    pub hand_post: &'static str,
    pub hand_words: &'static str,
    pub hand_not_now: &'static str,
    pub hand_posted: &'static str,
    pub hand_then: &'static str,
    pub hand_already: &'static str,
    pub hand_trying: &'static str,
    pub hand_failed: &'static str,
    pub hand_nothing: &'static str,
    pub hand_nobody: &'static str,
    pub hand_which: &'static str,
    pub take_back: &'static str,
    pub taken_back: &'static str,
    pub nothing_to_take_back: &'static str,
    pub truth_title: &'static str,
    pub truth_body: &'static str,
    pub truth_again: &'static str,
    pub truth_footer: &'static str,
    // Notes.
    pub not_yours: &'static str,
    pub note_over: &'static str,
    pub muted: &'static str,
    // "This was wrong".
    pub wrong_ask: &'static str,
    pub wrong_send: &'static str,
    pub wrong_no: &'static str,
    pub wrong_sent: &'static str,
    pub wrong_not_sent: &'static str,
    pub only_you: &'static str,
    pub responders_told: &'static str,
}

impl More {
    /// Every line with its name, for the test that reads them all.
    #[cfg(test)]
    pub fn all(&self) -> Vec<(&'static str, &'static str)> {
        macro_rules! lines {
            ($($line:ident)*) => { vec![$((stringify!($line), self.$line)),*] };
        }
        let mut all = lines!(why_title why_police_known now_title now_body lines_title lines_body lines_emergency
            lines_footer lines_anywhere lines_ask_country lines_own not_yours note_over muted wrong_ask wrong_send wrong_no wrong_sent
            wrong_not_sent only_you responders_told
            hand_title hand_preview hand_preview_after hand_preview_rota hand_post hand_words hand_not_now hand_posted hand_then hand_already hand_trying
            hand_failed hand_nothing hand_nobody hand_which take_back taken_back nothing_to_take_back truth_title truth_body truth_again truth_footer);
        for (reason, line) in [self.why_police, self.why_small, self.why_quiet, self.why_before] {
            all.extend([("reason", reason), ("its line", line)]);
        }
        all
    }
}
