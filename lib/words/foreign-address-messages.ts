/** For whoever opened the console at another address than its settings name. null: the request does not say at which. */
export function foreignAddressMessage(publicUrl: string, opened: string | null): string {
  return opened === null || opened === "null"
    ? `This console is at ${publicUrl} (DAAI_PUBLIC_URL), but your browser did not report which address you opened.`
    : `This console is at ${publicUrl} (DAAI_PUBLIC_URL), but you opened ${opened}.`;
}
