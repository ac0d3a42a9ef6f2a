//! Tables over groups: consents, standing, who may change what, and the words of every card.

use super::actions::require_facilitator;
use super::cards;
use super::model::{Consents, Group, Purpose, Source};
use crate::calendar::Zone;
use crate::card::Card;
use crate::ids::{ChannelId, GroupId, GuildId, RoleId};

fn group() -> Group {
    Group {
        id: GroupId::new(7),
        guild: GuildId::new(1),
        name: "Evening *group*".into(),
        zone: "America/New_York".parse::<Zone>().unwrap(),
        channel: ChannelId::new(2),
        country: "US".into(),
        facilitator_role: Some(RoleId::new(3)),
        facilitator_channel: None,
        noticing: true,
        checkin: None,
        source: Source::Discord,
    }
}

fn consents(checkins: Option<bool>, direct_messages: Option<bool>, noticing: Option<bool>) -> Consents {
    Consents { checkins, direct_messages, noticing }
}

#[test]
fn every_purpose_is_asked_once_in_order() {
    let mut said = Consents::default();
    let mut asked = Vec::new();
    while let Some(purpose) = said.next_question() {
        asked.push(purpose);
        said.set(purpose, asked.len() % 2 == 0);
    }
    assert_eq!(asked, Purpose::ALL);
    assert_eq!(said, consents(Some(false), Some(true), Some(false)));
}

#[test]
fn purposes_read_back_from_their_words() {
    for purpose in Purpose::ALL {
        assert_eq!(Purpose::of_word(purpose.word()), Some(purpose));
    }
    assert_eq!(Purpose::of_word("everything"), None);
}

#[test]
fn only_facilitators_and_people_who_manage_the_server_may_change_a_group() {
    for (roles, manages, allowed) in [
        (vec![], false, false),
        (vec![RoleId::new(9)], false, false),
        (vec![RoleId::new(3)], false, true),
        (vec![RoleId::new(9), RoleId::new(3)], false, true),
        (vec![], true, true),
    ] {
        assert_eq!(require_facilitator(&group(), &roles, manages).is_ok(), allowed, "{roles:?} {manages}");
    }
    let nobody = Group { facilitator_role: None, ..group() };
    assert!(require_facilitator(&nobody, &[RoleId::new(3)], false).is_err());
}

#[test]
fn every_card_fits_discord_and_no_name_formats() {
    let group = Group { name: "x".repeat(80), ..group() };
    let all: Vec<Card> = vec![
        cards::set_up(&group, [cards::zone_changed(group.zone)]),
        cards::list(&vec![group.clone(); 25], 3),
        cards::welcome(&group, Purpose::Checkins, &[]),
        cards::question(group.id, Purpose::DirectMessages, false, &[]),
        cards::question(group.id, Purpose::Noticing, true, &[ChannelId::new(7)]),
        cards::joined(&group, &Consents::default(), true),
        cards::already_in(&group, &consents(Some(true), Some(false), None)),
        cards::leave(&group),
        cards::left(&group),
        cards::stayed(),
        cards::join_first(&group),
    ];
    for card in &all {
        assert_eq!(card.problems(), Vec::<String>::new(), "{card:?}");
    }
    assert!(cards::left(&super::tests::group()).text.contains(r"Evening \*group\*"));
}
