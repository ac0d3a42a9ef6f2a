//! Numbers that stand in popular lists though they are dead, wrong or misleading, and the test that keeps them out.
//!
//! Two more are words, not numbers: the keyword NEDA to 741741 (its helpline closed in June 2023) and option 3 of 988
//! (ended on 2025-07-17). A number may be banned in one country and right in another.

use super::{Helpline, Reach, Topic};

/// Country (`--`: everywhere), number as lists print it, kind of mistake, and what is wrong with it.
#[rustfmt::skip]
const DO_NOT_USE: &[(&str, &str, &str, &str)] = &[
    ("US", "1-800-931-2237", "closed", "NEDA phone helpline, closed June 2023; still in many lists"),
    ("US", "1-833-943-5746", "replaced", "old number of the maternal mental health hotline"),
    ("US", "1-800-971-0016", "replaced", "old Friendship Line number"),
    ("US", "202-304-1200", "replaced", "old TrevorText number"),
    ("US", "1-800-273-8255", "legacy", "old Lifeline number; do not display"),
    ("US", "(866) 903-3787", "commercial", "lead-generation line shown as a mental health hotline"),
    ("US", "(313) 217-3201", "commercial", "rehab marketing line in a helpline list"),
    ("US", "866-210-1303", "commercial", "rehab marketing line in a helpline list"),
    ("CA", "1-877-254-3348", "commercial", "rehab referral business in a helpline list"),
    ("CA", "1-833-456-4566", "replaced", "Talk Suicide Canada; 9-8-8 took over on 2023-11-30"),
    ("CA", "45645", "replaced", "Talk Suicide Canada text number"),
    ("CA", "1-800-784-2433", "wrong_country", "US number listed under Canada"),
    ("GB", "08457 90 90 90", "replaced", "old Samaritans number, still in the list copies"),
    ("GB", "0300 330 0630", "replaced", "old Switchboard number; free number since 2023-03"),
    ("GB", "07786 209697", "replaced", "old PAPYRUS text number"),
    ("GB", "0800 689 5652", "conflict", "National Suicide Prevention Helpline UK: lists have the first, the directory (2025-11) the second"),
    ("IE", "+44 08457 909090", "wrong_country", "dead UK number listed for Ireland"),
    ("IE", "50808", "conflict", "Text About It: older lists have the first, the directory (2026-03) the second"),
    ("IE", "50101", "replaced", "Childline text number no longer in the directory entry"),
    ("FR", "0810 037 037", "surcharged", "older FFAB number, surcharged"),
    ("IT", "199 284 284", "replaced", "old Telefono Amico number"),
    ("IT", "345 036 1628", "replaced", "old Telefono Amico WhatsApp"),
    ("IT", "800 860 022", "conflict", "listed as Samaritans Onlus by some and as Gay Help Line by others; unresolved"),
    ("JP", "0570-0-55210", "closed", "old domestic-violence navigation number, ended March 2021"),
    ("JP", "03-5774-0992", "replaced", "old TELL number"),
    ("JP", "0570-046-556", "misprint", "misprint of the public mental health line"),
    ("KR", "1393", "replaced", "merged into 109 on 2024-01-01; kept for about a year"),
    ("TH", "02-713-6793", "replaced", "old Samaritans number"),
    ("IN", "18 0091 4416", "misprint", "misprint of the second Tele MANAS number"),
    ("ZA", "0861 012 322", "misprint", "mix of two LifeLine numbers"),
    ("ZA", "08000 55555", "replaced", "Childline moved to 116"),
    ("BR", "141", "replaced", "old CVV number; dozens of local CVV numbers in lists look dead too"),
    ("BR", "0800 284 0011", "fabricated", "five numbers in a pattern, in one generated list only"),
    ("BR", "0800 284 0022", "fabricated", "five numbers in a pattern, in one generated list only"),
    ("BR", "0800 284 0033", "fabricated", "five numbers in a pattern, in one generated list only"),
    ("BR", "0800 284 0044", "fabricated", "five numbers in a pattern, in one generated list only"),
    ("BR", "0800 284 0055", "fabricated", "five numbers in a pattern, in one generated list only"),
    ("EG", "131114", "wrong_country", "Australian number listed for Egypt"),
    ("BO", "3911270", "wrong_country", "Botswana number listed for Bolivia"),
    ("ID", "1-800-273-8255", "wrong_country", "old US number listed for Indonesia"),
    ("SA", "800 46342", "wrong_country", "United Arab Emirates number listed for Saudi Arabia"),
    ("MX", "988", "wrong_country", "988 does not belong to Mexico"),
    ("MX", "060", "replaced", "old emergency numbers"),
    ("MX", "065", "replaced", "old emergency numbers"),
    ("MX", "068", "replaced", "old emergency numbers"),
    ("UA", "116 123", "other_service", "in Ukraine this is the domestic-violence line, not a suicide line"),
    ("UA", "+380 800 500 335", "other_service", "La Strada domestic-violence line, printed in code as WHO psychological support"),
    ("TR", "182", "other_service", "hospital appointments, printed as a crisis line"),
    ("NL", "0900 0767", "conflict", "older lists have the first, the directory gives the second for de Luisterlijn"),
    ("--", "+33 3114", "malformed", "short codes with a country code put in front cannot be dialled"),
    ("--", "+44 116123", "malformed", "short codes with a country code put in front cannot be dialled"),
    ("--", "+44 85258", "malformed", "short codes with a country code put in front cannot be dialled"),
    ("--", "+1 988", "malformed", "short codes with a country code put in front cannot be dialled"),
    ("--", "+91 14416", "malformed", "short codes with a country code put in front cannot be dialled"),
    ("--", "+63 21553", "malformed", "short codes with a country code put in front cannot be dialled"),
    ("--", "33333114", "malformed", "short codes with a country code put in front cannot be dialled"),
];

