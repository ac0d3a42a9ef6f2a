//! Commands, buttons, selects and forms, from a person's fingers through serenity and back.

use serde_json::json;
use serenity::all::{
    ActionRowComponent, AutocompleteChoice, ComponentInteractionDataKind, Context, CreateActionRow,
    CreateAutocompleteResponse, CreateButton, CreateInputText, CreateInteractionResponse,
    CreateInteractionResponseFollowup, CreateInteractionResponseMessage, CreateModal, CreateSelectMenu,
    CreateSelectMenuKind, CreateSelectMenuOption, EditInteractionResponse, GatewayIntents, InputTextStyle, Interaction,
};
use std::sync::atomic::Ordering;
use std::time::Duration;

use super::{Declined, GENEROUS, ManualClock, Rest, little_bot, riverside};
use crate::sandbox::SandboxOptions;

/// What the little bot answers.
pub(super) async fn answer(ctx: &Context, interaction: Interaction) {
    match interaction {
        Interaction::Command(command) => match command.data.name.as_str() {
            "hello" => {
                let rows = vec![
                    CreateActionRow::Buttons(vec![
                        CreateButton::new("yes").label("Yes"),
                        CreateButton::new("form").label("Write"),
                    ]),
                    CreateActionRow::SelectMenu(
                        CreateSelectMenu::new(
                            "mood",
                            CreateSelectMenuKind::String {
                                options: vec![
                                    CreateSelectMenuOption::new("Fine", "4"),
                                    CreateSelectMenuOption::new("Low", "2"),
                                ],
                            },
                        )
                        .placeholder("How is it?"),
                    ),
                ];
                let message =
                    CreateInteractionResponseMessage::new().content("Hello!").ephemeral(true).components(rows);
                command.create_response(ctx, CreateInteractionResponse::Message(message)).await.expect("answer");
            }
            "slow" => {
                command.defer_ephemeral(ctx).await.expect("defer");
                command.edit_response(ctx, EditInteractionResponse::new().content("Done.")).await.expect("edit");
                let more = CreateInteractionResponseFollowup::new().content("And one more.").ephemeral(true);
                command.create_followup(ctx, more).await.expect("follow-up");
            }
            "Keep" => {
                let kept = command.data.resolved.messages.values().next().map(|message| message.content.clone());
                let message =
                    CreateInteractionResponseMessage::new().content(format!("Kept: {}", kept.unwrap_or_default()));
                command.create_response(ctx, CreateInteractionResponse::Message(message)).await.expect("answer");
            }
            "ignore" => {}
            other => {
                let message =
                    CreateInteractionResponseMessage::new().content(format!("{other} {:?}", command.data.options));
                command.create_response(ctx, CreateInteractionResponse::Message(message)).await.expect("answer");
            }
        },
        Interaction::Autocomplete(typed) => {
            let so_far = typed.data.autocomplete().map(|option| option.value.to_owned()).unwrap_or_default();
            let choice = AutocompleteChoice::new(format!("{so_far}_York"), format!("America/{so_far}_York"));
            let choices = CreateAutocompleteResponse::new().set_choices(vec![choice]);
            typed.create_response(ctx, CreateInteractionResponse::Autocomplete(choices)).await.expect("choices");
        }
        Interaction::Component(press) => answer_press(ctx, press).await,
        Interaction::Modal(form) => {
            let text = match form.data.components.first().and_then(|row| row.components.first()) {
                Some(ActionRowComponent::InputText(input)) => input.value.clone().unwrap_or_default(),
                _ => "nothing".to_owned(),
            };
            let message = CreateInteractionResponseMessage::new().content(format!("You wrote: {text}")).ephemeral(true);
            form.create_response(ctx, CreateInteractionResponse::Message(message)).await.expect("answer");
        }
        _ => {}
    }
}

async fn answer_press(ctx: &Context, press: serenity::all::ComponentInteraction) {
    let update = match &press.data.kind {
        ComponentInteractionDataKind::StringSelect { values } => format!("Chosen: {}", values.join(",")),
        _ if press.data.custom_id == "form" => {
            let input = CreateInputText::new(InputTextStyle::Paragraph, "Your words", "words").max_length(50);
            let modal = CreateModal::new("note", "A note").components(vec![CreateActionRow::InputText(input)]);
            press.create_response(ctx, CreateInteractionResponse::Modal(modal)).await.expect("form");
            return;
        }
        _ => "Pressed.".to_owned(),
    };
    let message = CreateInteractionResponseMessage::new().content(update).components(vec![]);
    press.create_response(ctx, CreateInteractionResponse::UpdateMessage(message)).await.expect("update");
}

