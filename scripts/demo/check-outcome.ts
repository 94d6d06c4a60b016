import type { DemoRun } from "./list-demo-runs";
import type { SentMail } from "./sent-mails";
import type { Proposal } from "./start-python";

export interface Outcome {
  /** What the agent proposed, and the same once more after it started over. */
  readonly proposals: readonly Proposal[];
  readonly repeated: readonly Proposal[];
  readonly runs: readonly DemoRun[];
  readonly mails: readonly SentMail[];
}

export interface Check {
  readonly promise: string;
  /** The keys of what breaks it. */
  readonly broken: readonly string[];
}

/** Checks every promise independently. */
export function checkOutcome({ proposals, repeated, runs, mails }: Outcome): Check[] {
  const runsWith = (key: string) => runs.filter((run) => run.idempotency_key === key).length;
  const mailsOf = (run: DemoRun) => mails.filter((mail) => mail.key === run.idempotency_key).length;
  const proposalsThat = (isBroken: (proposal: Proposal) => boolean) => proposals.filter(isBroken).map((proposal) => proposal.key);
  const runsThat = (isBroken: (run: DemoRun) => boolean) => runs.filter(isBroken).map((run) => run.idempotency_key);
  const strangers = (keys: string[], known: ReadonlySet<string>) => keys.filter((key) => !known.has(key));

  return [
    {
      promise: "Every proposal is exactly one run.",
      broken: [
        ...proposalsThat(({ key }) => runsWith(key) !== 1),
        ...strangers(
          runs.map((run) => run.idempotency_key),
          new Set(proposals.map(({ key }) => key)),
        ),
      ],
    },
    {
      promise: "Reminders up to 500 ran immediately; all others asked a person first.",
      broken: proposalsThat((proposal) => isReminder(proposal) && !isAsItsPolicySays(proposal)),
    },
    {
      promise: "Refunds asked a person; deletions and unknown actions were refused.",
      broken: proposalsThat((proposal) => !isReminder(proposal) && !isAsItsPolicySays(proposal)),
    },
    {
      promise: "The sent emails contain exactly one line for each executed run, and no other.",
      broken: [
        ...runsThat((run) => mailsOf(run) !== (run.execution_status === "executed" ? 1 : 0)),
        ...strangers(
          mails.map((mail) => mail.key),
          new Set(runs.map((run) => run.idempotency_key)),
        ),
      ],
    },
    {
      promise: "Nothing rejected, blocked or pending was executed.",
      broken: runsThat((run) => !mayRun(run) && (run.execution_status !== "not_executed" || mailsOf(run) > 0)),
    },
    {
      promise: "Everything allowed or approved is reported, and nothing is in doubt.",
      broken: runsThat((run) => run.in_doubt || (mayRun(run) && !isReported(run))),
    },
    {
      promise: "Every final decision has a receipt, and so has every report.",
      broken: runsThat(
        (run) =>
          (run.receipt_id === null) !== (run.governance_status === "pending_approval") ||
          (run.execution_receipt_id === null) === isReported(run),
      ),
    },
    {
      promise: "The agent started over: the same runs, and nothing to run again.",
      broken: proposalsThat(({ key }) => repeated.filter((again) => again.key === key && again.is_replay && !again.may_run).length !== 1),
    },
  ];
}

/** The policies of the demo, said once more in other words. */
function isAsItsPolicySays(proposal: Proposal): boolean {
  const { governance_status: status, may_run: ran } = proposal;
  switch (actionOf(proposal)) {
    case "send_invoice_reminder":
      return isSmall(proposal.amount) ? status === "allowed" && ran : status === "pending_approval" && !ran;
    case "refund_customer":
      return status === "pending_approval" && !ran;
    case "export_report":
      return status === "allowed" && ran;
    default:
      return status === "blocked" && !ran;
  }
}

function isSmall(amount: string | null): boolean {
  return amount !== null && /^\d+(\.\d+)?$/.test(amount) && Number(amount) <= 500;
}

const actionOf = ({ key }: Proposal) => key.slice(0, key.indexOf(":"));
const isReminder = (proposal: Proposal) => actionOf(proposal) === "send_invoice_reminder";
const mayRun = (run: DemoRun) => run.governance_status === "allowed" || run.governance_status === "approved";
const isReported = (run: DemoRun) => run.execution_status === "executed" || run.execution_status === "failed";
