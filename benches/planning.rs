//! How long planning takes: a tick of a quiet minute with 1,000 groups of five series each (to stay under
//! 5 ms), and the preview of a year of one series (under 2 ms).
#![allow(clippy::unwrap_used, missing_docs)]

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use daymark::app;
use daymark::calendar::{OccurrenceId, Recurrence};
use daymark::clock::Clock;
use daymark::config::Config;
use daymark::deps::Deps;
use daymark::groups::model::{Source, Wanted};
use daymark::ids::{ChannelId, GroupId, GuildId};
use daymark::sessions::model::{Details, Exception};
use daymark::sessions::{actions, plan, store};

fn main() {
    divan::main();
}

/// A Monday morning, at a minute at which nothing is due.
fn morning() -> DateTime<Utc> {
    "2026-03-02T13:41:00Z".parse().unwrap()
}

fn details(title: String) -> Details {
    let when: Recurrence = "mon,wed,fri 18:00".parse().unwrap();
    Details::plain(title, when, "America/New_York".parse().unwrap(), 90, "1d 1h 15m".parse().unwrap())
}

async fn busy(folder: &std::path::Path) -> Deps {
    let config = Config {
        database: folder.join("daymark.db"),
        key_file: folder.join("daymark.key"),
        api_base: None,
        lexicon: None,
        helplines: None,
        key_command: None,
        key: None,
        retention: daymark::config::Retention::DEFAULT,
        http: None,
        groups: Vec::new(),
    };
    let deps = app::open(config, Clock::manual(morning())).await.map_err(|_| "it opens").unwrap();
    for number in 1..=1000 {
        let wanted = Wanted {
            guild: GuildId::new(number),
            name: "Evening".into(),
            zone: "America/New_York".parse().unwrap(),
            channel: ChannelId::new(10_000 + number),
            country: "US".into(),
            facilitator_role: None,
            facilitator_channel: None,
            noticing: false,
            checkin: None,
            source: Source::Discord,
        };
        let group = daymark::groups::actions::set_up(&deps, &wanted).await.map_err(|_| "it is set up").unwrap();
        let mut tx = deps.database.write().await.unwrap();
        for series in 0..5 {
            let wanted = details(format!("Evening {series}"));
            let id = store::add(&mut tx, group.id, &wanted, Source::Discord, morning()).await.unwrap();
            let next = plan::next_reminder(&actions::sketch(group.id, wanted, morning()), morning());
            store::planned(&mut tx, id, morning(), next).await.unwrap();
        }
        tx.commit().await.unwrap();
    }
    deps.deps.clone()
}

#[divan::bench]
fn a_quiet_minute_of_a_thousand_groups(bencher: divan::Bencher<'_, '_>) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let deps = Arc::new(runtime.block_on(busy(folder.path())));
    bencher.bench_local(|| runtime.block_on(actions::tick(&deps)).unwrap());
}

#[divan::bench]
fn a_year_of_one_series(bencher: divan::Bencher<'_, '_>) {
    let mut series = actions::sketch(GroupId::new(1), details("Evening".into()), morning());
    for day in ["2026-05-25", "2026-07-03", "2026-09-07", "2026-12-25"] {
        let id: OccurrenceId = format!("{day}T18:00").parse().unwrap();
        series.exceptions.insert(id, Exception::Skipped);
    }
    let until = morning() + TimeDelta::days(365);
    bencher.bench_local(|| plan::reminders(divan::black_box(&series), morning(), until));
}
