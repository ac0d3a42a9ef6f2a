//! Tables over how the program ends, and what it refuses at start.

use super::*;
use crate::config::Config;

fn goes_on<T: Send + 'static>() -> JoinHandle<T> {
    tokio::spawn(std::future::pending())
}

fn breaks_off() -> JoinHandle<()> {
    tokio::spawn(async { panic!("for the test") })
}

#[tokio::test]
async fn a_part_that_breaks_off_ends_the_program_with_a_sentence_and_is_waited_for_once() {
    for (courier, name) in [(true, "the courier"), (false, "the planner")] {
        let mut connection = goes_on();
        let mut planner = if courier { goes_on() } else { breaks_off() };
        let mut courier = if courier { breaks_off() } else { goes_on() };
        let ended = first_end(&mut connection, &mut planner, &mut courier, &mut goes_on()).await;
        let Ended::Fault(error) = ended else { panic!("a fault") };
        let said = format!("{error:#}");
        assert!(said.contains(name) && said.contains("Start Daymark again"), "{said}");
        for part in [courier, planner] {
            part.abort();
            over(part).await;
        }
    }
}

#[tokio::test]
async fn a_refused_token_is_the_operators_to_put_right_and_waited_for_once() {
    let mut connection = tokio::spawn(async { Err(Trouble::Token) });
    let ended = first_end(&mut connection, &mut goes_on(), &mut goes_on(), &mut goes_on()).await;
    assert!(matches!(ended, Ended::Configuration(said) if said.contains("refuses the token")));
    over(connection).await;
}

#[test]
fn a_declared_country_is_one_of_the_helplines() {
    let declared = |country: &str| {
        let text = format!(
            "[[group]]\nguild = '1'\nname = 'Evening'\nzone = 'Europe/London'\nchannel = '2'\ncountry = '{country}'\n"
        );
        Config::parse(&text, "test.toml", &crate::config::Overrides::default())
    };
    let mut config = declared("uk").unwrap();
    let read = read(&config).ok().unwrap();
    assert!(know_countries(&mut config, &read).is_ok());
    assert_eq!(config.groups[0].country, "GB");
    let mut config = declared("XQ").unwrap();
    let said = know_countries(&mut config, &read).err();
    assert!(
        matches!(said, Some(Ended::Configuration(said)) if said.contains("group[1].country \"XQ\"") && said.contains("\"US\""))
    );
}
