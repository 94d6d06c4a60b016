// An adapter's page of the documentation: its files, and each of its programs in a process of its own, with a real console.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { BuildOptions } from "esbuild";
import { Webhook } from "standardwebhooks";
import { expect } from "vitest";
import { bundle } from "./bundle";
import { decide, registerAction, run, SETTINGS } from "./test-console";

/** By name, what the page shows. */
export function filesOfPage(page: string): ReadonlyMap<string, string> {
  const text = readFileSync(`components/docs/content/${page}.mdx`, "utf8");
  return new Map([...text.matchAll(/^```ts title="([\w-]+\.ts)"\n([^]*?)^```/gm)].map(([, name = "", code = ""]) => [name, code]));
}

const SECRET = `whsec_${Buffer.from("a secret of the tests").toString("base64")}`;
const RECEIVE = `
  import { receive } from "./receive";
  const [body, headers] = JSON.parse(process.argv[2]);
  const { status } = await receive(new Request("https://app.test/", { method: "POST", body, headers }));
  console.log("status", status);
`;

interface Page {
  readonly page: string;
  /** What stands for the reader's own module. It prints "refunded" when it acts, and "told" with what the model got. */
  readonly myApp: string;
  /** What the programs need of a framework. */
  readonly packages: readonly string[];
  readonly folder: string;
  /** Changes the page's programs before the second question. */
  readonly edit?: (code: string) => string;
}

/** A question and its answer in another process: with a change, then with a no that a webhook tells of. */
export async function playPage({ page, myApp, packages, folder, edit = (code) => code }: Page): Promise<void> {
  const action = `${page.replaceAll("-", "_")}_${crypto.randomUUID().slice(0, 8)}`;
  await registerAction(action);
  const write = (change: (code: string) => string) => {
    for (const [name, code] of filesOfPage(page)) writeFileSync(join(folder, name), change(code.replaceAll("refund_customer", action)));
  };
  write((code) => code);
  writeFileSync(join(folder, "my-app.ts"), myApp);
  writeFileSync(join(folder, "receive-event.ts"), RECEIVE);
  const play = async (name: string, ...args: readonly string[]) => {
    const file = join(folder, `${name}.mjs`);
    const options: BuildOptions = { platform: "node", external: [...packages, "zod"] };
    writeFileSync(file, await bundle("", { ...options, stdin: { contents: `import "./${name}";`, resolveDir: folder, loader: "ts" } }));
    const { apiKey, workspaceKey, baseUrl } = SETTINGS;
    const keys = { DAAI_API_KEY: apiKey, DAAI_WORKSPACE_KEY: workspaceKey, DAAI_BASE_URL: baseUrl, DAAI_WEBHOOK_SECRET: SECRET };
    return (await run(process.execPath, [file, ...args], { cwd: folder, env: { ...process.env, ...keys } })).stdout;
  };
  const ask = async () => {
    const [, runId = ""] = /^waiting for run (\S+)\n$/.exec(await play("ask")) ?? [];
    expect(runId).not.toBe("");
    return runId;
  };
  const receive = (type: string, runId: string) => {
    const at = new Date();
    const body = JSON.stringify({ type, timestamp: at.toISOString(), data: { action_run_id: runId } });
    const headers = {
      "webhook-id": "msg_1",
      "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
      "webhook-signature": new Webhook(SECRET).sign("msg_1", at, body),
    };
    return play("receive-event", JSON.stringify([body, headers]));
  };

  const changed = await ask();
  expect(await receive("run.pending", changed)).toBe("status 204\n");
  await decide(changed, "approve", "Only 1,480.", "--change", "amount=1480");
  const resumed = await play("resume");
  expect(resumed).toMatch(/^refunded SO-88214 1480\ntold .*Changed amount to 1480\.\\n\\nrefunded 1480.*\ndone\n$/);
  expect(await receive("run.decided", changed)).toBe("status 204\n");

  write(edit);
  const rejected = await ask();
  await decide(rejected, "reject", "Not this one.");
  expect(await receive("run.decided", rejected)).toMatch(/^told .*Not this one\..*Not executed\..*\nstatus 204\n$/);
  expect(await receive("run.decided", rejected)).toBe("status 204\n");
}
