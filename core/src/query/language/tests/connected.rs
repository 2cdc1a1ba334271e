//! Connected terms against an evaluation of their own.

use super::*;
use crate::query::language::edit::{remove_term, set_values};
use crate::query::language::query::StateCounts;
use crate::query::language::token::quote;
use crate::run_state::RunState;
use crate::time::Span;

/// A term, and what it means without any parser.
#[derive(Clone, Debug)]
enum Atom {
    Word(String),
    Prefix(String),
    Name(String),
    Status(Vec<String>),
    Job(String),
    Is(Vec<RunState>),
    Starts(i64),
}

type Branches = Vec<Vec<(bool, Atom)>>;

fn atom() -> impl Strategy<Value = Atom> {
    let word = "[ab]{1,2}|a b|ä|OR|[-]a|a:b|[*]";
    prop_oneof![
        word.prop_map(Atom::Word),
        "[ab]{1,2}".prop_map(Atom::Prefix),
        word.prop_map(Atom::Name),
        prop::collection::vec("[ab]{1,2}|a,b", 1..3).prop_map(Atom::Status),
        "[abAB]{1,2}".prop_map(Atom::Job),
        prop::sample::subsequence(&RunState::ALL[..], 1..4).prop_map(Atom::Is),
        (1_i64..4).prop_map(Atom::Starts),
    ]
}

fn branches() -> impl Strategy<Value = Branches> {
    prop::collection::vec(prop::collection::vec((any::<bool>(), atom()), 1..4), 1..4)
}

fn print(branches: &Branches, style: u32) -> String {
    let not = if style.is_multiple_of(2) { "-" } else { "NOT " };
    let (colon, and) = ([":", " : ", "="][style as usize % 3], [" ", "  ", " AND "][style as usize / 3 % 3]);
    let atom = |atom: &Atom| match atom {
        Atom::Word(word) => quote(word),
        Atom::Prefix(word) => format!("{word}*"),
        Atom::Name(name) => format!("name{colon}{}", quote(name)),
        Atom::Status(words) => {
            format!("status{colon}{}", words.iter().map(|word| quote(word)).collect::<Vec<_>>().join(","))
        }
        Atom::Job(id) => job_term(id),
        Atom::Is(states) => {
            format!("is{colon}{}", states.iter().map(|state| state.word()).collect::<Vec<_>>().join(","))
        }
        Atom::Starts(hours) => {
            format!("{}{hours}{}h", ["starts<", "starts < "][style as usize % 2], if style > 4 { " " } else { "" })
        }
    };
    let term = |(exclude, of): &(bool, Atom)| [if *exclude { not } else { "" }, &*atom(of)].concat();
    let branch = |branch: &Vec<(bool, Atom)>| branch.iter().map(term).collect::<Vec<_>>().join(and);
    branches.iter().map(branch).collect::<Vec<_>>().join(" OR ")
}

/// Whether a run matches, computed without the query's own code.
fn naive(branches: &Branches, run: &Run) -> bool {
    let low = |text: &str| text.nfc().collect::<String>().to_lowercase();
    let (name, id, job) = (low(&run.name), low(run.id.as_str()), run.job_id.as_ref().unwrap().as_str());
    let holds = |atom: &Atom| match atom {
        Atom::Word(word) => [&name, &id, &low(job)].iter().any(|text| text.contains(&low(word))),
        Atom::Prefix(word) => [&name, &id, &low(job)]
            .iter()
            .any(|text| text.split(|c: char| !c.is_alphanumeric()).any(|part| part.starts_with(word))),
        Atom::Name(word) => name.contains(&low(word)),
        Atom::Status(words) => words.contains(&low(run.status.as_ref().unwrap().as_str())),
        Atom::Job(id) => job == id,
        Atom::Is(states) => states.contains(&RunState::of(run, context().now)),
        Atom::Starts(hours) => run.start_at.is_some_and(|at| (0..hours * 3_600_000).contains(&at.millis())),
    };
    branches.iter().any(|branch| branch.iter().all(|(exclude, atom)| holds(atom) != *exclude))
}

