import type { ClaimCall, ReportCall } from "./fake-executions";
import type { FakeProposals, ProposalCall } from "./fake-proposals";
import { Refusal } from "./fake-runs";
import type { WireObject } from "./models";
import { CALL_HEADER } from "./parse-response";
import { payloadHash } from "./payload-hash";

type Body = ClaimCall &
  ReportCall &
  ProposalCall & { readonly claim_token: string; readonly reason: string; readonly payload?: WireObject };

/** Answers a request as the console does, over `fetch`. */
export async function respondTo(fake: FakeProposals, ...[input, init = {}]: Parameters<typeof fetch>): Promise<Response> {
  init.signal?.throwIfAborted();
  const url = new URL(input instanceof Request ? input.url : input);
  const body = JSON.parse((init.body as string | undefined) ?? "{}") as Body;
  // Before anything is read or written, so that the rest is done at once.
  const hash = body.payload === undefined ? null : await payloadHash(body.payload as never);
  let status = 200;
  let content: WireObject;
  try {
    await hashChanges(fake);
    content = answer(fake, url, body, hash);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    status = error.status;
    content = { status, code: error.code, detail: error.message, ...error.members };
  }
  const headers = {
    "Content-Type": status === 200 ? "application/json" : "application/problem+json",
    [CALL_HEADER]: new Headers(init.headers).get(CALL_HEADER) ?? "",
  };
  return new Response(JSON.stringify(content), { status, headers });
}

/** Of what people have changed by now, for claims. */
async function hashChanges(fake: FakeProposals): Promise<void> {
  for (;;) {
    const run = [...fake.runs.keys()].map((id) => fake.find(id)).find(({ change, changedHash }) => change && changedHash === null);
    if (!run?.change) return;
    run.changedHash = await payloadHash(run.change.payload as never);
  }
}

function answer(fake: FakeProposals, url: URL, body: Body, hash: string | null): WireObject {
  const [, intercept, id = "", verb] = /\/v1\/sdk\/(?:(intercept)|action-runs\/([^/]+)\/(.+))$/.exec(url.pathname) ?? [];
  if (intercept) return fake.intercept(body, hash ?? "");
  const known = ["status", "claim", "claim/renew", "claim/release", "report-executed", "report-failed", "withdraw"];
  if (verb === undefined || !known.includes(verb)) throw new Refusal(404, "route_not_found", `There is nothing at ${url.pathname}.`);
  const run = fake.find(decodeURIComponent(id));
  switch (verb) {
    case "status":
      return fake.status(run, Number(url.searchParams.get("wait") ?? 0));
    case "claim":
      return fake.claim(run, body, hash);
    case "claim/renew":
      return fake.renew(run, body.claim_token, body.lease_seconds);
    case "claim/release":
      return fake.release(run, body.claim_token);
    case "withdraw":
      return fake.withdraw(run, body.reason);
    default:
      return fake.report(run, verb === "report-executed" ? "executed" : "failed", body);
  }
}
