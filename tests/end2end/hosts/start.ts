// From a host's name to a console that answers.

import { type Host, type HostName, type Site, clear, layOut } from "./host.ts";
import { cloudflare, cloudfront, netlify } from "./edges.ts";
import { apache, caddy, nginx, plain } from "./servers.ts";

const STARTS: Record<Exclude<HostName, "sandbox">, (site: Site) => Promise<Host>> = {
  nginx,
  caddy,
  apache,
  plain,
  netlify,
  cloudflare,
  cloudfront,
};

/** How a person is signed in there: hosts with a proxy for the portal's endpoint, hosts without one, and no proxy at all. */
function configured(name: HostName, api: string, generated: object): object {
  switch (name) {
    case "plain":
      return { ...generated, apiBase: `${api}/beta`, auth: { source: "paste" } };
    case "cloudflare":
    case "cloudfront":
      return { ...generated, auth: { source: "paste" } };
    default:
      return { ...generated, auth: { source: "endpoint", tokenUrl: "/portal/token" } };
  }
}

/** Hosts the built console under `mount`, with the sandbox at `api` as its API. The address ends with a slash. */
export async function startHost(
  name: Exclude<HostName, "sandbox">,
  mount: string,
  api: string,
): Promise<{ url: string; stop: () => void }> {
  const generated = (await (await fetch(`${api}/config.json`)).json()) as object;
  const site = layOut(mount, api, configured(name, api, generated));
  const host = await STARTS[name](site);
  const stop = (): void => {
    host.stop();
    clear(site);
  };
  return { url: `${host.origin}${mount}`, stop };
}
