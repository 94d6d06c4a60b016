/** What the app has to say, and what happens when it says nothing. */
export function SignalHint({ field, asksWhen }: { field: string; asksWhen: boolean }) {
  const safe = String(!asksWhen);
  return (
    <p className="text-xs text-muted">
      Your app says it in the payload: <Code>{`"${field}": ${safe}`}</Code> is allowed at once. <Code>{String(asksWhen)}</Code>, nothing, or
      a text such as <Code>{`"${safe}"`}</Code> asks a person.
    </p>
  );
}

function Code({ children }: { children: string }) {
  return <code className="font-mono whitespace-nowrap text-ink">{children}</code>;
}
