import { execFile } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { decisionReceiptBody } from "@/lib/domain/log/decision-receipt-body";
import { verifierKeyText } from "@/lib/domain/log/signed-note";
import { verifyEvidence } from "@/lib/domain/log/verify-evidence";
import { SetupError } from "@/lib/errors/setup-error";
import { signerOf } from "@/lib/receipts/log/log-keys";
import { nodeCheck } from "@/lib/receipts/log/node-check";
import { logArchiveFiles, noteOf, packLogArchive } from "@/lib/testing/log-archive";
import { pythonEnvironment, SDK_TESTS } from "@/scripts/test/python-environment";
import type { Bench, Result } from "./measure";
import { PROPOSAL } from "./proposal";
import { median } from "./statistics";

const RECEIPTS = 100_000;
const ROUNDS = 3;
const WORKSPACE = "019a2b3c-0000-7000-8000-000000000001";

/** A log's archive, checked as a whole by the console's verifier and by the SDK's. */
export async function measureVerifying(bench: Bench): Promise<Result[]> {
  const signer = await signerOf(generateKeyPairSync("ed25519").privateKey);
  const bodies = Array.from({ length: RECEIPTS }, (_, number) => bodyOf(number));
  const archive = packLogArchive(await logArchiveFiles(bodies, await noteOf(`console.example.com/receipts/${WORKSPACE}`, bodies, signer)));
  const file = join(bench.folder, "receipts.tar");
  writeFileSync(file, archive);
  const node = await timed(async () => {
    const { problems } = await verifyEvidence(nodeCheck, [signer.key], archive, []);
    if (problems.length > 0) throw new Error(problems.join("\n"));
  });
  const results = [result("Node", "in a process that runs already", node)];
  const python = await findPython(bench);
  if (python) {
    const seconds = await timed(() => promisify(execFile)(python, ["-m", "daai", "verify", file, "--key", verifierKeyText(signer.key)]));
    results.push(result("Python", "with the start of the interpreter", seconds));
  }
  return results;
}

function result(language: string, detail: string, seconds: number[]): Result {
  const title = `verify ${RECEIPTS.toLocaleString("en-US")} receipts, ${language}`;
  return { title, value: median(seconds), unit: "s", target: { atMost: 5 }, detail, rounds: seconds };
}

async function timed(verify: () => Promise<unknown>): Promise<number[]> {
  const seconds: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const startedAtMs = performance.now();
    await verify();
    seconds.push((performance.now() - startedAtMs) / 1000);
  }
  return seconds;
}

async function findPython({ say }: Bench): Promise<string | null> {
  try {
    return join(await pythonEnvironment(() => undefined, SDK_TESTS), "python");
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    say(`${error.message} The SDK's verifier is left out.`);
    return null;
  }
}

function bodyOf(number: number): string {
  const id = (kind: number) => `019a2b3c-${kind}000-7000-8000-${String(number).padStart(12, "0")}`;
  const at = "2026-01-02T03:04:05.678Z";
  return decisionReceiptBody({
    receiptId: id(1),
    runId: id(2),
    workspaceId: WORKSPACE,
    action: PROPOSAL.action,
    riskLevel: "low",
    actor: PROPOSAL.actor,
    apiKeyId: WORKSPACE,
    outcome: "allowed",
    reason: "policy_always_allow",
    isApprovalRequired: false,
    policy: { type: "always_allow", threshold: null, currency: null, amountField: "amount", currencyField: "currency" },
    policyVersion: 1,
    channel: "policy",
    decidedBy: null,
    comment: null,
    proposedAt: at,
    decidedAt: at,
    payloadCommitment: "0f".repeat(32),
    contextCommitment: "f0".repeat(32),
  });
}
