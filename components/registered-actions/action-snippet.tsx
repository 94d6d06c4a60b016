import { CodeBlock } from "@/components/ui/code-block";
import type { ActionSettings } from "@/lib/registered-actions/schema";
import { pythonSnippet } from "@/lib/words/setup-snippets";

/** What an application adds to ask about this action. */
export function ActionSnippet({ settings }: { settings: ActionSettings }) {
  return (
    <section aria-labelledby="snippet">
      <h2 className="sr-only" id="snippet">
        Python
      </h2>
      <CodeBlock
        title={`${settings.name}.py`}
        code={pythonSnippet({ ...settings, rule: settings.policy })}
        language="python"
        copyLabel="Copy the code"
      />
    </section>
  );
}
