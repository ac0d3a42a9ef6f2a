//! `daymark run`: it logs in, answers, speaks to one origin only, and stops when told to.

use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};
use std::sync::Mutex;

use daymark::sandbox::Harm;
use rustix::process::Signal;

use super::{CRISIS, PATIENCE, Running, World};

/// A socket of a process, as the kernel lists it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Socket {
    /// A connection to there, made or tried.
    Tcp(SocketAddr),
    /// Listening.
    Listens(SocketAddr),
    /// Any datagram socket; asking a name server takes one.
    Udp(SocketAddr),
}

/// The internet sockets that a process has open at this moment (proc(5), `/proc/pid/net/tcp` and `/proc/pid/fd`).
fn sockets(pid: u32) -> BTreeSet<Socket> {
    let mut own = BTreeSet::new();
    // The process may end while we look; what it had open then is what was read before.
    for entry in std::fs::read_dir(format!("/proc/{pid}/fd")).into_iter().flatten().flatten() {
        if let Ok(target) = std::fs::read_link(entry.path())
            && let Some(inode) = target.to_str().and_then(|target| target.strip_prefix("socket:[")?.strip_suffix(']'))
        {
            own.insert(inode.to_owned());
        }
    }
    let mut found = BTreeSet::new();
    for table in ["tcp", "tcp6", "udp", "udp6"] {
        let text = std::fs::read_to_string(format!("/proc/{pid}/net/{table}")).unwrap_or_default();
        for row in text.lines().skip(1) {
            let fields: Vec<&str> = row.split_whitespace().collect();
            let (local, remote, state, inode) = (fields[1], fields[2], fields[3], fields[9]);
            if !own.contains(inode) {
                continue;
            }
            found.insert(match (table.starts_with("udp"), state) {
                (true, _) => Socket::Udp(address(remote)),
                (false, "0A") => Socket::Listens(address(local)),
                // Made and not connected yet: it has no other end.
                (false, _) if address(remote).port() == 0 => continue,
                (false, _) => Socket::Tcp(address(remote)),
            });
        }
    }
    found
}

/// Words of 32 bits in the machine's own byte order, in hexadecimal; then the port.
fn address(text: &str) -> SocketAddr {
    let (host, port) = text.split_once(':').unwrap();
    let port = u16::from_str_radix(port, 16).unwrap();
    let word = |at: usize| u32::from_str_radix(&host[at..at + 8], 16).unwrap().to_ne_bytes();
    let host = if host.len() == 8 {
        IpAddr::V4(Ipv4Addr::from(word(0)))
    } else {
        let bytes: Vec<u8> = [0, 8, 16, 24].into_iter().flat_map(word).collect();
        IpAddr::V6(Ipv6Addr::from(<[u8; 16]>::try_from(bytes).unwrap()))
    };
    SocketAddr::new(host, port)
}

/// Collects a process' sockets at every request it makes and everything that happens in the world.
struct Lookout {
    pid: u32,
    seen: Mutex<BTreeSet<Socket>>,
}

impl Lookout {
    fn new(pid: u32) -> Self {
        Self { pid, seen: Mutex::default() }
    }

    fn look(&self) {
        self.seen.lock().unwrap().extend(sockets(self.pid));
    }

    async fn until(&self, world: &World, condition: impl Fn() -> bool) {
        let looked = |_: &_| {
            self.look();
            condition()
        };
        world.sandbox.until(PATIENCE, looked).await.unwrap();
    }

    /// Nothing but connections to the origin was ever there; and those were, so looking works.
    fn saw_only_the_origin(self, world: &World) {
        self.look();
        let origin: SocketAddr = world.sandbox.origin().trim_start_matches("http://").parse().unwrap();
        assert_eq!(self.seen.into_inner().unwrap(), BTreeSet::from([Socket::Tcp(origin)]));
    }
}

#[tokio::test]
async fn it_logs_in_registers_answers_and_stops_on_sigterm() {
    let world = World::new().await;
    world.declare("");
    let bot = world.run().await;
    let answer = world.ana.run("/helplines").await.unwrap();
    assert!(answer.is_private() && answer.text().contains("988"), "{}", answer.text());
    world.ana.say(&world.channel, CRISIS).unwrap();
    let line = || world.ana.reads(&world.channel).iter().any(|message| message.buttons().contains(&"Open the note"));
    world.sandbox.until(PATIENCE, |_| line()).await.unwrap();
    let ended = bot.stop().await;
    assert!(
        ended.err.contains("stopping") && !ended.err.contains("WARN") && !ended.err.contains("ERROR"),
        "{}",
        ended.err
    );
    assert_eq!(ended.out, "");
    world.left_tidy().await;
    crate::requests::check(&world.sandbox);
}

