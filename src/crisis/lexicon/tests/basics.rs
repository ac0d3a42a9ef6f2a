//! The engine runs at all.

use crate::crisis::lexicon::{Level, Lexicon, Sensitivity};

#[test]
fn a_plain_statement_is_noticed_and_its_negation_is_not() {
    let lexicon = Lexicon::embedded().unwrap();
    assert_eq!(lexicon.check("i really want to die", Sensitivity::Balanced).level, Level::High);
    assert_eq!(lexicon.check("i don't want to die", Sensitivity::Balanced).level, Level::None);
}
