/** For people who opened the console at another URL than the configured one. null: the request doesn't say at which. */
export function foreignAddressMessage(publicUrl: string, opened: string | null): string {
  return opened === null || opened === "null"
    ? `This console is at ${publicUrl} (DAAI_PUBLIC_URL), but your browser did not report which address you opened.`
    : `This console is at ${publicUrl} (DAAI_PUBLIC_URL), but you opened ${opened}.`;
}
