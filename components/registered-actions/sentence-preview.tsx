import { Card, CardHeader } from "@/components/ui/card";
import { firstRunPayload } from "@/lib/domain/policy/first-run-payload";
import { runSentence } from "@/lib/domain/policy/run-sentence";
import type { ActionSettings } from "@/lib/registered-actions/schema";

/** How a run of the action is read, with a made-up payload. */
export function SentencePreview({ settings }: { settings: ActionSettings }) {
  const { amountField, currencyField } = settings.policy;
  const example = runSentence({ ...settings, amountField, currencyField }, firstRunPayload({ ...settings, rule: settings.policy }));
  return (
    <Card aria-labelledby="sentence">
      <CardHeader title="Display" id="sentence" />
      <div className="grid gap-2 px-4 py-3.5">
        <p className="text-md wrap-anywhere">
          <span className="text-muted">The agent wants to</span> {example}
        </p>
        <p className="text-xs text-muted">
          {settings.sentence === null ? (
            "With a made-up payload. No sentence is set, so title, amount and recipient are used."
          ) : (
            <>
              With a made-up payload, from <code className="font-mono wrap-anywhere text-ink">{settings.sentence}</code>
            </>
          )}
        </p>
      </div>
    </Card>
  );
}
