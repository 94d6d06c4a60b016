import { beforeEach, describe, expect, test } from "vitest";
import type { HookRequest } from "@/lib/contract/hook";
import { addStarterPack } from "@/lib/registered-actions/add-starter-pack";
import { APPROVE } from "@/lib/testing/deciders";
import { endApprovalWindow, expectOk, makeWorkspace, type TestWorkspace, tally } from "@/lib/testing/factories";
import { afterBash, bash, decideAsked, decisionOf, onlyRunOf, reasonOf, runsOf, type Sent, sendHook } from "@/lib/testing/hook-calls";

let workspace: TestWorkspace;
beforeEach(async () => {
  workspace = await makeWorkspace();
  expectOk(await addStarterPack(workspace.ctx, { agent: "claude_code" }));
});

const send = (request: HookRequest, sent?: Sent) => sendHook(workspace, request, sent);
const runs = () => runsOf(workspace);
const onlyRun = () => onlyRunOf(workspace);
const REJECT = { decision: "reject", comment: "The build folder is shared.", confirm: false } as const;

describe("a call that needs a person", () => {
  const COMMAND = "rm -rf build";

  test("is denied while it waits, and approved it lets the same call through once", async () => {
    const waiting = await send(bash(COMMAND));
    expect(decisionOf(waiting)).toBe("deny");
    expect(reasonOf(waiting)).toMatch(/^Pending approval until .+: https?:\/\/.+\/runs\/.+ ask again with exactly the same call/);
    expect(decisionOf(await send(bash(COMMAND, "toolu_2")))).toBe("deny");
    const { id } = await onlyRun();
    await decideAsked(id, APPROVE);
    const allowed = await send(bash(COMMAND, "toolu_3", { tool_input: { command: COMMAND, description: "In other words" } }));
    expect(allowed.hookSpecificOutput).toMatchObject({
      permissionDecision: "allow",
      permissionDecisionReason: expect.stringContaining(workspace.ownerEmail),
    });
    expect(await onlyRun()).toMatchObject({ id, claimWorker: "claude_code:toolu_3" });
    // The next one asks again, also while the first runs.
    expect(decisionOf(await send(bash(COMMAND, "toolu_4")))).toBe("deny");
    await send(afterBash(COMMAND, "toolu_3"));
    expect((await runs()).map(({ executionStatus }) => executionStatus)).toEqual(["executed", "not_executed"]);
  });

  test("is let through within the hook's time once a person approves", async () => {
    const waiting = send(bash(COMMAND), { options: { wait: 30 } });
    await expect.poll(async () => (await runs()).length).toBe(1);
    await decideAsked((await onlyRun()).id, APPROVE);
    expect(decisionOf(await waiting)).toBe("allow");
  });

  test("is not claimed for an agent that has gone away", async () => {
    const gone = new AbortController();
    const waiting = send(bash(COMMAND), { options: { wait: 30 }, signal: gone.signal });
    await expect.poll(async () => (await runs()).length).toBe(1);
    gone.abort();
    expect(decisionOf(await waiting)).toBe("deny");
    const { id } = await onlyRun();
    await decideAsked(id, APPROVE);
    expect(decisionOf(await send(bash(COMMAND), { signal: gone.signal }))).toBe("deny");
    expect((await onlyRun()).claimWorker).toBeNull();
  });

  test("is let through for no other command, folder or session", async () => {
    await send(bash(COMMAND));
    await decideAsked((await onlyRun()).id, APPROVE);
    for (const other of [
      bash("rm -rf dist", "t2"),
      bash(COMMAND, "t3", { cwd: "/home/ada/other" }),
      bash(COMMAND, "t4", { session_id: "another" }),
    ]) {
      expect(decisionOf(await send(other))).toBe("deny");
    }
    expect(tally((await runs()).map(({ governanceStatus }) => governanceStatus))).toEqual({ approved: 1, pending_approval: 3 });
  });

  test("tells the model why it was rejected, and asks nobody again so soon", async () => {
    await send(bash(COMMAND));
    await decideAsked((await onlyRun()).id, REJECT);
    const again = await send(bash(COMMAND, "toolu_2"));
    expect(decisionOf(again)).toBe("deny");
    expect(reasonOf(again)).toContain("ask_again_too_soon");
    await onlyRun();
  });

  test("tells the model the person's reason", async () => {
    const waiting = send(bash(COMMAND), { options: { wait: 30 } });
    await expect.poll(async () => (await runs()).length).toBe(1);
    await decideAsked((await onlyRun()).id, REJECT);
    expect(reasonOf(await waiting)).toMatch(/^Rejected by .+ \(\w+\)\. Their reason: "The build folder is shared\."/);
  });

  test("asks again once it expired", async () => {
    await send(bash(COMMAND));
    await endApprovalWindow((await onlyRun()).id);
    expect(decisionOf(await send(bash(COMMAND, "toolu_2")))).toBe("deny");
  });

  test("is deferred only where Claude Code would deny it otherwise", async () => {
    const options = { pending: "defer" } as const;
    expect(decisionOf(await send(bash(COMMAND), { options }))).toBe("deny");
    expect(decisionOf(await send(bash(COMMAND, "toolu_1", { permission_mode: "dontAsk" }), { options }))).toBe("defer");
    await decideAsked((await onlyRun()).id, APPROVE);
    // Resumed, the call has the same id.
    expect(decisionOf(await send(bash(COMMAND, "toolu_1", { permission_mode: "dontAsk" }), { options }))).toBe("allow");
  });
});
