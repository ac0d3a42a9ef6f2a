//! Tables over the policy: every class, every outcome, inside and outside the window.

use std::time::Duration;

use super::*;
use crate::ids::{EnvelopeId, MessageId};
use crate::outbox::policy::*;

fn attempt(class: Class) -> Attempt {
    Attempt { class, attempts: 1, claimed_at: noon(), first_at: None, expires_at: noon() + TimeDelta::hours(1) }
}

fn unsure() -> SendError {
    SendError::Unsure("502".into())
}

fn refused(code: u32) -> SendError {
    SendError::Refused { code }
}

const MESSAGE: MessageId = MessageId::new(7);

fn events() -> Vec<Event> {
    let errors = [
        SendError::Wait(Duration::from_millis(1500)),
        SendError::Resting(Duration::from_secs(600)),
        SendError::Wait(Duration::MAX),
        unsure(),
        refused(400),
        refused(401),
        refused(403),
        refused(404),
        refused(10003),
        refused(50001),
        refused(50007),
        refused(50013),
    ];
    let mut events = vec![
        Event::Ready,
        Event::Undrawn,
        Event::Posted(Ok(MESSAGE)),
        Event::Looked(Ok(None)),
        Event::Looked(Ok(Some(MESSAGE))),
    ];
    events.extend(errors.iter().cloned().map(|error| Event::Posted(Err(error))));
    events.extend(errors.into_iter().map(|error| Event::Looked(Err(error))));
    events
}

/// Every class, attempt, doubt, expiry and outcome: 5 x 6 x 7 x 5 x 29.
fn every(mut check: impl FnMut(Attempt, &Event, Attempt, &Step)) {
    let doubts = [None, Some(0), Some(1), Some(119), Some(120), Some(86_400), Some(-10)];
    for class in CLASSES {
        for attempts in [0, 1, 2, 7, 40, u32::MAX] {
            for doubt in doubts {
                for left in [-1, 0, 1, 30, 3600] {
                    for event in events() {
                        let before = Attempt {
                            class,
                            attempts,
                            claimed_at: noon() - seconds(1),
                            first_at: doubt.map(|age| noon() - seconds(age)),
                            expires_at: noon() + seconds(left),
                        };
                        let mut after = before;
                        let step = after.next(noon(), &event);
                        check(before, &event, after, &step);
                    }
                }
            }
        }
    }
}

#[test]
fn nothing_is_posted_once_it_has_expired() {
    every(|before, event, _, step| {
        if before.expires_at <= noon() {
            assert!(
                !matches!(step, Step::Post | Step::LookThenPost { .. } | Step::TryAgain { .. }),
                "{event:?} {step:?}"
            );
        } else {
            assert!(!matches!(step, Step::Expired(_)), "{event:?} {step:?}");
        }
    });
}

#[test]
fn what_was_seen_to_be_posted_is_sent_whatever_else_holds() {
    every(|_, event, _, step| {
        let seen = matches!(event, Event::Posted(Ok(_)) | Event::Looked(Ok(Some(_))));
        assert_eq!(seen, *step == Step::Sent(MESSAGE), "{event:?} {step:?}");
    });
}

#[test]
fn a_doubtful_reminder_is_posted_again_only_within_the_window_or_after_a_look_that_found_nothing() {
    every(|before, event, _, step| {
        if *step != Step::Post || rather_twice(before.class) {
            return;
        }
        let harmless = match before.first_at {
            None => *event == Event::Ready,
            Some(at) => *event == Event::Ready && at <= noon() && noon() - at < NONCE_WINDOW,
        };
        assert!(harmless || *event == Event::Looked(Ok(None)), "{before:?} {event:?}");
    });
}

#[test]
fn beyond_the_window_every_class_looks_first() {
    every(|before, event, _, step| {
        let beyond = before.first_at.filter(|at| *at > noon() || noon() - *at >= NONCE_WINDOW);
        let looks = *event == Event::Ready && beyond.is_some() && before.expires_at > noon();
        assert_eq!(looks, matches!(step, Step::LookThenPost { .. }), "{before:?} {event:?} {step:?}");
        if let (Step::LookThenPost { since }, Some(first_at)) = (step, before.first_at) {
            assert_eq!(*since, first_at - LOOK_BACK);
        }
    });
}

#[test]
fn an_answer_or_concern_is_never_given_up_for_doubt() {
    every(|before, event, _, step| {
        let given_up = *step == Step::Undeliverable(Reason::Unsure);
        assert!(!(given_up && rather_twice(before.class)), "{before:?} {event:?}");
    });
}

#[test]
fn a_refusal_settles_at_once_with_its_code_unless_it_is_about_our_token() {
    every(|_, event, _, step| {
        if let Event::Posted(Err(SendError::Refused { code })) = event {
            let settled = *step == Step::Undeliverable(Reason::Refused(*code));
            assert_eq!(settled, *code != UNAUTHORIZED, "{event:?} {step:?}");
        }
    });
}

