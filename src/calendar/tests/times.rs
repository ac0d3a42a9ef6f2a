//! Times of day: read as people type them, and nothing said beside them is dropped.

use super::*;

#[test]
fn a_time_of_day_is_read_and_a_day_beside_it_is_refused() {
    for (text, time) in [("09:00", "09:00"), ("9am", "09:00"), ("18.30", "18:30"), ("noon", "12:00")] {
        assert_eq!(time_of_day(text).unwrap().format("%H:%M").to_string(), time, "{text}");
    }
    for text in
        ["tue 19:00", "19:00 tue", "weekdays 9am", "every 2 weeks 9am", "9am 10am", "25:00", "", "first mon 9am"]
    {
        assert!(time_of_day(text).is_err(), "{text}");
    }
    assert!(time_of_day("tue 19:00").unwrap_err().to_string().contains("without a day"));
    assert_eq!(time_of_day("tue 19:00").unwrap_err().example(), "19:00");
}
