//! One interaction by one person, and the ways to answer it. Answers wait behind nothing: they pass the
//! limiter, and a lost one is tried again within the three seconds Discord gives.
//!
//! ```text
//!  untouched ──reply──▶ answered (ours)          ──reply──▶ a followup
//!      │ ├──update───▶ answered (the card below) ──update─▶ that card again
//!      │ ├──defer────▶ thinking      ──reply──▶ fills it in
//!      │ ├──(slow)───▶ acknowledged  ──reply──▶ a followup, ──update──▶ the card below
//!      │ └──show─────▶ closed
//! ```
//! Everything is ephemeral unless the method says otherwise. Nothing here is logged.

use std::sync::Arc;

use serde_json::json;
use serenity::all::{CommandInteraction, ComponentInteraction, ModalInteraction};
use tokio::sync::Mutex;

use super::Ctx;
use super::limits::Priority;
use super::render::{self, EPHEMERAL};
use super::rest::answers::Callback;
use super::rest::call::ALREADY_ACKNOWLEDGED;
use super::rest::{Answering, CallError, Rest};
use crate::card::{Card, Modal, Press};
use crate::clock::monotonic;
use crate::ids::{ChannelId, GuildId, Member, MessageId, RoleId, UserId};
use crate::refusal::{Refusal, Stop};

/// Permission bit: may everything
/// (<https://docs.discord.com/developers/topics/permissions#permissions-bitwise-permission-flags>).
pub const ADMINISTRATOR: u64 = 1 << 3;
/// Permission bit: may change the server.
pub const MANAGE_GUILD: u64 = 1 << 5;

/// One interaction by one person. Clones answer the same interaction.
#[derive(Clone)]
pub struct Asked {
    /// The guild it was asked in; none in direct messages.
    pub guild: Option<GuildId>,
    /// The channel or thread it was asked in.
    pub channel: ChannelId,
    /// Who asked.
    pub user: UserId,
    /// The person's roles in the guild, without everyone's.
    pub roles: Vec<RoleId>,
    /// The person's permission bits in this channel; zero in direct messages.
    pub permissions: u64,
    /// The language the person reads Discord in, such as `en-US`.
    pub locale: String,
    /// The message that the button or select sits on.
    pub message: Option<MessageId>,
    /// That message's flags.
    pub message_flags: u64,
    talk: Arc<Talk>,
}

struct Talk {
    rest: Rest,
    to: Answering,
    progress: Mutex<Progress>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Progress {
    /// Nothing was said.
    Untouched,
    /// The person sees "thinking"; the next reply fills that in.
    Thinking,
    /// Acknowledged without a trace; the "original" is the card the component sits on.
    Acknowledged,
    /// Answered with a message of its own, which is the "original".
    Answered,
    /// Answered by changing the card the component sits on, which is the "original".
    Updated,
    /// A modal or choices were shown; nothing can follow.
    Closed,
}

/// A button pressed, a choice made or a modal submitted.
pub struct Pressed {
    /// Who pressed, and the ways to answer.
    pub asked: Asked,
    /// What was pressed.
    pub press: Press,
    /// What was chosen in a select.
    pub values: Vec<String>,
    /// What was typed into a modal, by input. Personal: never logged, wiped by whoever keeps it.
    pub inputs: std::collections::BTreeMap<String, String>,
}

/// What the three kinds of interaction have in common.
struct Parts<'a> {
    guild: Option<serenity::all::GuildId>,
    channel: serenity::all::ChannelId,
    user: &'a serenity::all::User,
    member: Option<&'a serenity::all::Member>,
    locale: &'a str,
    message: Option<&'a serenity::all::Message>,
    id: serenity::all::InteractionId,
    application: serenity::all::ApplicationId,
    token: &'a str,
}

macro_rules! parts {
    ($interaction:expr, $member:expr, $message:expr) => {
        Parts {
            guild: $interaction.guild_id,
            channel: $interaction.channel_id,
            user: &$interaction.user,
            member: $member,
            locale: &$interaction.locale,
            message: $message,
            id: $interaction.id,
            application: $interaction.application_id,
            token: &$interaction.token,
        }
    };
}

