//! `daymark scan`: the word check over a list of texts, for measuring and for moderators.

use std::io::{BufReader, BufWriter, Write};
use std::path::PathBuf;

use clap::Args;

use crate::app::{Ended, open_lexicon};
use crate::crisis::lexicon::{Sensitivity, scan};

/// What `scan` can be told.
#[derive(Debug, Args)]
pub struct Options {
    /// Also say which phrase and which rule decided
    #[arg(long)]
    explain: bool,
    /// A folder of lexicon files instead of the built-in ones
    #[arg(long, value_name = "FOLDER")]
    lexicon: Option<PathBuf>,
    /// How readily words are noticed: quiet, balanced or sensitive
    #[arg(long, default_value = "balanced", value_parser = sensitivity)]
    sensitivity: Sensitivity,
}

fn sensitivity(text: &str) -> Result<Sensitivity, String> {
    Sensitivity::parse(text).ok_or_else(|| "quiet, balanced or sensitive".to_owned())
}

/// Reads standard input to its end.
pub fn run(options: &Options) -> Result<(), Ended> {
    let lexicon = open_lexicon(options.lexicon.as_deref())?;
    let mut out = BufWriter::new(std::io::stdout().lock());
    scan(BufReader::new(std::io::stdin().lock()), &mut out, &lexicon, options.sensitivity, options.explain)?;
    out.flush()?;
    Ok(())
}
