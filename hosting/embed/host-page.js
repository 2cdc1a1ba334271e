const board = document.getElementById("board");
const message = document.getElementById("message");

// EDIT token: your server knows who is signed in, and answers {"token": "<jwt>"} for that person.
board.fetchToken = async () => {
  const response = await fetch("/portal/token", { method: "POST" });
  // The console shows the person what is thrown here, with "Try again".
  if (response.status === 401) throw new Error("You are signed out of the portal. Reload this page to sign in.");
  if (!response.ok) throw new Error(`The portal could not issue a token (error ${response.status}). Try again in a minute.`);
  return (await response.json()).token;
};

// A frame that the browser blocks stays empty, so the host page has to say why.
board.addEventListener("error", ({ detail }) => {
  if (detail.where === "embed") message.textContent = detail.message;
});
board.addEventListener("ready", () => (message.textContent = ""));