impl Asked {
    /// Who runs the command, and the ways to answer. All calls for one interaction give the same state.
    pub fn of(ctx: &Ctx<'_>) -> Self {
        // The dispatcher put it there; nobody else locks it.
        if let Ok(data) = ctx.invocation_data.try_lock()
            && let Some(asked) = data.downcast_ref::<Self>()
        {
            return asked.clone();
        }
        Self::by_command(&ctx.data().rest, ctx.interaction)
    }

    pub(super) fn by_command(rest: &Rest, interaction: &CommandInteraction) -> Self {
        Self::new(rest, &parts!(interaction, interaction.member.as_deref(), None))
    }

    pub(super) fn by_component(rest: &Rest, interaction: &ComponentInteraction) -> Self {
        Self::new(rest, &parts!(interaction, interaction.member.as_ref(), Some(&*interaction.message)))
    }

    pub(super) fn by_modal(rest: &Rest, interaction: &ModalInteraction) -> Self {
        Self::new(rest, &parts!(interaction, interaction.member.as_ref(), interaction.message.as_deref()))
    }

    fn new(rest: &Rest, parts: &Parts<'_>) -> Self {
        let roles = parts.member.map(|member| member.roles.as_slice()).unwrap_or_default();
        let user = parts.member.map_or(parts.user, |member| &member.user);
        Self {
            guild: parts.guild.map(|id| GuildId::from_snowflake(id.get())),
            channel: ChannelId::from_snowflake(parts.channel.get()),
            user: UserId::from_snowflake(user.id.get()),
            roles: roles.iter().map(|id| RoleId::from_snowflake(id.get())).collect(),
            permissions: parts.member.and_then(|member| member.permissions).map_or(0, |bits| bits.bits()),
            locale: parts.locale.to_owned(),
            message: parts.message.map(|message| MessageId::from_snowflake(message.id.get())),
            message_flags: parts.message.and_then(|message| message.flags).map_or(0, |flags| flags.bits()),
            talk: Arc::new(Talk {
                rest: rest.clone(),
                to: Answering {
                    interaction: parts.id.get(),
                    application: parts.application.get(),
                    token: parts.token.to_owned(),
                    arrived: monotonic(),
                },
                progress: Mutex::new(Progress::Untouched),
            }),
        }
    }

    /// Who asked, as a member of the guild it was asked in.
    ///
    /// # Errors
    /// Refused in a direct message, where there is no guild.
    pub fn member(&self) -> Result<Member, Refusal> {
        let inside = || {
            Refusal::new("This works inside a server.", "Groups live in servers.", "Run it in your group's channel.")
        };
        Ok(Member { guild: self.guild.ok_or_else(inside)?, user: self.user })
    }

    /// Whether the person may change the server.
    pub fn may_manage_guild(&self) -> bool {
        self.permissions & (ADMINISTRATOR | MANAGE_GUILD) != 0
    }

    /// Whether the button sits on a card that only this person sees.
    pub fn is_on_private_card(&self) -> bool {
        self.message_flags & EPHEMERAL != 0
    }

    /// Answers so that only this person sees it.
    ///
    /// # Errors
    /// When Discord did not take it within the three seconds, or cannot be reached.
    pub async fn reply(&self, card: &Card) -> Result<(), Stop> {
        Ok(self.say(card, EPHEMERAL).await?)
    }

    /// Answers so that everybody in the channel sees it.
    ///
    /// # Errors
    /// As [`Asked::reply`].
    pub async fn reply_in_channel(&self, card: &Card) -> Result<(), Stop> {
        {
            let mut progress = self.talk.progress.lock().await;
            if *progress == Progress::Thinking {
                // The promised message stays private whatever it becomes; the public one comes after it.
                self.edit_original(&Card::text("Done, see the channel.")).await?;
                *progress = Progress::Answered;
            }
        }
        Ok(self.say(card, 0).await?)
    }

