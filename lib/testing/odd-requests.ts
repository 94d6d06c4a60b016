import { connect } from "node:net";
import fc from "fast-check";

/** A request to pages, sign-in and server actions, as a careless, broken or hostile client might write it on the wire. */
export interface OddRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

const EVIL = "evil.example";
const garbage = fc.oneof(
  fc.string({ maxLength: 40 }).map((text) => text.replace(/[^\x21-\x7e]/g, "")),
  fc.constantFrom(
    "",
    "null",
    "undefined",
    "[]",
    "{{{",
    "%00",
    "__proto__",
    "x".repeat(3000),
    `//${EVIL}`,
    `https://${EVIL}/`,
    "javascript:1",
  ),
);

const targets = fc.oneof(
  fc.constantFrom("/", "/sign-in", "/sign-up", "/docs", "/home", "/decide/x", "/share/x", "/events", "/verify", "/sitemap.xml", "/nothing"),
  fc.constantFrom(
    `http://${EVIL}/x`,
    `//${EVIL}`,
    `/\\${EVIL}`,
    `/%5c${EVIL}`,
    `/.//${EVIL}`,
    "*",
    "/x/..//y",
    "/%2e%2e/",
    "/decide/%FF",
    `/sign-in?next=//${EVIL}`,
  ),
  fc.constantFrom(
    "/_global-error",
    "/_error",
    "/_next/image?url=/x&w=1&q=1",
    "/_next/data/x/y.json",
    "/_next/static/../x",
    "/API/v1/sdk/intercept",
    "/500",
  ),
  garbage.map((text) => `/${text}`),
);

/** Headers and parameters of Next and its router. Pages must work without them, or with other values. */
const pageHeaders = fc.array(
  fc.tuple(
    fc.constantFrom(
      ...["RSC", "Next-Router-State-Tree", "Next-Router-Prefetch", "Next-Router-Segment-Prefetch", "Next-Url", "Next-Action"],
      ...[
        "X-Forwarded-Host",
        "X-Forwarded-Proto",
        "X-Matched-Path",
        "X-Middleware-Rewrite",
        "X-Nextjs-Data",
        "Next-Resume",
        "X-Action-Forwarded",
      ],
      ...[
        "Host",
        "Content-Type",
        "Authorization",
        "Range",
        "Accept-Encoding",
        "If-None-Match",
        "Upgrade",
        "Last-Event-ID",
        "Accept-Language",
      ],
    ),
    fc.oneof(garbage, fc.constantFrom("1", EVIL, "text/html", "websocket")),
  ),
  { maxLength: 3 },
);

const methods = fc.constantFrom("GET", "HEAD", "POST", "OPTIONS", "TRACE", "PUT", "DELETE", "PROPFIND");

const toPages: fc.Arbitrary<OddRequest> = fc.record({
  method: fc.oneof({ weight: 3, arbitrary: fc.constant("GET") }, { weight: 1, arbitrary: methods }),
  target: targets,
  headers: pageHeaders,
  body: fc.constantFrom("", "", "x=1", "{"),
});

const callbackUrls = fc.oneof(garbage, fc.constantFrom(`//${EVIL}`, `http://127.0.0.1.${EVIL}/`, `/\\${EVIL}`, "/home"));
const cookies = fc.constantFrom(
  "next-auth.callback-url",
  "next-auth.csrf-token",
  "next-auth.session-token",
  "__Secure-next-auth.callback-url",
);

const toSignIn: fc.Arbitrary<OddRequest> = fc
  .record({
    method: fc.oneof(methods, fc.constant("POST")),
    action: fc.constantFrom(
      "csrf",
      "session",
      "signout",
      "signin",
      "callback/password",
      "callback/link",
      "callback",
      "error",
      "verify-request",
      "providers",
      "_log",
    ),
    callbackUrl: callbackUrls,
    cookie: fc.option(fc.tuple(cookies, garbage), { nil: undefined }),
    type: fc.oneof(
      { weight: 3, arbitrary: fc.constant("application/x-www-form-urlencoded") },
      { weight: 1, arbitrary: fc.constantFrom("application/json", "multipart/form-data", "") },
    ),
    body: fc.oneof(
      fc
        .tuple(callbackUrls, garbage)
        .map(([url, value]) => String(new URLSearchParams({ callbackUrl: url, csrfToken: value, email: value, password: value }))),
      fc.constantFrom("", "null", '{"callbackUrl":5}', "{{{"),
    ),
  })
  .map(({ method, action, callbackUrl, cookie, type, body }) => ({
    method,
    target: `/api/auth/${action}?callbackUrl=${encodeURIComponent(callbackUrl)}`,
    headers: [["Content-Type", type], ...(cookie ? [["Cookie", `${cookie[0]}=${encodeURIComponent(cookie[1])}`] as const] : [])],
    body,
  }));

const argumentTexts = fc.oneof(
  fc.constantFrom(
    "",
    "{{{",
    "null",
    "{}",
    '["$1"]',
    '["$K1"]',
    '["$F1"]',
    '["$@0"]',
    `["$n${"9".repeat(5000)}"]`,
    '["$D"]',
    '["$B0"]',
    '["$h0"]',
  ),
  fc.constantFrom("[".repeat(50_000), "[".repeat(50_000) + "]".repeat(50_000), '[{"__proto__":{"then":1}}]', '[{"then":"$@0"}]', "[]x\n"),
  fc.json().map((text) => `[${text}]`),
  fc.json(),
);

function toServerAction(ids: readonly string[]): fc.Arbitrary<OddRequest> {
  return fc
    .record({
      id: fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...ids) }, { weight: 1, arbitrary: garbage }),
      type: fc.oneof(
        { weight: 4, arbitrary: fc.constant("text/plain;charset=UTF-8") },
        {
          weight: 1,
          arbitrary: fc.constantFrom(
            "multipart/form-data",
            "multipart/form-data; boundary=x",
            "application/x-www-form-urlencoded",
            "application/json",
          ),
        },
      ),
      body: argumentTexts,
      others: pageHeaders,
    })
    .map(({ id, type, body, others }) => ({
      method: "POST",
      target: "/sign-in",
      headers: [
        ["Next-Action", id],
        ["Content-Type", type],
        ...others.filter(([name]) => name !== "Content-Type" && name !== "Next-Action"),
      ],
      body,
    }));
}

/** `actionIds` are of server actions that the console has. */
export function oddRequests(actionIds: readonly string[]): fc.Arbitrary<OddRequest> {
  return fc.oneof(toPages, toSignIn, toServerAction(actionIds));
}

/** Sends it on its own connection and reads until the head of the response, and what comes with it, has arrived. */
export async function sendOdd(origin: string, { method, target, headers, body }: OddRequest): Promise<string> {
  const { host, hostname, port } = new URL(origin);
  const own = [
    ["Host", host],
    ["Origin", origin],
    ["Connection", "close"],
    ["Content-Length", String(Buffer.byteLength(body))],
  ];
  const given = new Set(headers.map(([name]) => name));
  const lines = [...own.filter(([name = ""]) => !given.has(name)), ...headers].map(([name, value]) => `${name}: ${value}`);
  const socket = connect(Number(port), hostname).on("error", () => undefined);
  let received = "";
  socket.setEncoding("utf8").on("data", (chunk: string) => {
    received += chunk;
    // A stream of events has no end of its own.
    if (received.includes("text/event-stream")) socket.destroy();
  });
  socket.write(`${[`${method} ${target} HTTP/1.1`, ...lines].join("\r\n")}\r\n\r\n${body}`);
  await new Promise((resolve) => socket.once("close", resolve));
  return received;
}
