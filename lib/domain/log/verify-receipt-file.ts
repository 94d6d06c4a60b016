import { isSameBytes } from "./byte-text";
import { checkDisclosed } from "./check-disclosed";
import { type Checkpoint, openCheckpoint, type SignatureCheck } from "./checkpoint";
import { leafBytes } from "./leaf-bytes";
import { type ReceiptFile, readReceiptHead, receiptFileSchema } from "./receipt-file";
import type { VerifierKey } from "./signed-note";
import { NEVER_PROVED, type Verdict, verdictOf } from "./verdict";
import { isIncluded } from "./verify-merkle-proof";

/** Verifies a downloaded receipt with keys the reader already has. Works offline. */
export async function verifyReceiptFile(check: SignatureCheck, keys: readonly VerifierKey[], document: unknown): Promise<Verdict> {
  const { data: file } = receiptFileSchema.safeParse(document);
  if (!file) return verdictOf(["This is not a receipt file of the console: members are missing or have another form."], []);
  if (file.checkpoint === null)
    return verdictOf(["The file has no checkpoint: the receipt was not in the log yet. Download it again."], []);
  const opened = await openCheckpoint(check, file.checkpoint, keys);
  if (!opened.ok) return verdictOf([opened.problem], []);
  const { checkpoint, signedBy } = opened;

  const problems = checkWhole(file, checkpoint);
  for (const receipt of file.receipts) {
    const problem = await checkReceipt(check, file, receipt, checkpoint);
    if (problem !== null) problems.push(`The ${receipt.kind} receipt ${receipt.id}: ${problem}`);
  }
  if (file.disclosed !== null)
    problems.push(
      ...(await checkDisclosed(
        check.sha256,
        file.disclosed,
        file.receipts.map(({ body }) => body),
      )),
    );
  const places = file.receipts.map(({ kind, log_index: index }) => `the ${kind} receipt is entry ${(index ?? 0) + 1}`).join(", ");
  return verdictOf(
    problems,
    [
      "The text is exactly what was recorded: not one character was changed.",
      `It is in the log ${checkpoint.origin} of size ${checkpoint.size}: ${places}.`,
      `That log was signed by ${signedBy.map(({ name }) => name).join(" and ")}.`,
      ...(file.disclosed === null ? [] : ["The payload and the other texts in the file are those that the receipts commit to."]),
    ],
    [...NEVER_PROVED, "That the log was not rewritten since: compare this checkpoint with one that you or someone else kept."],
  );
}

function checkWhole(file: ReceiptFile, { origin }: Checkpoint): string[] {
  const problems: string[] = [];
  if (!origin.split("/").includes(file.workspace_id))
    problems.push(`The checkpoint is of another log: ${origin} is not the one of workspace ${file.workspace_id}.`);
  const kinds = new Set(file.receipts.map(({ kind }) => kind));
  if (kinds.size < file.receipts.length) problems.push("The file has two receipts of one kind; a run has one of each.");
  return problems;
}

async function checkReceipt(
  check: SignatureCheck,
  file: ReceiptFile,
  receipt: ReceiptFile["receipts"][number],
  checkpoint: Checkpoint,
): Promise<string | null> {
  const leafHash = await check.sha256(leafBytes(receipt.body));
  if (!isSameBytes(leafHash, receipt.leaf_hash)) return "its text was changed: it does not have the hash in the file.";
  const head = readReceiptHead(receipt.body);
  if (
    head?.receipt_id !== receipt.id ||
    head.kind !== receipt.kind ||
    (head.run_id ?? null) !== file.run_id ||
    head.workspace_id !== file.workspace_id
  ) {
    return "its text belongs to another receipt, run or workspace than the file says.";
  }
  if (receipt.log_index === null || receipt.inclusion_proof === null)
    return "it was not in the log yet when the file was made. Download it again.";
  const { size, rootHash } = checkpoint;
  if (receipt.log_index >= size) return `the checkpoint is of ${size} receipts, and entry ${receipt.log_index + 1} is not among them.`;
  const isProved = await isIncluded(check.sha256, { index: receipt.log_index, size, leafHash, rootHash, proof: receipt.inclusion_proof });
  return isProved ? null : `it is not in the signed log: text, entry and proof do not lead to the root that was signed.`;
}
