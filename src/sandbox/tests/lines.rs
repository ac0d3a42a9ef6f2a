//! Typed command lines, as tables.

use serde_json::json;

use super::{ManualClock, Rest, riverside};

#[tokio::test]
async fn a_line_that_does_not_fit_is_explained() {
    let world = riverside(ManualClock::new().options()).await;
    let rest = Rest::new(&world.sandbox);
    let path = format!("/applications/{}/commands", world.sandbox.application_id());
    let commands = json!([{"name": "plan", "description": "Plan", "dm_permission": false, "options": [
        {"type": 3, "name": "day", "description": "Day", "required": true, "choices": [{"name": "Monday", "value": "mon"}, {"name": "Tuesday", "value": "tue"}]},
        {"type": 4, "name": "count", "description": "Count", "min_value": 1, "max_value": 9},
        {"type": 5, "name": "loud", "description": "Loud"},
        {"type": 6, "name": "who", "description": "Who"},
        {"type": 3, "name": "note", "description": "Note", "max_length": 10},
    ]}]);
    assert_eq!(rest.send("PUT", &path, commands).await.0, 200);
    let table = [
        ("plan day:Monday", "A command begins with a slash."),
        ("/plan", "/plan: the option \"day\" is required."),
        ("/nothing", "There is no command \"nothing\" here. Registered: /plan."),
        ("/plan day:Friday", "day: \"Friday\" is not one of: Monday, Tuesday."),
        ("/plan day:mon count:10", "count: must be at most 9."),
        ("/plan day:mon count:two", "count: \"two\" is not a whole number."),
        ("/plan day:mon loud:maybe", "loud: \"maybe\" is neither True nor False."),
        ("/plan day:mon who:@Nobody", "who: there is nobody called \"@Nobody\"."),
        ("/plan day:mon note:much too long", "note: must be between 0 and 10 characters."),
        ("/plan hour:3", "/plan does not know \"hour:3\"; it has: day, count, loud, who, note."),
    ];
    for (line, said) in table {
        assert_eq!(world.ann.run(line).await.unwrap_err().to_string(), said, "{line}");
    }
    let direct = world.ann.in_dm().run("/plan day:mon").await.unwrap_err();
    assert_eq!(direct.to_string(), "\"plan\" is not offered in direct messages.");
}
