//! The built-in file is right, a wrong one is told what is wrong, and what is offered follows the marks.

use super::*;

#[test]
fn the_built_in_library_is_whole() {
    let library = Library::embedded().unwrap_or_else(|problems| panic!("{problems}"));
    for id in ["ground", "breathe", "tipp", "surf", "opposite", "thoughts", "halt", "kindness", "small_step"] {
        assert!(library.find(id).is_some(), "{id}");
    }
    // What members marked before there was a file still has a skill.
    for id in ["breathe", "ground", "walk", "wait", "text", "eat", "rest", "water"] {
        assert!(library.find(id).is_some(), "{id}");
    }
    assert!(library.find("breathe").unwrap().breath.is_some());
    assert!(library.find("tipp").unwrap().caution.contains("heart"));
    for need in Need::ALL {
        assert!(library.fitting(need).count() >= 1);
        assert_eq!(Need::of_word(need.word()), Some(need));
    }
}

#[test]
fn everything_that_is_wrong_with_a_file_is_said_at_once() {
    let good = include_str!("../../config/coping.toml");
    let check = |from: &str, to: &str, said: &str| {
        assert!(good.contains(from), "{from}");
        let problems = Library::parse(&good.replacen(from, to, 1)).unwrap_err().to_string();
        assert!(problems.contains(said), "{from} -> {to}: {problems}");
    };
    check("id = \"ground\"", "id = \"breathe\"", "\"breathe\" is there twice");
    check("id = \"ground\"", "id = \"Ground!\"", "its id has 1 to 20");
    check("minutes = 2", "minutes = 0", "it takes 0 minutes");
    check("hungry   = [\"eat\"]", "hungry   = []", "needs.hungry names no skill");
    check("hungry   = [\"eat\"]", "hungry   = [\"cake\"]", "no such skill");
    check("hungry   =", "bored   =", "needs.bored is not known");
    check("in_seconds = 4", "in_seconds = 0", "its breath takes");
    check("rounds = 6", "rounds = 200", "at most 300");
    check("name = \"TIPP\"", "name = \"\"", "name has 0 characters");
    check("name = \"TIPP\"", "nam = \"TIPP\"", "unknown field");
    let twice = Library::parse(&good.replacen("minutes = 2", "minutes = 99", 1).replacen("\"eat\"]", "\"cake\"]", 1));
    assert_eq!(twice.unwrap_err().0.len(), 3, "a missing skill leaves its need empty, too");
}

#[test]
fn what_helped_comes_first_and_what_is_not_theirs_never() {
    let library = Library::embedded().unwrap();
    let all: Vec<&Skill> = library.all().iter().collect();
    let urge: Vec<&Skill> = library.fitting(Need::Urge).collect();
    let ids = |marks: &Marks, fitting: &[&Skill]| -> Vec<String> {
        offers(&all, fitting, marks, 3)
            .into_iter()
            .map(|(skill, theirs)| format!("{}{}", skill.id, if theirs { "!" } else { "" }))
            .collect()
    };
    let mut marks = Marks::default();
    assert_eq!(ids(&marks, &urge), ["wait", "surf", "text"]);
    marks.mark("wait", false);
    marks.mark("walk", true);
    marks.mark("ground", true);
    marks.mark("eat", true);
    assert_eq!(ids(&marks, &urge), ["ground!", "walk!", "surf"], "eating is for hunger");
    assert_eq!(ids(&marks, &[]), ["eat!", "ground!", "walk!"], "without a need the newest first");
    marks.adopt(&["text".to_owned(), "wait".to_owned()], &["eat".to_owned(), "rest".to_owned()]);
    assert_eq!(marks.helped, ["text", "walk", "ground", "eat"]);
    assert_eq!(marks.declined, ["wait", "rest"], "what they said since stands");
    let none = Marks { declined: all.iter().map(|skill| skill.id.clone()).collect(), ..Marks::default() };
    assert_eq!(ids(&none, &urge), Vec::<String>::new());
}