fn runs() -> impl Strategy<Value = Vec<(Run, Phase)>> {
    let one = (
        ("[abAB]{1,3}", "[aAbB :*-]{0,4}|[aä]|a\u{308}b|or"),
        ("[abAB]{1,2}", "[aAbB]{1,2}|a,b|failed|Running|completed|stopped|scheduled"),
        prop::option::of(-1_i64..5),
        prop::sample::select(&Phase::ALL[..]),
    );
    let one = one.prop_map(|((id, name), (job, status), start, phase)| {
        let mut run = run(&id, &name, Some(&job), Some(&status));
        run.start_at = start.map(|hours| Timestamp::from_millis(hours * 3_600_000));
        run.end_at = run.start_at.map(|start| start.plus(Span::from_hours(1)));
        (run, phase)
    });
    prop::collection::vec(one, 1..12)
}

fn subject((run, phase): &(Run, Phase)) -> IndexedRun<'_> {
    IndexedRun { run, phase: *phase, job_label: None }
}

proptest! {
    #[test]
    fn printed_query_means_what_it_was_made_of(branches in branches(), style in 0_u32..9, runs in runs()) {
        let text = print(&branches, style);
        prop_assert_eq!(issues(&text), []);
        let query = parse(&text);
        for run in &runs {
            prop_assert_eq!(finds(&query, subject(run)), naive(&branches, &run.0), "{} {:?}", text, run);
        }
        let terms = Query::parse(&text, context()).terms;
        prop_assert_eq!(terms.len(), branches.iter().map(Vec::len).sum::<usize>() + branches.len() - 1);
    }

    #[test]
    fn narrower_query_finds_nothing_else(query in branches(), wider in branches(), drop in any::<prop::sample::Index>(), runs in runs()) {
        let mut shorter = query.clone();
        let at = drop.index(shorter.len());
        if shorter[at].len() > 1 {
            shorter[at].pop();
        }
        for wider in [wider, shorter.clone(), [query.clone(), shorter].concat()] {
            let (query, wider) = (parse(&print(&query, 0)), parse(&print(&wider, 0)));
            if query.narrows(&wider) {
                for run in &runs {
                    prop_assert!(!finds(&query, subject(run)) || finds(&wider, subject(run)), "{:?} {:?}", query, wider);
                }
            }
        }
        // What is typed on, or asked for beside, narrows.
        let longer: Branches = query.iter().map(|branch| [branch.clone(), vec![(true, Atom::Starts(1))]].concat()).collect();
        prop_assert!(parse(&print(&longer, 0)).narrows(&parse(&print(&query, 0))));
        prop_assert!(parse(&print(&query, 0)).narrows(&parse(&print(&[query, longer].concat(), 0))));
    }

    #[test]
    fn filter_by_state_lists_as_many_runs_as_were_counted(branches in branches(), runs in runs()) {
        let text = print(&branches, 0);
        let mut texts = FoldedTexts::default();
        texts.add(&mut runs.iter().map(subject), &nfkc);
        let counts = StateCounts::of(&parse(&text), &mut runs.iter().map(subject), &texts, context().now);
        let listed = |values: &[String]| {
            let query = parse(&set_values(&text, "is", values));
            runs.iter().filter(|run| query.matches(subject(run), &texts)).count()
        };
        for filter in StateFilter::ALL {
            prop_assert_eq!(counts.get(filter), listed(&[filter.word().to_owned()]), "{} {:?}", text, filter);
        }
        prop_assert_eq!(counts.total(), listed(&[]), "{}", text);
    }

    #[test]
    fn removing_a_term_leaves_the_others(branches in branches(), style in 0_u32..9, removed in any::<prop::sample::Index>(), runs in runs()) {
        let text = print(&branches, style);
        let terms = Query::parse(&text, context()).terms;
        let asks: Vec<&QueryTerm> = terms.iter().filter(|term| term.reading != Reading::Or).collect();
        let at = removed.index(asks.len());
        let shorter = remove_term(&text, &asks[at].at);
        let (mut left, mut rest) = (branches, at);
        for branch in &mut left {
            if rest < branch.len() {
                branch.remove(rest);
                break;
            }
            rest -= branch.len();
        }
        left.retain(|branch| !branch.is_empty());
        let expected = parse(&print(&left, 0));
        for run in &runs {
            prop_assert_eq!(finds(&parse(&shorter), subject(run)), finds(&expected, subject(run)), "{} {}", text, shorter);
        }
    }
}
