import { Agent, request } from "node:http";
import { INTERCEPT_PATH, QUESTION, statusPath } from "./proposal";
import { keyHeaders, type Tenant } from "./tenants";

/** As many connections as there are requests under way. */
const agent = new Agent({ keepAlive: true, maxSockets: Infinity });

interface Sending {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: object;
  readonly signal?: AbortSignal | undefined;
}

/** Sends one request and returns the response's JSON. Throws unless it is 2xx. */
export function send(url: string, { method = "GET", headers = {}, body, signal }: Sending = {}): Promise<unknown> {
  const text = body && JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      { method, agent, signal, headers: { ...headers, ...(text && { "content-type": "application/json" }) } },
      (answer) => {
        let received = "";
        answer.setEncoding("utf8").on("data", (chunk: string) => (received += chunk));
        answer.on("end", () =>
          answer.statusCode === 200
            ? resolve(JSON.parse(received))
            : reject(new Error(`${url} answered ${answer.statusCode}: ${received}`)),
        );
      },
    );
    sent.on("error", reject).end(text);
  });
}

/** Proposes a run that waits for a person. Returns its id. */
export async function ask(serverUrl: string, tenant: Tenant): Promise<string> {
  const answer = (await send(serverUrl + INTERCEPT_PATH, { method: "POST", headers: keyHeaders(tenant), body: QUESTION })) as {
    action_run_id: string;
  };
  return answer.action_run_id;
}

/** The run's governance status; with a wait, once it is decided or the time is over. */
export async function getStatus(serverUrl: string, tenant: Tenant, runId: string, waitSeconds = 0, signal?: AbortSignal): Promise<string> {
  const query = waitSeconds > 0 ? `?wait=${waitSeconds}` : "";
  const answer = (await send(serverUrl + statusPath(runId) + query, { headers: keyHeaders(tenant), signal })) as {
    governance_status: string;
  };
  return answer.governance_status;
}