/// Banned in the country for every topic but these: real lines that lists show as something else.
const RIGHT_ONLY_FOR: &[(&str, &str, &[Topic])] = &[
    ("UA", "116123", &[Topic::DomesticViolence, Topic::SexualAssault]),
    ("UA", "380800500335", &[Topic::DomesticViolence, Topic::SexualAssault]),
];

#[cfg(test)]
/// Country codes after which lists put a stray 0 in WhatsApp numbers: IL, ZA, KE, NG, GB, NZ.
const STRAY_ZERO: [&str; 6] = ["+9720", "+270", "+2540", "+2340", "+440", "+640"];

/// Fewer digits than this are compared whole, more by their end, so that a country code does not hide them.
const LONG: usize = 7;

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// The part of a long number that stays the same with or without trunk or country code.
fn core(banned: &str) -> &str {
    let rest = banned.trim_start_matches('0');
    if rest.len() == 11 { rest.strip_prefix('1').unwrap_or(rest) } else { rest }
}

fn same(number: &str, banned: &str) -> bool {
    let (number, banned) = (digits(number), digits(banned));
    if banned.len() < LONG { number == banned } else { number.ends_with(core(&banned)) }
}

fn numbers(line: &Helpline) -> impl Iterator<Item = &str> {
    let dialled = line.ways.iter().filter(|way| way.reach != Reach::Chat);
    dialled.flat_map(|way| std::iter::once(&way.address).chain(&way.also)).map(|number| &**number)
}

fn may_stay(line: &Helpline, banned: &str) -> bool {
    RIGHT_ONLY_FOR.iter().any(|(country, number, topics)| {
        line.country.as_str() == *country && *number == digits(banned) && line.topics.iter().all(|t| topics.contains(t))
    })
}

