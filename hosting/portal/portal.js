// An example of a portal around the console. It uses all that <run-board> has; a portal of yours may need a few lines of it.
const board = document.getElementById("board");
const said = document.getElementById("said");

// The portal knows who is signed in. Its own server makes the token; here that is a POST with the portal's cookies.
board.fetchToken = async () => {
  const answer = await fetch("token", { method: "POST" });
  if (answer.status === 401) throw new Error("You are signed out of the portal. Sign in there again.");
  if (!answer.ok) throw new Error("The portal cannot give tokens now. Try again in a minute.");
  return (await answer.json()).token;
};

// The portal's own address carries the console's, so that a link to a run leads through the portal.
const KEY = "runs";
const inAddress = () => new URLSearchParams(location.search).get(KEY) ?? "./";
board.setAttribute("view", inAddress());
board.addEventListener("navigate", ({ detail }) => {
  const address = new URL(location.href);
  address.searchParams.set(KEY, detail.address);
  history.replaceState(null, "", address);
});

for (const button of document.querySelectorAll("[data-address]")) {
  button.addEventListener("click", () => board.navigate(button.dataset.address));
}
document.getElementById("refresh").addEventListener("click", () => board.refresh());

// Zone and colours are the portal's, or the person's in the console where the portal says nothing.
for (const name of ["zone", "theme"]) {
  document.getElementById(name).addEventListener("change", ({ target }) => {
    if (target.value) board.setAttribute(name, target.value);
    else board.removeAttribute(name);
  });
}

const { title } = document;
const tell = (text) => (said.textContent = text);
board.addEventListener("ready", () => tell("The console is ready."));
board.addEventListener("runcreated", ({ detail }) => tell(`Run ${detail.id} was scheduled.`));
board.addEventListener("runstopped", ({ detail }) => tell(`Run ${detail.id} was stopped.`));
board.addEventListener("notifications", ({ detail }) => (document.title = detail.unseen > 0 ? `(${detail.unseen}) ${title}` : title));
board.addEventListener("error", ({ detail }) => tell(`The console reports (${detail.where}): ${detail.message}`));
