import { Eraser } from "lucide-react";
import { Card } from "@/components/ui/card";
import { CodeBlock } from "@/components/ui/code-block";
import { EmptyState } from "@/components/ui/empty-state";
import type { RunView } from "@/lib/action-runs/show/run-view";
import { AgentWords } from "./agent-words";
import { ChangesList } from "./changes-list";
import { type DataTab, DataTabs } from "./data-tabs";
import { LongText } from "./long-text";
import { PayloadList } from "./payload-list";
import { TextWarnings } from "./text-warnings";
import { VisibleText } from "./visible-text";

/** The proposal and its result as data, and the API calls behind them. */
export function RunData({ run }: { run: RunView }) {
  const tabs: DataTab[] = [payloadTab(run), ...changeTab(run), ...resultTab(run), callsTab(run)];
  return (
    <Card aria-label="Data">
      <DataTabs
        tabs={tabs}
        foot={
          <div className="border-t border-line px-4 pt-3 pb-4">
            <AgentWords actor={run.actor} reasoning={run.reasoning} source={run.source} isErased={run.payload === null} />
          </div>
        }
      />
    </Card>
  );
}

function payloadTab({ payload }: RunView): DataTab {
  if (payload === null) {
    return {
      label: "Payload",
      readable: (
        <EmptyState icon={Eraser} title="The payload was erased">
          Its hash and its receipts remain, so the decision can still be proved.
        </EmptyState>
      ),
    };
  }
  return {
    label: "Payload",
    readable: <PayloadList rows={payload.rows} used={payload.used} />,
    raw: <RawText text={payload.raw} label="Payload as received" />,
    copy: { text: payload.raw, label: "Copy the payload" },
  };
}

/** What differs from the payload that was proposed, and the whole of what came of it. */
function changeTab({ change }: RunView): DataTab[] {
  if (change === null) return [];
  return [
    {
      label: change.kind === "proposal" ? "Proposed instead" : change.isApplied ? "Approved payload" : "Changed payload",
      count: change.rows.length,
      readable: (
        <>
          <div className="border-b border-line px-4 py-3">
            <p className="mb-2 text-xs text-muted">
              {change.kind === "proposal" ? "Proposed" : "Changed"} by <VisibleText text={change.by} />: “<LongText text={change.reason} />”
            </p>
            <ChangesList rows={change.rows} />
          </div>
          <PayloadList rows={change.payloadRows} />
        </>
      ),
      raw: <RawText text={change.raw} label="Payload after the change" />,
      copy: { text: change.raw, label: "Copy the payload" },
    },
  ];
}

function resultTab({ result, error }: RunView): DataTab[] {
  if (result === null && error === null) return [];
  const said =
    error === null ? null : (
      <div className="border-b border-line px-4 py-3 last:border-b-0">
        <p className="text-xs text-muted">Error, as reported by the app</p>
        <div className="mt-1 font-mono text-sm wrap-anywhere whitespace-pre-wrap text-stop">
          <LongText text={error} />
          <TextWarnings text={error} />
        </div>
      </div>
    );
  return [
    {
      label: error === null ? "Result" : "Error",
      readable: (
        <>
          {said}
          {result === null ? null : <PayloadList rows={result.rows} />}
        </>
      ),
      ...(result !== null && { raw: <RawText text={result.raw} label="Result as received" /> }),
      copy: { text: result?.raw ?? error ?? "", label: error === null ? "Copy the result" : "Copy the error" },
    },
  ];
}

function callsTab({ calls }: RunView): DataTab {
  return {
    label: "API calls",
    count: calls.length,
    readable: (
      <div className="grid gap-3 px-4 py-4">
        {calls.map(({ title, code }) => (
          <CodeBlock key={title} title={title} code={code} language="bash" />
        ))}
      </div>
    ),
  };
}

/** A text exactly as received, with invisible characters shown as codes. */
function RawText({ text, label }: { text: string; label: string }) {
  return (
    <div className="px-4 py-3">
      <pre
        className="max-h-[480px] overflow-auto font-mono text-xs leading-5 wrap-anywhere whitespace-pre-wrap"
        tabIndex={0}
        aria-label={label}
      >
        <VisibleText text={text} />
      </pre>
      <TextWarnings text={text} />
    </div>
  );
}
