//! What the engine can answer: level, topics, which phrase, which rule. Never the text.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize, Serializer};

/// How much a text worries, least first. The order is used: the highest finding wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Nothing found, or a rule says the words do not speak of the writer's own risk.
    #[default]
    None,
    /// Somebody else may be at risk; the writer needs guidance for a helper.
    ConcernOther,
    /// Passive thoughts, bare slang, a craving or a lapse, fear or control at home.
    Low,
    /// A present wish, thought, intent or plan; an injury just now; violence at home.
    High,
    /// An act under way, intent with time or means, a farewell, danger right now.
    Imminent,
}

impl Level {
    /// Every level, least first.
    pub const ALL: [Level; 5] = [Level::None, Level::ConcernOther, Level::Low, Level::High, Level::Imminent];

    /// The word used in files, on the wire and in the protocol of `daymark scan`.
    pub const fn word(self) -> &'static str {
        match self {
            Level::None => "none",
            Level::ConcernOther => "concern_other",
            Level::Low => "low",
            Level::High => "high",
            Level::Imminent => "imminent",
        }
    }

    /// Reads [`Level::word`] back.
    pub fn parse(word: &str) -> Option<Level> {
        Level::ALL.into_iter().find(|level| level.word() == word)
    }

    /// Whether the writer would be shown a way to a human: low, high or imminent.
    pub fn fires(self) -> bool {
        self >= Level::Low
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// What a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// Wanting to die, plans, attempts.
    Suicide,
    /// Hurting oneself without the wish to die.
    SelfHarm,
    /// Overdose, using alone, withdrawal, craving, a lapse.
    Overdose,
    /// Violence, threats or control by a partner or at home.
    DomesticViolence,
    /// Disordered eating and its medical dangers.
    EatingDisorder,
    /// Abuse aimed at somebody else; for moderators' own rules, never a helpline for the abuser.
    DirectedAbuse,
    /// Grief after a suicide or an overdose; it has a pointer of its own. Not part of the scan protocol.
    Bereavement,
}

impl Topic {
    /// Every topic in the order of the protocol.
    pub const ALL: [Topic; 7] = [
        Topic::Suicide,
        Topic::SelfHarm,
        Topic::Overdose,
        Topic::DomesticViolence,
        Topic::EatingDisorder,
        Topic::DirectedAbuse,
        Topic::Bereavement,
    ];

    /// The word used in files, on the wire and in the protocol of `daymark scan`.
    pub const fn word(self) -> &'static str {
        match self {
            Topic::Suicide => "suicide",
            Topic::SelfHarm => "self_harm",
            Topic::Overdose => "overdose",
            Topic::DomesticViolence => "domestic_violence",
            Topic::EatingDisorder => "eating_disorder",
            Topic::DirectedAbuse => "directed_abuse",
            Topic::Bereavement => "bereavement",
        }
    }

    /// Reads [`Topic::word`] back.
    pub fn parse(word: &str) -> Option<Topic> {
        Topic::ALL.into_iter().find(|topic| topic.word() == word)
    }
}

impl fmt::Display for Topic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// A small set of topics.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Topics(u8);

impl Topics {
    /// No topic.
    pub const NONE: Topics = Topics(0);

    /// Adds a topic.
    pub fn insert(&mut self, topic: Topic) {
        self.0 |= 1 << topic as u8;
    }

    /// Whether the topic is in the set.
    pub fn contains(self, topic: Topic) -> bool {
        self.0 & (1 << topic as u8) != 0
    }

    /// Whether there is no topic at all.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The topics in the order of the protocol.
    pub fn iter(self) -> impl Iterator<Item = Topic> {
        Topic::ALL.into_iter().filter(move |topic| self.contains(*topic))
    }
}

impl From<Topic> for Topics {
    fn from(topic: Topic) -> Topics {
        let mut topics = Topics::NONE;
        topics.insert(topic);
        topics
    }
}

impl FromIterator<Topic> for Topics {
    fn from_iter<I: IntoIterator<Item = Topic>>(topics: I) -> Topics {
        let mut set = Topics::NONE;
        topics.into_iter().for_each(|topic| set.insert(topic));
        set
    }
}

impl Serialize for Topics {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl<'de> Deserialize<'de> for Topics {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Topics, D::Error> {
        Ok(Vec::<Topic>::deserialize(deserializer)?.into_iter().collect())
    }
}

/// How readily a channel wants to be answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sensitivity {
    /// Only plain statements: findings of level low are left alone.
    Quiet,
    /// The default.
    #[default]
    Balanced,
    /// Also phrases marked as ambiguous, slang with a joke marker and hyperbole (as low).
    Sensitive,
}

