// The real web servers, each with the file that is shipped for it.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { edited } from "./edit.ts";
import { type Host, type Site, shipped } from "./host.ts";
import { freePort, start } from "./program.ts";

const program = (name: string): string => process.env[`RUNBOARD_${name.toUpperCase()}`] ?? name;

export async function nginx({ folder, root, api }: Site): Promise<Host> {
  const port = await freePort();
  const site = edited(shipped("nginx/runboard.conf"), [
    { mark: "listen", from: "listen 8080;", to: `listen 127.0.0.1:${port};` },
    { mark: "root", from: "root /srv/www;", to: `root ${root};` },
    { mark: "api", from: "https://api.example.com", to: api },
    { mark: "token", from: "proxy_pass https://portal.example.com;", to: `proxy_pass ${api}/sandbox/token;`, uncomment: true },
  ]);
  writeFileSync(join(folder, "site.conf"), site);
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((kind) => `${kind}_temp_path ${folder}/${kind};`);
  writeFileSync(
    join(folder, "nginx.conf"),
    `daemon off; worker_processes 1; pid ${folder}/nginx.pid; error_log stderr notice;
     events { worker_connections 256; }
     http { access_log off; ${temporary.join(" ")} include ${folder}/site.conf; }`,
  );
  const args = ["-e", "stderr", "-p", folder, "-c", join(folder, "nginx.conf")];
  const child = await start(program("nginx"), args, /start worker process /);
  return { origin: `http://127.0.0.1:${port}`, stop: () => child.kill() };
}

export async function caddy({ folder, root, api }: Site): Promise<Host> {
  const port = await freePort();
  const file = edited(shipped("caddy/Caddyfile"), [
    { mark: "listen", from: "console.example.com {", to: `http://127.0.0.1:${port} {` },
    { mark: "root", from: "/srv/www", to: root },
    { mark: "api", from: "https://api.example.com", to: api },
    { mark: "token", from: "https://portal.example.com {", to: `${api} {\n\t\trewrite /sandbox/token`, uncomment: true },
  ]);
  writeFileSync(join(folder, "Caddyfile"), file);
  const args = ["run", "--adapter", "caddyfile", "--config", join(folder, "Caddyfile")];
  const child = await start(program("caddy"), args, /serving initial configuration/, caddyHome(folder));
  return { origin: `http://127.0.0.1:${port}`, stop: () => child.kill() };
}

/** No file of this machine's user, and no port for its commands. */
function caddyHome(folder: string): Record<string, string> {
  return { CADDY_ADMIN: `unix/${folder}/admin.sock`, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder };
}

/** Caddy's server for a folder, as it comes. The API is on another origin then, with CORS. */
export async function plain({ folder, root }: Site): Promise<Host> {
  const port = await freePort();
  const args = ["file-server", "--root", root, "--listen", `127.0.0.1:${port}`];
  const child = await start(program("caddy"), args, /Caddy serving static files/, caddyHome(folder));
  return { origin: `http://127.0.0.1:${port}`, stop: () => child.kill() };
}

const MODULES = ["mpm_event", "authz_core", "mime", "dir", "headers", "rewrite", "ssl", "socache_shmcb", "proxy", "proxy_http", "alias", "env", "setenvif"];

export async function apache({ folder, root, api }: Site): Promise<Host> {
  const port = await freePort();
  const site = edited(shipped("apache/runboard.conf"), [
    { mark: "listen", from: "<VirtualHost *:8080>", to: `<VirtualHost 127.0.0.1:${port}>` },
    { mark: "root", from: "/srv/www", to: root },
    { mark: "api", from: "https://api.example.com", to: api },
    { mark: "token", from: "https://portal.example.com/portal/token", to: `${api}/sandbox/token`, uncomment: true },
  ]);
  writeFileSync(join(folder, "site.conf"), site);
  const modules = MODULES.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`);
  const isRoot = process.getuid?.() === 0;
  writeFileSync(
    join(folder, "apache.conf"),
    [
      ...modules,
      `ServerName 127.0.0.1\nServerRoot ${folder}\nDefaultRuntimeDir ${folder}\nPidFile ${folder}/apache.pid`,
      `Listen 127.0.0.1:${port}\nErrorLog "||/bin/cat"\nLogLevel notice\nTypesConfig /etc/mime.types`,
      isRoot ? "User www-data\nGroup www-data" : "",
      `<Directory />\nRequire all denied\n</Directory>\nInclude ${folder}/site.conf\n`,
    ].join("\n"),
  );
  const args = ["-f", join(folder, "apache.conf"), "-D", "FOREGROUND"];
  const child = await start(program("apache2"), args, /resuming normal operations/);
  return { origin: `http://127.0.0.1:${port}`, stop: () => child.kill() };
}

/** The shipped file as it is, for what it says of itself. */
export const text = (path: string): string => readFileSync(shipped(path), "utf8");
