import { mkdirSync, mkdtempSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { pythonEnvironment } from "@/scripts/test/python-environment";
import { checkOutcome } from "./check-outcome";
import { followLinks } from "./follow-links";
import { listDemoRuns } from "./list-demo-runs";
import { type DemoWorkspace, makeWorkspace } from "./make-workspace";
import { openConsole } from "./open-console";
import { outcomeTable } from "./outcome-table";
import { readSentMails, sentMailsPath } from "./sent-mails";
import { type Proposal, type Python, startPython } from "./start-python";
import { sayAnswers, sayChecks, sayProposals, sayWorkspace } from "./story";
import { dim, say, section } from "./terminal";
import { workOff } from "./work-off";

const AGENT = "scripts/demo/agent.py";
const INVOICES = "scripts/demo/invoices.csv";
const FOLDERS = ".build/demo";
const PYTHON = { folder: ".build/demo-venv", requirement: "sdk/python", purpose: "the demo" };

/** The whole demo, on the console at `origin`, or on one that it finds or starts. Returns whether every promise held. */
export async function runDemo(origin: string | undefined): Promise<boolean> {
  const bin = await pythonEnvironment((text) => void process.stderr.write(text), PYTHON);
  mkdirSync(FOLDERS, { recursive: true });
  const folder = resolve(mkdtempSync(join(FOLDERS, "run-")));

  section("A console, and a workspace with four actions");
  const workspace = await makeWorkspace();
  const target = await openConsole(workspace, origin, (message) => say(dim(message)));
  sayWorkspace(workspace, target);
  const settings = { DAAI_BASE_URL: `${target.url}/api`, DAAI_API_KEY: workspace.apiKey, DAAI_WORKSPACE_KEY: workspace.workspaceKey };
  const python = { executable: join(bin, "python"), settings };
  try {
    return await workThrough(target.url, workspace, python, folder);
  } finally {
    await target.close();
  }
}

async function workThrough(url: string, workspace: DemoWorkspace, python: Python, folder: string): Promise<boolean> {
  section("The agent works through the invoices and asks before each action");
  const proposals = await runAgent(python, folder);
  sayProposals(proposals);

  section("The approver opens the links in the mailbox");
  sayAnswers(await followLinks(url, workspace.approver, await listDemoRuns(workspace.id, "--status", "pending_approval")));

  section("The workers run what was approved, and two of them are killed");
  await workOff(python, folder, workspace);

  section("The agent starts over, as if it had forgotten everything");
  const repeated = await runAgent(python, folder);
  say(
    `${repeated.filter((proposal) => proposal.is_replay).length} of ${repeated.length} proposals were already known, ${repeated.filter((proposal) => proposal.may_run).length} ran.`,
  );

  const runs = await listDemoRuns(workspace.id);
  section("Every run and its receipt");
  console.log(outcomeTable(proposals, runs));

  section("Checks");
  const holds = sayChecks(checkOutcome({ proposals, repeated, runs, mails: readSentMails(folder) }));
  console.log(
    `\nThe sent emails: ${relative(".", sentMailsPath(folder))}. The runs: npm run -s admin -- run list --workspace ${workspace.id}`,
  );
  return holds;
}

async function runAgent(python: Python, folder: string): Promise<Proposal[]> {
  const proposals: Proposal[] = [];
  await startPython(python, [AGENT, INVOICES, folder], (event) => event.event === "proposed" && proposals.push(event)).done;
  return proposals;
}
