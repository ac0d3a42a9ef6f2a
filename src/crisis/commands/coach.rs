//! The message menu "I'm worried about this".

use zeroize::Zeroizing;

use crate::crisis::actions;
use crate::crisis::cards;
use crate::crisis::lexicon::Sensitivity;
use crate::crisis::model::Noticed;
use crate::crisis::words::actions::verdict_in;
use crate::discord::{Asked, Ctx, MessageArg};
use crate::ids::UserId;
use crate::refusal::Stop;

/// Private guidance; of the message only the topic is looked at, in memory, to choose fitting words.
#[poise::command(context_menu_command = "I'm worried about this", guild_only)]
pub async fn worried(ctx: Ctx<'_>, message: MessageArg) -> Result<(), Stop> {
    let asked = Asked::of(&ctx);
    let deps = &ctx.data().deps;
    let is_own = UserId::from_snowflake(message.author.id.get()) == asked.user;
    let words = Zeroizing::new(message.content);
    let groups = actions::groups_for(deps, asked.guild, asked.channel, asked.user);
    let here = actions::here_of(deps, &groups, super::reads(&asked));
    if is_own {
        // Who worries about their own words is the one who needs a person.
        return asked.reply(&cards::now(&here, &[])).await;
    }
    let noticed = Noticed::from(&verdict_in(deps, asked.guild, &words, Sensitivity::Sensitive));
    asked.reply(&cards::coach::coach(&here, noticed)).await
}
