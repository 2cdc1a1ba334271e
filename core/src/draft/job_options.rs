//! The jobs that the form offers.

use crate::clean::{self, same_id};
use crate::collections::id_index::IdIndex;
use crate::query::{same_text, text_contains};

/// A job to choose.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct JobOption {
    /// Its id, which is what is sent
    pub id: String,
    /// The name that the configuration gives it
    pub label: Option<String>,
}

/// All jobs that are known: from the runs, and from the configuration.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct JobOptions(Vec<JobOption>);

impl JobOptions {
    /// The jobs of runs, most recent first, then those that are only configured.
    pub fn new(recent: impl IntoIterator<Item = String>, configured: &[(String, String)]) -> Self {
        let mut labels = IdIndex::default();
        // From the last: the first label of an id counts.
        for (place, (id, _)) in configured.iter().enumerate().rev() {
            labels.insert(id.as_str().into(), place);
        }
        let label = |id: &str| labels.get(id).and_then(|place| configured.get(place)).map(|(_, label)| label.clone());
        let mut options: Vec<JobOption> = Vec::new();
        let mut seen = IdIndex::default();
        for id in recent.into_iter().chain(configured.iter().map(|(id, _)| id.clone())) {
            if seen.insert(id.as_str().into(), options.len()) {
                options.push(JobOption { label: label(&id), id });
            }
        }
        Self(options)
    }

    /// Those whose label or id contains what is typed; all of them while nothing is.
    pub fn matching(&self, typed: &str) -> Vec<JobOption> {
        let typed = clean::id(typed);
        let fits = |option: &&JobOption| {
            text_contains(&option.id, &typed)
                || option.label.as_deref().is_some_and(|label| text_contains(label, &typed))
        };
        self.0.iter().filter(fits).cloned().collect()
    }

    /// The job that is meant by a label, if only one has it and no job has it as its id.
    pub fn id_of_label(&self, typed: &str) -> Option<&str> {
        if typed.trim().is_empty() || self.knows(typed) {
            return None;
        }
        let is_labelled = |option: &&JobOption| option.label.as_deref().is_some_and(|label| same_text(label, typed));
        let mut found = self.0.iter().filter(is_labelled);
        let only = found.next()?;
        found.next().is_none().then_some(only.id.as_str())
    }

    /// Whether a run or the configuration has this job.
    pub fn knows(&self, id: &str) -> bool {
        let meant = clean::id(id);
        self.0.iter().any(|option| same_id(&option.id, &meant) || option.id == id)
    }

    /// The label of a job.
    pub fn label(&self, id: &str) -> Option<&str> {
        let meant = clean::id(id);
        self.0.iter().find(|option| option.id == meant)?.label.as_deref()
    }
}

#[cfg(test)]
mod tests {
    use super::JobOptions;

    fn options() -> JobOptions {
        let configured =
            [("pizza", "Northern pizza"), ("7", "Survey"), ("8", "Twins"), ("9", "twins"), ("10", "survey-9")];
        let configured = configured.map(|(id, label)| (id.to_owned(), label.to_owned()));
        JobOptions::new(["survey-9", "7", "survey-9"].map(str::to_owned), &configured)
    }

    fn ids(typed: &str) -> Vec<String> {
        options().matching(typed).into_iter().map(|option| option.id).collect()
    }

    #[test]
    fn offers_jobs_of_runs_first_and_each_once() {
        assert_eq!(ids(""), ["survey-9", "7", "pizza", "8", "9", "10"]);
        assert_eq!(options().label("7"), Some("Survey"));
        let twice = [("7", "First"), ("7", "Second")].map(|(id, label)| (id.to_owned(), label.to_owned()));
        assert_eq!(JobOptions::new([], &twice).label("7"), Some("First"));
    }

    #[test]
    fn finds_jobs_by_label_and_id() {
        assert_eq!(ids("SURV"), ["survey-9", "7", "10"]);
        assert_eq!(ids("PIZ"), ["pizza"]);
        assert_eq!(ids("\u{200b}ｐiz "), ["pizza"]);
        assert_eq!(ids("nothing like it"), [] as [&str; 0]);
    }

    #[test]
    fn label_stands_for_its_job_unless_that_is_unclear() {
        let options = options();
        assert_eq!(options.id_of_label(" northern PIZZA "), Some("pizza"));
        assert_eq!(options.id_of_label("Survey"), Some("7"));
        assert_eq!(options.id_of_label("Twins"), None, "two jobs have it");
        assert_eq!(options.id_of_label("survey-9"), None, "it is the id of a job");
        assert_eq!(options.id_of_label("pizza"), None);
        assert_eq!(options.id_of_label(""), None);
    }

    #[test]
    fn knows_ids_but_not_labels() {
        let options = options();
        assert!(options.knows("pizza") && options.knows(" “survey-9”\u{200b}"));
        assert!(!options.knows("Northern pizza") && !options.knows("Pizza") && !options.knows(""));
    }
}
