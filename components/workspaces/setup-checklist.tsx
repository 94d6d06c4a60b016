import { ButtonLink } from "@/components/ui/button-link";
import { ByLanguage } from "@/components/ui/by-language";
import { Card } from "@/components/ui/card";
import { CodeBlock } from "@/components/ui/code-block";
import { Instant } from "@/components/ui/instant";
import { Link } from "@/components/ui/link";
import type { Setup } from "@/lib/overview/get-setup";
import { javascriptSnippet, pythonSnippet } from "@/lib/words/setup-snippets";
import type { SetupStep, SetupStepName } from "@/lib/words/setup-steps";
import { EnvironmentBlock } from "./environment-block";
import { SetupStepItem } from "./setup-step";

interface ChecklistProps {
  setup: Setup;
  workspaceId: string;
  /** "you", or the owner's address. */
  createdBy: string;
  mayManageKeys: boolean;
  mayManageActions: boolean;
}

/** The way to the first receipt. Every tick comes from what has happened; there is nothing to press. */
export function SetupChecklist(props: ChecklistProps) {
  return (
    <Card aria-label="Steps">
      <ol>
        {props.setup.steps.map((step, place) => {
          const { note, body, isWaiting } = STEPS[step.name](props, step);
          return (
            <SetupStepItem key={step.name} step={step} number={place + 1} note={note} isWaiting={isWaiting}>
              {body}
            </SetupStepItem>
          );
        })}
      </ol>
    </Card>
  );
}

interface StepParts {
  note?: React.ReactNode;
  body?: React.ReactNode;
  isWaiting?: boolean;
}

const STEPS: Record<SetupStepName, (props: ChecklistProps, step: SetupStep) => StepParts> = {
  workspace: ({ createdBy }, { at }) => ({
    note: at && (
      <>
        <Instant at={at} format="short" />, by {createdBy}
      </>
    ),
  }),
  keys: keysStep,
  action: ({ setup, workspaceId, mayManageActions }, { at }) => {
    const base = `/workspaces/${workspaceId}/actions`;
    if (at !== null) {
      const name = setup.action?.name;
      return {
        note:
          name === undefined ? (
            <Link className="text-link" href={base}>
              none active
            </Link>
          ) : (
            <Link className="font-mono text-link" href={`${base}/${name}`}>
              {name}
            </Link>
          ),
      };
    }
    return {
      body: (
        <>
          <p>What the agent is about to do, and the policy that decides: allow it, block it or ask a person.</p>
          {mayManageActions ? (
            <div>
              <ButtonLink href={`${base}/new?from=setup`} variant="primary">
                Register an action
              </ButtonLink>
            </div>
          ) : (
            <p>A workspace developer can register actions.</p>
          )}
        </>
      ),
    };
  },
  sdk: ({ setup, workspaceId }, { at }) => ({
    note: at && (
      <>
        keys used <Instant at={at} format="short" />
      </>
    ),
    isWaiting: true,
    body: (
      <EnvironmentBlock
        workspaceId={workspaceId}
        baseUrl={setup.baseUrl}
        wheelUrl={setup.wheelUrl}
        npmUrl={setup.npmUrl}
        isSeen={at !== null}
      />
    ),
  }),
  run: runStep,
  decision: ({ setup, workspaceId }, { at }) => ({
    note: at ? (
      <>
        <Instant at={at} format="short" />
        {decidedBy(setup)}
      </>
    ) : (
      "by email or in the queue"
    ),
    body:
      at === null && setup.firstRun !== null ? (
        <p>
          This run needs a decision. Use the link in the email, or{" "}
          <Link className="text-link" href={`/workspaces/${workspaceId}/runs/${setup.firstRun.id}`}>
            open the run
          </Link>
          . Pending isn’t failure: your app keeps waiting.
        </p>
      ) : null,
  }),
  receipt: ({ setup, workspaceId }, { at }) => ({
    note:
      at && setup.receiptRunId !== null ? (
        <>
          <Instant at={at} format="short" />,{" "}
          <Link className="text-link" href={`/workspaces/${workspaceId}/runs/${setup.receiptRunId}`}>
            open it
          </Link>
        </>
      ) : null,
    body:
      at === null && setup.firstRun !== null ? (
        <p>After running the action, your app reports executed or failed. The receipt then records the full history.</p>
      ) : null,
  }),
};

function keysStep({ setup, workspaceId, mayManageKeys }: ChecklistProps, { at }: SetupStep): StepParts {
  const keysPath = `/workspaces/${workspaceId}/settings/keys`;
  const facts = [
    ["API base URL", setup.baseUrl],
    ["API key", setup.apiKeyHint ?? "No active key"],
    ["Workspace key", setup.workspaceKeyHint ?? "No active key"],
  ] as const;
  return {
    note: mayManageKeys ? (
      <Link className="text-link" href={keysPath}>
        {at === null ? "Create a key" : "Replace a lost key"}
      </Link>
    ) : null,
    body: (
      <dl className="grid gap-x-4 gap-y-1 sm:grid-cols-[104px_minmax(0,1fr)]">
        {facts.map(([name, value]) => (
          <div className="contents" key={name}>
            <dt>{name}</dt>
            <dd className="font-mono text-xs leading-5 wrap-anywhere text-ink max-sm:mb-1.5">{value}</dd>
          </div>
        ))}
      </dl>
    ),
  };
}

function runStep({ setup, workspaceId }: ChecklistProps, { at }: SetupStep): StepParts {
  const { action, firstRun } = setup;
  return {
    note:
      at && firstRun ? (
        <>
          <Instant at={at} format="short" />,{" "}
          <Link className="text-link" href={`/workspaces/${workspaceId}/runs/${firstRun.id}`}>
            open it
          </Link>
        </>
      ) : null,
    isWaiting: action !== null,
    body:
      action === null ? (
        <p>The code appears here, filled in, as soon as an action is registered.</p>
      ) : (
        <ByLanguage
          python={<CodeBlock title="first_run.py" language="python" code={pythonSnippet(action)} />}
          typescript={<CodeBlock title="first_run.mjs" language="javascript" code={javascriptSnippet(action)} />}
        />
      ),
  };
}

function decidedBy({ firstRun }: Setup): string {
  if (firstRun === null || firstRun.status === "pending_approval") return "";
  return firstRun.decidedBy === null ? ", by the policy" : `, by ${firstRun.decidedBy}`;
}