    /// Changes the card that the button sits on. After a slash command, which has none, it changes the
    /// answer, or gives one.
    ///
    /// # Errors
    /// As [`Asked::reply`].
    pub async fn update(&self, card: &Card) -> Result<(), Stop> {
        let mut progress = self.talk.progress.lock().await;
        match *progress {
            Progress::Untouched if self.message.is_some() => {
                let data = render::replacement(card);
                self.first(Callback::Update, Some(data), &card.files).await?;
                *progress = Progress::Updated;
                Ok(())
            }
            Progress::Acknowledged | Progress::Updated => {
                self.edit_original(card).await?;
                *progress = Progress::Updated;
                Ok(())
            }
            Progress::Answered if self.message.is_none() => Ok(self.edit_original(card).await?),
            Progress::Answered if !self.is_on_private_card() => Ok(self.edit_source(card).await?),
            Progress::Untouched | Progress::Thinking | Progress::Answered | Progress::Closed => {
                drop(progress);
                self.reply(card).await
            }
        }
    }

    /// Shows a form. It must be the first answer.
    ///
    /// # Errors
    /// When something was answered already (also by the watch over slow work), or as [`Asked::reply`].
    pub async fn show(&self, modal: &Modal) -> Result<(), Stop> {
        let mut progress = self.talk.progress.lock().await;
        if *progress != Progress::Untouched {
            return Err(Stop::Fault(anyhow::anyhow!("a form can only be the first answer")));
        }
        self.first(Callback::Modal, Some(render::modal(modal)), &[]).await?;
        *progress = Progress::Closed;
        Ok(())
    }

    /// Tells the person that an answer only they see is coming; it may then take minutes. Does nothing
    /// when something was answered already.
    ///
    /// # Errors
    /// As [`Asked::reply`].
    pub async fn defer(&self) -> Result<(), Stop> {
        let mut progress = self.talk.progress.lock().await;
        if *progress == Progress::Untouched {
            self.first(Callback::Later, Some(json!({"flags": EPHEMERAL})), &[]).await?;
            *progress = Progress::Thinking;
        }
        Ok(())
    }

    /// Offers choices (shown, sent) while the person types.
    ///
    /// # Errors
    /// As [`Asked::reply`].
    pub async fn choices(&self, choices: Vec<(String, String)>) -> Result<(), Stop> {
        Ok(self.offer(render::choices(&choices)).await?)
    }

    pub(super) async fn offer(&self, choices: serde_json::Value) -> Result<(), CallError> {
        let mut progress = self.talk.progress.lock().await;
        if *progress == Progress::Untouched {
            self.first(Callback::Choices, Some(choices), &[]).await?;
            *progress = Progress::Closed;
        }
        Ok(())
    }

    /// Keeps the interaction open when the work takes longer than Discord waits: "thinking" for a
    /// command, nothing visible for a button.
    pub(super) async fn hold(&self) -> Result<(), CallError> {
        let mut progress = self.talk.progress.lock().await;
        if *progress != Progress::Untouched {
            return Ok(());
        }
        if self.message.is_some() {
            self.first(Callback::Acknowledge, None, &[]).await?;
            *progress = Progress::Acknowledged;
        } else {
            self.first(Callback::Later, Some(json!({"flags": EPHEMERAL})), &[]).await?;
            *progress = Progress::Thinking;
        }
        Ok(())
    }

    /// Whether the person still waits: nothing was answered, or only "thinking".
    pub(super) async fn is_waiting(&self) -> bool {
        matches!(*self.talk.progress.lock().await, Progress::Untouched | Progress::Thinking)
    }

    async fn say(&self, card: &Card, flags: u64) -> Result<(), CallError> {
        let mut progress = self.talk.progress.lock().await;
        match *progress {
            Progress::Untouched => {
                let data = render::message(card, flags);
                match self.first(Callback::Message, Some(data), &card.files).await {
                    // Somebody answered before us, such as an earlier life of this program.
                    Err(error) if error.code() == Some(ALREADY_ACKNOWLEDGED) => self.follow_up(card, flags).await?,
                    other => other?,
                }
                *progress = Progress::Answered;
            }
            Progress::Thinking => {
                self.edit_original(card).await?;
                *progress = Progress::Answered;
            }
            Progress::Acknowledged | Progress::Answered | Progress::Updated | Progress::Closed => {
                self.follow_up(card, flags).await?
            }
        }
        Ok(())
    }

