import { CopyButton } from "./copy-button";

/** A key, shown once, whole, to be copied. `label` names it for the copy button: "Copy the API key". */
export function SecretValue({ value, label }: { value: string; label: string }) {
  return (
    <div className="flex min-h-9 items-center gap-2 rounded-md border border-line-control bg-surface py-[3px] pr-1 pl-3">
      <code className="min-w-0 flex-1 font-mono text-xs wrap-anywhere select-all">{value}</code>
      <CopyButton text={value} label={label} />
    </div>
  );
}