impl Sensitivity {
    /// The word used in files and commands.
    pub const fn word(self) -> &'static str {
        match self {
            Sensitivity::Quiet => "quiet",
            Sensitivity::Balanced => "balanced",
            Sensitivity::Sensitive => "sensitive",
        }
    }

    /// Reads [`Sensitivity::word`] back.
    pub fn parse(word: &str) -> Option<Sensitivity> {
        [Sensitivity::Quiet, Sensitivity::Balanced, Sensitivity::Sensitive].into_iter().find(|s| s.word() == word)
    }
}

impl fmt::Display for Sensitivity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// The stable name of a phrase in a lexicon file, such as `en.die.wish`. Cheap to clone.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PhraseId(Arc<str>);

impl PhraseId {
    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for PhraseId {
    fn from(text: &str) -> PhraseId {
        PhraseId(Arc::from(text))
    }
}

impl fmt::Display for PhraseId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for PhraseId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for PhraseId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<PhraseId, D::Error> {
        Ok(PhraseId::from(String::deserialize(deserializer)?.as_str()))
    }
}

/// Which rule decided about a phrase that was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// The phrase stands as written.
    Statement,
    /// A negation reaches the phrase ("I'm not suicidal").
    Negation,
    /// The words are said of somebody else, or reported.
    OtherPerson,
    /// The subject is not a person ("the process wants to die"), or nobody in particular.
    NoPerson,
    /// Stable past or recovery.
    Past,
    /// A supportive reply, prevention, teaching, a question to somebody else.
    Support,
    /// A condition or a hypothetical.
    Condition,
    /// Idiom or exaggeration.
    Hyperbole,
    /// Inside quotation marks, or quoted words of somebody.
    Quotation,
    /// A film, song, book, product or band.
    Title,
    /// A game, a program, a machine.
    Game,
    /// A joke marker beside slang.
    Joke,
    /// Aimed at somebody else as abuse.
    Abuse,
    /// Grief for somebody who died.
    Bereavement,
    /// A time within about a day raises the level.
    Time,
    /// Means at hand raise the level.
    Means,
    /// A farewell raises the level.
    Farewell,
    /// The guild allowed these words.
    Allowed,
    /// The channel's sensitivity leaves this finding alone.
    Sensitivity,
    /// The context says that it is happening now in spite of a quieting rule.
    Present,
}

impl Rule {
    /// Every rule.
    pub const ALL: [Rule; 20] = [
        Rule::Statement,
        Rule::Negation,
        Rule::OtherPerson,
        Rule::NoPerson,
        Rule::Past,
        Rule::Support,
        Rule::Condition,
        Rule::Hyperbole,
        Rule::Quotation,
        Rule::Title,
        Rule::Game,
        Rule::Joke,
        Rule::Abuse,
        Rule::Bereavement,
        Rule::Time,
        Rule::Means,
        Rule::Farewell,
        Rule::Allowed,
        Rule::Sensitivity,
        Rule::Present,
    ];

    /// The word used in files and in explanations.
    pub const fn word(self) -> &'static str {
        match self {
            Rule::Statement => "statement",
            Rule::Negation => "negation",
            Rule::OtherPerson => "other_person",
            Rule::NoPerson => "no_person",
            Rule::Past => "past",
            Rule::Support => "support",
            Rule::Condition => "condition",
            Rule::Hyperbole => "hyperbole",
            Rule::Quotation => "quotation",
            Rule::Title => "title",
            Rule::Game => "game",
            Rule::Joke => "joke",
            Rule::Abuse => "abuse",
            Rule::Bereavement => "bereavement",
            Rule::Time => "time",
            Rule::Means => "means",
            Rule::Farewell => "farewell",
            Rule::Allowed => "allowed",
            Rule::Sensitivity => "sensitivity",
            Rule::Present => "present",
        }
    }

    /// Reads [`Rule::word`] back.
    pub fn parse(word: &str) -> Option<Rule> {
        Rule::ALL.into_iter().find(|rule| rule.word() == word)
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// The answer for one text. It never holds the text.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Verdict {
    /// The highest level that stands.
    pub level: Level,
    /// The topics of what stands; also `directed_abuse` and `bereavement` at level none.
    pub topics: Topics,
    /// The phrase that decided; also set when a rule made it quiet.
    pub phrase: Option<PhraseId>,
    /// The rule that decided about that phrase.
    pub rule: Option<Rule>,
}
