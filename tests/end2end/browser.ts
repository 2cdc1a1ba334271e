// How the tests start Chromium: CHROME names the program.

const chrome = process.env["CHROME"];

export const launchOptions = {
  ...(chrome ? { executablePath: chrome } : {}),
  args: [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
};
