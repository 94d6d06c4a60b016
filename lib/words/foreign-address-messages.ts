/** For whoever opened the console at another address than its settings name. null: the request does not say at which. */
export function foreignAddressMessage(publicUrl: string, opened: string | null): string {
  return opened === null || opened === "null"
    ? `This console is reached at ${publicUrl} (DAAI_PUBLIC_URL); your browser did not say which address you opened.`
    : `This console is reached at ${publicUrl} (DAAI_PUBLIC_URL); you opened ${opened}.`;
}
