import { Card, CardHeader } from "@/components/ui/card";
import type { RunView } from "@/lib/action-runs/show/run-view";
import { shadowAnswerText } from "@/lib/words/shadow-messages";

/** On a run's page: what the shadow policy would have decided. */
export function RunShadowCard({ run: { shadow } }: { run: RunView }) {
  if (shadow === null) return null;
  return (
    <Card aria-labelledby="in-shadow">
      <CardHeader title="Shadow policy" id="in-shadow" note="decides nothing" />
      <div className="grid gap-2 px-4 py-3">
        <p>{shadowAnswerText(shadow)}</p>
        {shadow.reason === null ? null : (
          <p className="text-xs text-muted">
            <code className="font-mono wrap-anywhere">{shadow.reason}</code>
            {shadow.rule === null ? null : <span className="wrap-anywhere">, rule “{shadow.rule}”</span>}
          </p>
        )}
      </div>
    </Card>
  );
}
