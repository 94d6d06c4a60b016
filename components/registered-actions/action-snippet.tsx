import { ByLanguage } from "@/components/ui/by-language";
import { CodeBlock } from "@/components/ui/code-block";
import type { ActionSettings } from "@/lib/registered-actions/schema";
import { javascriptSnippet, pythonSnippet } from "@/lib/words/setup-snippets";

/** What an application adds to ask about this action. */
export function ActionSnippet({ settings }: { settings: ActionSettings }) {
  const action = { ...settings, rule: settings.policy };
  return (
    <section aria-labelledby="snippet">
      <h2 className="sr-only" id="snippet">
        Code
      </h2>
      <ByLanguage
        python={<CodeBlock title={`${settings.name}.py`} code={pythonSnippet(action)} language="python" copyLabel="Copy the code" />}
        typescript={
          <CodeBlock title={`${settings.name}.mjs`} code={javascriptSnippet(action)} language="javascript" copyLabel="Copy the code" />
        }
      />
    </section>
  );
}
