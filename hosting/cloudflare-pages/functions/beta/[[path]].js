// The runs API on the console's own origin: /beta/runs/ here is /beta/runs/ there.

// EDIT api: where the runs API is.
const API = "https://api.example.com";

/** Hands a request on as it came, without the portal's cookies: the token is in a header of its own. */
export async function onRequest({ request }) {
  const { pathname, search } = new URL(request.url);
  const headers = new Headers(request.headers);
  headers.delete("cookie");
  headers.delete("host");
  const hasBody = request.method !== "GET" && request.method !== "HEAD";
  const answer = await fetch(API + pathname + search, {
    method: request.method,
    headers,
    body: hasBody ? await request.arrayBuffer() : undefined,
    redirect: "manual",
  });
  const sent = new Response(answer.body, answer);
  // An answer that somebody opens as a page shares the console's origin: nothing in it may run.
  sent.headers.set("Content-Security-Policy", "default-src 'none'; sandbox");
  sent.headers.set("X-Content-Type-Options", "nosniff");
  return sent;
}