fn commands() -> serde_json::Value {
    json!([
        {"name": "hello", "description": "Say hello"},
        {"name": "slow", "description": "Takes its time"},
        {"name": "ignore", "description": "Says nothing"},
        {"name": "Keep", "type": 3},
        {"name": "group", "description": "Groups", "default_member_permissions": "32", "options": [
            {"type": 1, "name": "setup", "description": "Set up", "options": [
                {"type": 3, "name": "zone", "description": "Zone", "required": true, "autocomplete": true},
                {"type": 7, "name": "channel", "description": "Where", "required": true, "channel_types": [0]},
                {"type": 4, "name": "size", "description": "How many", "min_value": 1},
            ]},
        ]},
    ])
}

async fn with_commands(options: SandboxOptions) -> super::Riverside {
    let world = riverside(options).await;
    let path = format!("/applications/{}/commands", world.sandbox.application_id());
    let (status, answer) = Rest::new(&world.sandbox).send("PUT", &path, commands()).await;
    assert_eq!(status, 200, "{answer}");
    world
}

#[tokio::test]
async fn people_use_commands_buttons_selects_and_forms() {
    let world = with_commands(ManualClock::new().options()).await;
    let (diary, bot) = little_bot(&world.sandbox, GatewayIntents::non_privileged()).await;
    world.sandbox.until(GENEROUS, |_| diary.guilds.load(Ordering::SeqCst) == 1).await.unwrap();
    let ann = &world.ann;

    let hello = ann.run("/hello").await.unwrap();
    assert!(hello.is_private());
    assert_eq!(hello.only().unwrap().text(), "Hello!\nYes\nWrite\nHow is it?\nFine\nLow");
    assert!(world.general.messages().is_empty(), "an ephemeral answer is nobody else's");
    assert_eq!(world.sandbox.person("Olga").sees_privately(), vec![]);

    let form = ann.press(hello.only().unwrap(), "write").await.unwrap();
    assert_eq!(form.form().unwrap().title, "A note");
    let too_long = "x".repeat(51);
    assert!(ann.submit(form.form().unwrap(), &[("Your words", &too_long)]).await.is_err());
    let sent = ann.submit(form.form().unwrap(), &[("Your words", "one day at a time")]).await.unwrap();
    assert_eq!(sent.text(), "You wrote: one day at a time");
    assert!(ann.modal().is_none());

    let chosen = ann.choose(hello.only().unwrap(), "How is it?", &["Low"]).await.unwrap();
    assert_eq!(chosen.updated.as_ref().unwrap().content, "Chosen: 2");
    let gone = ann.press(hello.only().unwrap(), "Yes").await.unwrap_err();
    assert!(matches!(gone, Declined::Client(_)), "{gone}");

    let slow = ann.run("/slow").await.unwrap();
    assert!(slow.deferred);
    let answer = ann.later(&slow);
    assert!(answer.text().starts_with("Done."), "{}", answer.text());
    world.sandbox.until(GENEROUS, |_| ann.later(&slow).messages.len() == 2).await.unwrap();

    let said = ann.say("#general", "keep this").unwrap();
    let kept = ann.message_menu(&said, "Keep").await.unwrap();
    assert_eq!(kept.text(), "Kept: keep this");
    assert!(world.sandbox.unanswered().is_empty());
    assert!(diary.unknown.lock().unwrap().is_empty(), "{:?}", diary.unknown.lock().unwrap());
    bot.abort();
}

#[tokio::test]
async fn typed_options_reach_the_bot_and_permissions_hold() {
    let world = with_commands(ManualClock::new().options()).await;
    let (diary, bot) = little_bot(&world.sandbox, GatewayIntents::non_privileged()).await;
    world.sandbox.until(GENEROUS, |_| diary.guilds.load(Ordering::SeqCst) == 1).await.unwrap();
    let olga = world.sandbox.person("Olga");
    let choices = olga.autocomplete("/group setup zone:New").await.unwrap();
    assert_eq!(choices.first().unwrap().value, json!("America/New_York"));
    let answer = olga.run("/group setup zone:America/New_York channel:#general size:3").await.unwrap();
    assert!(answer.text().contains("America/New_York"), "{}", answer.text());
    let refused = world.ann.run("/group setup zone:UTC channel:#general").await.unwrap_err();
    assert_eq!(refused.to_string(), "You do not have permission to use \"group\".");
    let missing = olga.run("/group setup zone:UTC").await.unwrap_err();
    assert_eq!(missing.to_string(), "/group setup: the option \"channel\" is required.");
    bot.abort();
}

#[tokio::test]
async fn an_answer_that_never_comes_is_told_to_the_person() {
    let options = SandboxOptions { deadline: Duration::from_millis(50), ..ManualClock::new().options() };
    let world = with_commands(options).await;
    assert_eq!(world.ann.run("/ignore").await.unwrap_err(), Declined::NoResponse);
    assert_eq!(world.sandbox.unanswered(), ["Ann: /ignore"]);
}
