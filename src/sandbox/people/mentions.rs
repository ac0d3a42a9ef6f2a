//! Whom does `@Name` mean? Names in what people type become mentions, as the client's completion does it.

use crate::sandbox::state::World;

impl World {
    /// Turns `@Name`, `@role` and `#channel` into mentions, as the client's completion does.
    pub(super) fn with_mentions(&self, channel: u64, text: &str) -> String {
        let guild = self.channels.get(&channel).and_then(|found| found.guild);
        let Some(guild) = guild.and_then(|id| self.guilds.get(&id)) else {
            return text.to_owned();
        };
        let people = guild.members.keys().filter_map(|who| self.users.get(who));
        let mut names: Vec<(String, String)> =
            people.map(|user| (format!("@{}", user.display), format!("<@{}>", user.id))).collect();
        let roles = guild.roles.values().filter(|role| role.id != guild.id);
        names.extend(roles.map(|role| (format!("@{}", role.name), format!("<@&{}>", role.id))));
        let channels = self.channels.values().filter(|found| found.guild == Some(guild.id));
        names.extend(channels.map(|found| (format!("#{}", found.name), format!("<#{}>", found.id))));
        names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
        let (mut out, mut rest, mut before) = (String::new(), text, ' ');
        while let Some(next) = rest.chars().next() {
            let here = |(name, _): &&(String, String)| {
                let after = rest.strip_prefix(name.as_str()).map(|tail| tail.chars().next());
                after.is_some_and(|after| !after.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '-'))
            };
            let starts = matches!(next, '@' | '#') && !before.is_alphanumeric() && before != '<';
            match names.iter().find(here).filter(|_| starts) {
                Some((name, mention)) => {
                    out.push_str(mention);
                    rest = rest.get(name.len()..).unwrap_or("");
                    before = '>';
                }
                None => {
                    out.push(next);
                    rest = rest.get(next.len_utf8()..).unwrap_or("");
                    before = next;
                }
            }
        }
        out
    }
}
