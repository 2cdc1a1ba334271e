//! Drives [`Create`].

use super::Actions;
use crate::route::Address;
use leptos::task::spawn_local;
use runboard_core::draft::{Draft, NewRun};
use runboard_core::page::{Next, Pager};
use runboard_core::policy::create::{Effect, Event};
use runboard_core::problem::Problem;
use runboard_core::run::Run;

impl Actions {
    /// A person pressed "Schedule run". Does nothing while one is under way.
    pub fn submit(self, new_run: NewRun) {
        self.on_create(Event::Submit(new_run));
    }

    /// The person has seen the outcome.
    pub fn dismiss_create(self) {
        self.on_create(Event::Dismiss);
    }

    /// Reads the list once more, to find out what became of a create.
    pub fn look_for_created(self) {
        spawn_local(async move {
            if let Ok(runs) = self.read_list().await {
                self.on_create(Event::Listed(runs));
            }
        });
    }

    fn on_create(self, event: Event) {
        let Some(state) = self.create.try_get_untracked() else { return };
        let (state, effect) = state.step(event);
        self.create.try_set(state);
        match effect {
            Some(Effect::Post(new_run)) => spawn_local(async move {
                let outcome = self.api.create(&new_run).await;
                self.on_create(Event::Answered(outcome));
            }),
            Some(Effect::ReadList) => self.look_for_created(),
            Some(Effect::Show(run)) => self.show_created(*run),
            None => {}
        }
    }

    /// Goes to the new run, unless the person has gone elsewhere meanwhile: then the notice tells.
    fn show_created(self, run: Run) {
        let id = run.id.clone();
        self.store.put(run);
        self.draft.try_set(Draft::default());
        if matches!(self.router.address_untracked(), Address::New { .. }) {
            self.router.go(&Address::Run { id });
        }
    }

    async fn read_list(self) -> Result<Vec<Run>, Problem> {
        let mut pager = Pager::new();
        let mut page = self.api.list().await?;
        let mut runs = Vec::new();
        loop {
            let next = pager.accept(&page);
            runs.append(&mut page.runs);
            match next {
                Next::Ask { page: number, page_size } => page = self.api.list_page(number, page_size).await?,
                Next::Done => return Ok(runs),
            }
        }
    }
}
