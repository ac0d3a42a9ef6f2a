//! How did the bot answer? Waiting for it, and what came of it.

use std::time::{Duration, Instant};

use super::{Declined, Person};
use crate::sandbox::interactions::kind;
use crate::sandbox::state::{Ack, InteractionState, World, flag};
use crate::sandbox::view::{Choice, MessageView, ModalView, modal_view};

/// What the bot answered to something a person did.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Answer {
    /// Id of the interaction.
    pub interaction: u64,
    /// Messages it made: the answer and follow-ups there were by now.
    pub messages: Vec<MessageView>,
    /// The form it opened.
    pub modal: Option<ModalView>,
    /// The message it was done on, if the bot changed that.
    pub updated: Option<MessageView>,
    /// Suggestions of autocompletion.
    pub choices: Vec<Choice>,
    /// True if the bot asked for time first.
    pub deferred: bool,
}

impl Answer {
    /// The one message there is to read: the answer, or the message it changed.
    ///
    /// # Errors
    /// When there is none or there are several.
    pub fn only(&self) -> Result<&MessageView, Declined> {
        match (self.messages.as_slice(), &self.updated) {
            ([one], None) => Ok(one),
            ([], Some(one)) => Ok(one),
            (_, _) => Err(Declined::Client(format!("expected one message, got: {}", self.text()))),
        }
    }

    /// The form it opened.
    ///
    /// # Errors
    /// When it opened none.
    pub fn form(&self) -> Result<&ModalView, Declined> {
        self.modal.as_ref().ok_or_else(|| Declined::Client(format!("expected a form, got: {}", self.text())))
    }

    /// Everything there is to read in it.
    pub fn text(&self) -> String {
        let messages = self.messages.iter().chain(&self.updated).map(MessageView::text);
        let form = self.modal.iter().map(|modal| modal.title.clone());
        messages.chain(form).collect::<Vec<_>>().join("\n")
    }

    /// True if everything it made is for one person's eyes.
    pub fn is_private(&self) -> bool {
        self.messages.iter().all(|message| message.ephemeral)
    }
}

/// Where an answer stands.
enum Standing {
    Ready(Box<Answer>),
    Waiting(Duration),
    Over(Declined),
}

impl Person {
    /// Waits for the bot's answer: real time, at most the deadline, or the patience once deferred.
    pub(crate) async fn wait_for(&self, id: u64) -> Result<Answer, Declined> {
        let mut changes = self.shared.changes();
        let began = Instant::now();
        loop {
            changes.borrow_and_update();
            let standing = self.shared.look(|world| self.standing(world, id, began));
            match standing {
                Standing::Ready(answer) => {
                    self.shared.look(|world| self.mark(world, &answer.messages));
                    return Ok(*answer);
                }
                Standing::Over(declined) => return Err(declined),
                Standing::Waiting(most) => {
                    // Either something changed or time is up: both mean to look again.
                    let _ = tokio::time::timeout(most, changes.changed()).await;
                }
            }
        }
    }

    fn standing(&self, world: &mut World, id: u64, began: Instant) -> Standing {
        let (deadline, patience) = (world.spans.deadline, world.spans.patience);
        let Some(one) = world.interactions.get(&id).cloned() else {
            return Standing::Over(Declined::NoResponse);
        };
        let left = |most: Duration, over: Standing| match most.checked_sub(began.elapsed()) {
            Some(left) if !left.is_zero() => Standing::Waiting(left),
            Some(_) | None => over,
        };
        let mut answer = Answer { interaction: id, ..Answer::default() };
        match one.ack {
            None => {
                let standing = left(deadline, Standing::Over(too_late(one.kind)));
                if matches!(standing, Standing::Over(_))
                    && let Some(found) = world.interactions.get_mut(&id)
                {
                    found.given_up = true;
                }
                standing
            }
            Some(Ack::Message | Ack::Updated | Ack::Modal | Ack::Choices) => {
                fill(world, &one, &mut answer);
                Standing::Ready(Box::new(answer))
            }
            Some(Ack::Deferred) => {
                answer.deferred = true;
                let waiting = one
                    .original
                    .and_then(|id| world.messages.get(&id))
                    .is_some_and(|message| message.flags & flag::LOADING != 0);
                if waiting && one.followups.is_empty() {
                    return left(patience, Standing::Over(Declined::StillThinking));
                }
                fill(world, &one, &mut answer);
                Standing::Ready(Box::new(answer))
            }
            Some(Ack::DeferredUpdate) => {
                answer.deferred = true;
                if one.edits == 0 && one.followups.is_empty() {
                    return left(deadline, Standing::Ready(Box::new(answer)));
                }
                fill(world, &one, &mut answer);
                Standing::Ready(Box::new(answer))
            }
        }
    }
}

fn too_late(number: u64) -> Declined {
    match number {
        kind::COMMAND | kind::AUTOCOMPLETE => Declined::NoResponse,
        kind::MODAL => Declined::FormFailed,
        _ => Declined::Failed,
    }
}

/// Gathers what an interaction led to.
fn fill(world: &World, one: &InteractionState, answer: &mut Answer) {
    let view = |id: u64| {
        world.messages.get(&id).filter(|message| message.flags & flag::LOADING == 0).map(|message| world.view(message))
    };
    let on_source = matches!(one.ack, Some(Ack::Updated | Ack::DeferredUpdate));
    if on_source {
        answer.updated = one.source.filter(|_| one.ack == Some(Ack::Updated) || one.edits > 0).and_then(view);
    } else {
        answer.messages.extend(one.original.and_then(view));
    }
    answer.messages.extend(one.followups.iter().copied().filter_map(view));
    let open = world.users.get(&one.user).and_then(|user| user.modal.as_ref());
    answer.modal = open.filter(|open| open.interaction == one.id).map(|open| modal_view(open.interaction, &open.form));
    answer.choices = one
        .choices
        .iter()
        .map(|choice| Choice { name: choice["name"].as_str().unwrap_or("").to_owned(), value: choice["value"].clone() })
        .collect();
}
