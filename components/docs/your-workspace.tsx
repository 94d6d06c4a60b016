import { Info } from "lucide-react";
import type { Reader } from "@/lib/docs/reader";
import { inConsole } from "@/lib/net/base-path";

/** Says whose values the snippets use. They never include keys. */
export function YourWorkspace({ reader }: { reader: Reader }) {
  return (
    <p className="flex gap-2 rounded-lg border border-line bg-surface px-3.5 py-2.5 text-sm text-muted">
      <Info className="mt-0.5 size-4 flex-none" strokeWidth={1.75} aria-hidden="true" />
      {reader.workspaceName === null ? (
        <span>
          The code on this page shows placeholders.{" "}
          <a className="text-link" href={inConsole("/sign-in?next=/docs/quickstart")}>
            Sign in
          </a>{" "}
          with a workspace to see its name and address instead. Keys are never shown here.
        </span>
      ) : (
        <span className="wrap-anywhere">
          The code on this page is filled in for <strong className="font-medium text-ink">{reader.workspaceName}</strong>, at{" "}
          <code className="font-mono text-xs text-ink">{reader.publicUrl}</code>. Keys are never shown here.
        </span>
      )}
    </p>
  );
}