#[tokio::test]
async fn sigint_stops_it_as_well_and_a_second_start_finds_everything_in_place() {
    let world = World::new().await;
    world.declare("");
    let bot = world.run().await;
    world.ana.run("/join").await.unwrap();
    bot.signal(Signal::INT);
    assert_eq!(bot.end().await.code, Some(0));
    let bot = world.run().await;
    assert!(bot.said().contains("changed=false"), "commands that did not change are not sent again:\n{}", bot.said());
    bot.stop().await;
    world.left_tidy().await;
}

#[tokio::test]
async fn what_is_being_sent_at_sigterm_is_settled_first() {
    let world = World::new().await;
    super::killed::declare_a_reminder_due_now(&world).await;
    world.sandbox.faults().next("POST", "/channels/*/messages", Harm::HeldBefore);
    let mut bot = Running::start(world.daymark(&["run"]));
    world.sandbox.until(PATIENCE, |sandbox| sandbox.faults().held() == 1).await.unwrap();
    bot.signal(Signal::TERM);
    bot.until_said("stopping").await;
    world.sandbox.faults().release();
    assert_eq!(bot.end().await.code, Some(0));
    assert_eq!(world.outbox().await, [("sent", 1)].into());
    assert_eq!(world.ana.reads(&world.channel).len(), 1);
    world.left_tidy().await;
}

/// The one test that lets real seconds pass: the promise is about them.
#[tokio::test]
async fn a_discord_that_never_answers_does_not_keep_it_from_stopping_in_time() {
    let world = World::new().await;
    super::killed::declare_a_reminder_due_now(&world).await;
    world.sandbox.faults().next("POST", "/channels/*/messages", Harm::HeldAfter);
    let bot = Running::start(world.daymark(&["run"]));
    world.sandbox.until(PATIENCE, |sandbox| sandbox.faults().held() == 1).await.unwrap();
    let ended = bot.stop().await;
    assert!(ended.err.contains("the next start looks after them"), "{}", ended.err);
    let mut command = world.daymark(&["run"]);
    command.env("DAYMARK_LOG", "daymark=debug");
    let mut bot = world.run_with(command).await;
    bot.until_said("kind=\"session.reminder\" attempts=2").await;
    bot.stop().await;
    assert_eq!(world.outbox().await, [("sent", 1)].into());
    assert_eq!(world.ana.reads(&world.channel).len(), 1);
}

/// Whatever the system's proxy settings say and the file names, the environment's origin is the one
/// that is spoken to, and no name is ever looked up.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn it_speaks_to_no_other_host_than_its_origin() {
    let world = World::new().await;
    let trap = TcpListener::bind("127.0.0.1:0").unwrap();
    trap.set_nonblocking(true).unwrap();
    let lure = format!("http://{}", trap.local_addr().unwrap());
    world.declare(&format!("[discord]\napi_base = \"{lure}\"\n"));
    let mut command = world.daymark(&["run"]);
    for name in ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"] {
        command.env(name, &lure);
    }
    // While it asks where the gateway is, and while it is kept from asking, nothing else is tried.
    world.sandbox.faults().next("GET", "/gateway/bot", Harm::Status(500));
    world.sandbox.faults().nth(2, "GET", "/gateway/bot", Harm::HeldBefore);
    let mut bot = Running::start(command);
    let lookout = Lookout::new(bot.pid());
    lookout.until(&world, || world.sandbox.faults().held() > 0).await;
    world.sandbox.faults().release();
    lookout.until(&world, || world.sandbox.connected() && !world.sandbox.commands(None).is_empty()).await;
    bot.until_said("commands are registered").await;
    lookout.look();
    world.ana.run("/helplines").await.unwrap();
    lookout.look();
    world.ana.dm(CRISIS).unwrap();
    lookout.until(&world, || world.ana.inbox().len() == 2).await;
    world.sandbox.faults().cut_gateway();
    lookout.until(&world, || !world.sandbox.connected()).await;
    lookout.until(&world, || world.sandbox.connected()).await;
    lookout.saw_only_the_origin(&world);
    bot.stop().await;
    let caught = trap.accept();
    assert!(
        caught.is_err_and(|error| error.kind() == std::io::ErrorKind::WouldBlock),
        "something else was connected to"
    );
}

/// serenity falls back to Discord's public gateway when the origin does not say where the gateway is.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn an_origin_that_answers_nothing_is_asked_again_and_nobody_else() {
    let world = World::new().await;
    world.sandbox.faults().always("*", "**", Harm::Status(502));
    let mut bot = Running::start(world.daymark(&["run"]));
    let lookout = Lookout::new(bot.pid());
    lookout.until(&world, || world.sandbox.counters().harmed > 4).await;
    bot.until_said("Discord cannot be asked where the gateway is").await;
    lookout.saw_only_the_origin(&world);
    bot.stop().await;
}