/// What is wrong with a number of this line, if it is one that must not be shown there.
#[must_use]
pub fn must_not_be_used(line: &Helpline) -> Option<&'static str> {
    let here = |country: &str| country == "--" || line.country.as_str() == country;
    let banned = DO_NOT_USE.iter().filter(|(country, ..)| here(country));
    let mut wrong = banned.filter(|(_, banned, ..)| numbers(line).any(|number| same(number, banned)));
    wrong.find(|(_, banned, ..)| !may_stay(line, banned)).map(|(.., why)| *why)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests {
    use super::super::tests::embedded;
    use super::*;

    #[test]
    fn no_line_shows_a_number_that_must_not_be_used() {
        let directory = embedded();
        for (country, banned, kind, why) in DO_NOT_USE {
            let places = directory.countries().filter(|(code, _)| *country == "--" || code.as_str() == *country);
            for line in places.flat_map(|(code, _)| directory.all_lines(code)) {
                let shown = numbers(line).find(|number| same(number, banned));
                assert!(shown.is_none() || may_stay(line, banned), "{}: {shown:?} is {kind}: {why}", line.id);
            }
        }
    }

    #[test]
    fn no_emergency_number_is_one_that_must_not_be_used() {
        let directory = embedded();
        for (country, banned, _, why) in DO_NOT_USE {
            let Some(country) = crate::helplines::CountryCode::parse(country) else {
                continue;
            };
            let Some(emergency) = directory.emergency(country) else {
                continue;
            };
            for number in [&emergency.number, &emergency.ambulance, &emergency.police].into_iter().flatten() {
                assert!(!same(number, banned), "{country}: {number}: {why}");
            }
        }
    }

    #[test]
    fn no_remark_or_note_of_the_file_prints_a_long_number_that_must_not_be_used() {
        let file = include_str!("../../config/helplines.toml");
        for (_, banned, kind, why) in
            DO_NOT_USE.iter().filter(|row| !["other_service", "wrong_country"].contains(&row.2))
        {
            let banned = digits(banned);
            if banned.len() < LONG {
                continue;
            }
            for line in file.lines() {
                let bare: String = line.chars().filter(|c| !" -().".contains(*c)).collect();
                assert!(!bare.contains(core(&banned)), "{line:?} prints {banned}, {kind}: {why}");
            }
        }
    }

    #[test]
    fn no_line_uses_a_keyword_or_menu_option_that_ended() {
        let directory = embedded();
        for line in directory.countries().flat_map(|(code, _)| directory.all_lines(code)) {
            for way in &line.ways {
                assert_ne!(way.first_word.as_deref(), Some("NEDA"), "{}", line.id);
                let note = way.note.as_deref().unwrap_or_default().to_lowercase();
                assert!(&*way.address != "988" || !note.contains("press 3"), "{}", line.id);
            }
            let note = line.note.as_deref().unwrap_or_default().to_lowercase();
            assert!(!note.contains("press 3"), "{}", line.id);
        }
    }

    #[test]
    fn no_whatsapp_number_has_a_stray_zero() {
        let directory = embedded();
        for line in directory.countries().flat_map(|(code, _)| directory.all_lines(code)) {
            for way in line.ways.iter().filter(|way| way.reach == Reach::Whatsapp) {
                assert!(STRAY_ZERO.iter().all(|zero| !way.address.starts_with(zero)), "{}", line.id);
            }
        }
    }

    #[test]
    fn the_comparison_sees_through_country_codes_and_spaces() {
        for (number, banned) in [
            ("+1 (800) 931-2237", "1-800-931-2237"),
            ("800 931 2237", "1-800-931-2237"),
            ("+44 8457 909090", "08457 90 90 90"),
            ("182", "182"),
        ] {
            assert!(same(number, banned), "{number} is {banned}");
        }
        for (number, banned) in [("14 182", "182"), ("1800 891 4416", "18 0091 4416"), ("988", "1-800-273-8255")] {
            assert!(!same(number, banned), "{number} is not {banned}");
        }
    }
}
