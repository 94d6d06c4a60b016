import { beforeAll, describe, expect, test } from "vitest";
import { getDb } from "@/lib/db/client";
import { startFreeze } from "@/lib/freezes/start-freeze";
import { thaw } from "@/lib/freezes/thaw";
import { approvalCommands } from "@/lib/testing/approval-commands";
import { expectOk, makeRun, makeWorkspace, type TestWorkspace } from "@/lib/testing/factories";
import { runCommands } from "@/lib/testing/run-commands";
import { untilWaiting } from "@/lib/testing/until-waiting";

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await makeWorkspace();
});

const thawing = async () => {
  await makeRun(workspace, "always_require_approval");
  const all = { actionName: null, apiKeyId: null, reason: "Wrong IBANs", channel: "console" } as const;
  const { freezeId } = expectOk(await startFreeze(workspace.ctx, all));
  return { run: () => thaw(workspace.ctx, { freezeId, comment: null, channel: "console" }) };
};

const commands = [
  ...[...runCommands(() => workspace), ...approvalCommands(() => workspace)].map(([verb, actor, prepare]) => ({
    name: `${verb} by ${actor}`,
    prepare: prepare as () => Promise<{ run: () => Promise<unknown> }>,
  })),
  { name: "a thaw", prepare: thawing },
];

describe("whoever needs a request and its run locks the request first", () => {
  // A vote holds the request and asks for the run next. Whoever held the run and waited for the request would end in a deadlock with it.
  test.each(commands)("$name", async ({ prepare }) => {
    const { run } = await prepare();
    const locked = getDb().$transaction(async (tx) => {
      await tx.$executeRaw`SELECT FROM approval_requests ORDER BY id FOR NO KEY UPDATE`;
      const answer = run();
      await Promise.race([answer, untilWaiting(getDb())]);
      await tx.$executeRaw`SELECT FROM action_runs ORDER BY id FOR NO KEY UPDATE NOWAIT`;
      return { answer };
    });
    const { answer } = await locked;
    await expect(answer).resolves.toBeDefined();
  });
});
