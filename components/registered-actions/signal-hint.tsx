/** What the app has to say, and what happens when it says nothing. */
export function SignalHint({ field, asksWhen }: { field: string; asksWhen: boolean }) {
  const safe = String(!asksWhen);
  return (
    <p className="text-xs text-muted">
      Your app includes it in the payload: <Code>{`"${field}": ${safe}`}</Code> is allowed. <Code>{String(asksWhen)}</Code>, a missing
      field, or a text such as <Code>{`"${safe}"`}</Code> requires approval.
    </p>
  );
}

function Code({ children }: { children: string }) {
  return <code className="font-mono whitespace-nowrap text-ink">{children}</code>;
}