#[test]
fn the_next_attempt_lies_ahead_never_beyond_expiry_and_never_before_the_wait_is_over() {
    every(|before, event, _, step| {
        let Step::TryAgain { at } = step else { return };
        assert!(*at > noon() && *at <= before.expires_at, "{before:?} {event:?} {step:?}");
        let asked = match event {
            Event::Posted(Err(SendError::Wait(wait) | SendError::Resting(wait)))
            | Event::Looked(Err(SendError::Wait(wait) | SendError::Resting(wait))) => *wait,
            _ => Duration::ZERO,
        };
        let waited = (*at - noon()).to_std().unwrap();
        // The clock shows whole seconds: up to one more may have passed already.
        assert!(*at == before.expires_at || waited >= asked + Duration::from_secs(1), "{event:?} {step:?}");
    });
}

#[test]
fn only_a_lost_answer_starts_doubt_and_only_a_look_ends_it() {
    every(|before, event, after, _| {
        let expected = match event {
            Event::Posted(Err(SendError::Unsure(_))) => Some(before.first_at.unwrap_or(before.claimed_at)),
            Event::Looked(Ok(None)) => None,
            _ => before.first_at,
        };
        assert_eq!(after, Attempt { first_at: expected, ..before });
    });
}

#[test]
fn an_expired_envelope_says_whether_it_may_have_been_seen() {
    every(|_, _, after, step| {
        if let Step::Expired(reason) = step {
            assert_eq!(*reason, if after.first_at.is_some() { Reason::Unsure } else { Reason::Late });
        }
    });
}

#[test]
fn each_outcome_has_its_step() {
    let again = |after| Step::TryAgain { at: noon() + seconds(after) };
    let old = Some(noon() - seconds(300));
    let look = Step::LookThenPost { since: noon() - seconds(330) };
    let (reminder, concern) = (Class::Reminder, Class::Concern);
    let rows: [(Class, Option<DateTime<Utc>>, Event, Step); 20] = [
        (reminder, None, Event::Ready, Step::Post),
        (reminder, Some(noon() - seconds(119)), Event::Ready, Step::Post),
        (reminder, Some(noon() - seconds(120)), Event::Ready, Step::LookThenPost { since: noon() - seconds(150) }),
        (reminder, old, Event::Ready, look.clone()),
        (concern, old, Event::Ready, look),
        (reminder, None, Event::Undrawn, again(1)),
        (reminder, None, Event::Posted(Err(unsure())), again(1)),
        (reminder, None, Event::Posted(Err(SendError::Wait(Duration::from_millis(200)))), again(2)),
        (reminder, None, Event::Posted(Err(SendError::Wait(Duration::from_secs(5)))), again(6)),
        (reminder, None, Event::Posted(Err(SendError::Resting(Duration::from_secs(600)))), again(601)),
        (reminder, None, Event::Posted(Err(refused(50007))), Step::Undeliverable(Reason::Refused(50007))),
        (concern, None, Event::Posted(Err(refused(404))), Step::Undeliverable(Reason::Refused(404))),
        (reminder, None, Event::Posted(Err(refused(401))), again(60)),
        (reminder, old, Event::Looked(Ok(None)), Step::Post),
        (reminder, old, Event::Looked(Err(unsure())), again(1)),
        (concern, old, Event::Looked(Err(unsure())), Step::Post),
        (reminder, old, Event::Looked(Err(refused(50001))), Step::Undeliverable(Reason::Unsure)),
        (concern, old, Event::Looked(Err(refused(50001))), Step::Post),
        (concern, old, Event::Looked(Err(SendError::Wait(Duration::from_secs(5)))), again(6)),
        (concern, old, Event::Looked(Err(refused(401))), again(60)),
    ];
    for (class, first_at, event, expected) in rows {
        let mut attempt = Attempt { first_at, ..attempt(class) };
        assert_eq!(attempt.next(noon(), &event), expected, "{class:?} {first_at:?} {event:?}");
    }
}

#[test]
fn the_pause_doubles_up_to_a_minute() {
    let pauses: Vec<u64> = (0..10).map(|attempts| pause(attempts).as_secs()).collect();
    assert_eq!(pauses, [1, 1, 2, 4, 8, 16, 32, 60, 60, 60]);
    assert_eq!(pause(u32::MAX), LONGEST_PAUSE);
}

#[test]
fn every_class_leaves_slots_free_for_every_higher_one() {
    for pair in CLASSES.windows(2) {
        assert!(slots(pair[0]) > slots(pair[1]), "{pair:?}");
    }
    assert!(slots(Class::Digest) > 0);
}

#[test]
fn one_per_place_is_chosen_and_no_more_than_there_are_slots() {
    let candidate = |id, class, place| Candidate { id: EnvelopeId::new(id), class, place };
    let ids = |chosen: Vec<EnvelopeId>| chosen.into_iter().map(EnvelopeId::raw).collect::<Vec<_>>();
    let twice = [
        candidate(1, Class::Concern, channel(1)),
        candidate(2, Class::Concern, channel(1)),
        candidate(3, Class::Concern, person(1)),
    ];
    assert_eq!(ids(choose(&twice, 0)), [1, 3]);
    for class in CLASSES {
        let many: Vec<Candidate> = (0..50).map(|n| candidate(n, class, channel(n))).collect();
        for in_flight in 0..20 {
            assert_eq!(choose(&many, in_flight).len(), slots(class).saturating_sub(in_flight), "{class:?} {in_flight}");
        }
    }
    let mixed = [candidate(1, Class::Answer, channel(1)), candidate(2, Class::Digest, channel(2))];
    assert_eq!(ids(choose(&mixed, 5)), [1]);
}
