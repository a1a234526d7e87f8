//! The words after a task's name.

/// Flags, options and names, taken one after the other; what is left at the end was not understood.
pub(crate) struct Args {
    words: Vec<String>,
}

impl Args {
    pub(crate) fn new(words: impl Iterator<Item = String>) -> Args {
        Args { words: words.collect() }
    }

    /// Takes a flag; true where it was given.
    pub(crate) fn flag(&mut self, name: &str) -> bool {
        let before = self.words.len();
        self.words.retain(|w| w != name);
        self.words.len() < before
    }

    /// Takes an option with a number.
    pub(crate) fn number(&mut self, name: &str, default: u64) -> Result<u64, String> {
        let Some(at) = self.words.iter().position(|w| w == name) else { return Ok(default) };
        self.words.remove(at);
        if at >= self.words.len() {
            return Err(format!("{name} wants a number"));
        }
        let word = self.words.remove(at);
        word.parse().map_err(|_| format!("{name} wants a number, not {word}"))
    }

    /// The names that are left; an option among them is an error.
    pub(crate) fn names(self) -> Result<Vec<String>, String> {
        match self.words.iter().find(|w| w.starts_with('-')) {
            Some(option) => Err(format!("there is no option {option}")),
            None => Ok(self.words),
        }
    }

    /// Nothing may be left.
    pub(crate) fn done(self) -> Result<(), String> {
        match self.names()?.first() {
            Some(word) => Err(format!("what is {word} for?")),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn args(text: &str) -> Args {
        Args::new(text.split_whitespace().map(String::from))
    }

    #[test]
    fn options_may_stand_anywhere() {
        let mut a = args("one --seed 7 --update two");
        assert_eq!(a.number("--seed", 1), Ok(7));
        assert!(a.flag("--update"));
        assert_eq!(a.names(), Ok(vec!["one".to_string(), "two".to_string()]));
    }

    #[test]
    fn what_is_not_understood_is_said() {
        assert!(args("--sed 7").names().is_err());
        assert!(args("x").done().is_err());
        assert!(args("--seed").number("--seed", 1).is_err());
    }
}