    async fn first(
        &self,
        kind: Callback,
        data: Option<serde_json::Value>,
        files: &[crate::card::File],
    ) -> Result<(), CallError> {
        self.talk.rest.answer(&self.talk.to, kind, data, files).await
    }

    async fn follow_up(&self, card: &Card, flags: u64) -> Result<(), CallError> {
        self.talk.rest.follow_up(&self.talk.to, render::message(card, flags), &card.files).await
    }

    async fn edit_original(&self, card: &Card) -> Result<(), CallError> {
        self.talk.rest.edit_answer(&self.talk.to, render::replacement(card), &card.files).await
    }

    /// Changes the card below by its channel, when the token's "original" is another message already.
    async fn edit_source(&self, card: &Card) -> Result<(), CallError> {
        match self.message {
            Some(message) => self.talk.rest.replace_in(self.channel, message, card, Priority::Urgent).await,
            None => Ok(()),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::discord::stub::{Reply, Stub, say};

    fn interaction(kind: u8, data: Value) -> Value {
        let user = json!({"id": "4", "username": "ana", "discriminator": "0", "avatar": null});
        let mut interaction = json!({
            "id": "8", "application_id": "9", "type": kind, "token": "tok", "version": 1, "guild_id": "1", "channel_id": "5", "locale": "en-US",
            "entitlements": [], "attachment_size_limit": 1, "data": data,
            "member": {"user": user, "roles": ["2"], "permissions": "32", "joined_at": null, "deaf": false, "mute": false, "flags": 0},
        });
        if kind == 3 {
            interaction["message"] = json!({
                "id": "6", "channel_id": "5", "author": user, "content": "", "timestamp": "2026-03-10T18:00:00Z", "edited_timestamp": null, "tts": false,
                "mention_everyone": false, "mentions": [], "mention_roles": [], "attachments": [], "embeds": [], "pinned": false, "type": 0, "flags": 64,
            });
        }
        interaction
    }

    fn command(rest: &Rest) -> Asked {
        let data = json!({"id": "3", "name": "ping", "type": 1});
        Asked::by_command(rest, &serde_json::from_value(interaction(2, data)).unwrap())
    }

    fn button(rest: &Rest) -> Asked {
        let data = json!({"custom_id": "d1:x:y", "component_type": 2});
        Asked::by_component(rest, &serde_json::from_value(interaction(3, data)).unwrap())
    }

    async fn stub() -> Stub {
        Stub::start(vec![say(200, &json!({"id": "77"})); 9]).await
    }

    /// What the stub was asked: the callback's type and flags, or the method of a later answer.
    fn told(stub: &Stub) -> Vec<String> {
        let short = |request: crate::discord::stub::Asked| {
            let json = request.json();
            match json["type"].as_u64() {
                Some(kind) if request.line.ends_with("/callback") => {
                    format!("{kind}/{}", json["data"]["flags"].as_u64().unwrap_or(0))
                }
                _ => format!(
                    "{} {}",
                    request.line.replace("/api/v10", "").replace("/webhooks/9/tok", "W"),
                    json["content"]
                ),
            }
        };
        stub.asked().into_iter().map(short).collect()
    }

    #[tokio::test]
    async fn who_asked_is_read_from_the_interaction() {
        let stub = stub().await;
        let asked = button(&stub.rest);
        assert_eq!((asked.guild, asked.channel.raw(), asked.user.raw()), (Some(GuildId::new(1)), 5, 4));
        assert_eq!((asked.roles.as_slice(), asked.message), ([RoleId::new(2)].as_slice(), Some(MessageId::new(6))));
        assert!(asked.may_manage_guild() && asked.is_on_private_card());
        assert!(!command(&stub.rest).is_on_private_card());
    }

    #[tokio::test]
    async fn the_first_reply_answers_and_later_ones_follow() {
        let stub = stub().await;
        let asked = command(&stub.rest);
        asked.reply(&Card::text("one")).await.unwrap();
        asked.clone().reply(&Card::text("two")).await.unwrap();
        asked.reply_in_channel(&Card::text("three")).await.unwrap();
        asked.update(&Card::text("four")).await.unwrap();
        asked.defer().await.unwrap();
        assert_eq!(told(&stub), ["4/64", "POST W \"two\"", "POST W \"three\"", "PATCH W/messages/@original \"four\""]);
        assert_eq!(stub.asked()[2].json()["flags"], Value::Null);
    }

    #[tokio::test]
    async fn a_deferred_answer_is_filled_in() {
        let stub = stub().await;
        let asked = command(&stub.rest);
        asked.defer().await.unwrap();
        assert!(asked.is_waiting().await);
        asked.reply(&Card::text("one")).await.unwrap();
        assert!(!asked.is_waiting().await);
        asked.reply(&Card::text("two")).await.unwrap();
        assert_eq!(told(&stub), ["5/64", "PATCH W/messages/@original \"one\"", "POST W \"two\""]);
    }

    #[tokio::test]
    async fn a_public_answer_after_thinking_comes_after_it() {
        let stub = stub().await;
        let asked = command(&stub.rest);
        asked.hold().await.unwrap();
        asked.reply_in_channel(&Card::text("here")).await.unwrap();
        assert_eq!(told(&stub), ["5/64", "PATCH W/messages/@original \"Done, see the channel.\"", "POST W \"here\""]);
    }

    #[tokio::test]
    async fn a_held_button_leaves_its_card_and_can_still_change_it() {
        let stub = stub().await;
        let asked = button(&stub.rest);
        asked.hold().await.unwrap();
        asked.hold().await.unwrap();
        asked.reply(&Card::text("said")).await.unwrap();
        asked.update(&Card::text("changed")).await.unwrap();
        asked.update(&Card::text("again")).await.unwrap();
        let original = "PATCH W/messages/@original";
        assert_eq!(
            told(&stub),
            [
                "6/0".to_owned(),
                "POST W \"said\"".into(),
                format!("{original} \"changed\""),
                format!("{original} \"again\"")
            ]
        );
    }

    #[tokio::test]
    async fn a_form_is_the_first_answer_or_none() {
        let stub = stub().await;
        let form = Modal { press: Press::new("x", "say"), title: "Say".into(), inputs: Vec::new() };
        let asked = button(&stub.rest);
        asked.show(&form).await.unwrap();
        assert!(asked.show(&form).await.is_err());
        asked.reply(&Card::text("after")).await.unwrap();
        let late = button(&stub.rest);
        late.reply(&Card::text("first")).await.unwrap();
        assert!(late.show(&form).await.is_err());
        assert_eq!(told(&stub), ["9/0", "POST W \"after\"", "4/64"]);
    }

    #[tokio::test]
    async fn what_somebody_else_answered_is_followed() {
        let stub = Stub::start(vec![say(400, &json!({"code": 40060})), say(200, &json!({"id": "77"}))]).await;
        command(&stub.rest).reply(&Card::text("mine")).await.unwrap();
        assert_eq!(told(&stub), ["4/64", "POST W \"mine\""]);
    }

    #[tokio::test]
    async fn a_refused_answer_is_an_error_and_the_next_may_try_again() {
        let stub =
            Stub::start(vec![say(400, &json!({"code": 50035})), Reply::Say(204, Vec::new(), String::new())]).await;
        let asked = command(&stub.rest);
        assert!(asked.reply(&Card::text("too much")).await.is_err());
        asked.reply(&Card::text("calm")).await.unwrap();
        assert_eq!(told(&stub), ["4/64", "4/64"]);
    }

    #[tokio::test]
    async fn choices_are_offered_once() {
        let stub = stub().await;
        let asked = command(&stub.rest);
        asked.choices(vec![("Shown".into(), "sent".into()), (String::new(), "x".into())]).await.unwrap();
        asked.choices(Vec::new()).await.unwrap();
        assert_eq!(stub.asked().len(), 1);
        assert_eq!(stub.asked()[0].json()["data"], json!({"choices": [{"name": "Shown", "value": "sent"}]}));
    }
}
