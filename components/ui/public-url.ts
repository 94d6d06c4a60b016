/** The console's public URL, as the server rendered it. */
export function publicUrl(): string {
  return document.documentElement.dataset.publicUrl ?? location.origin;
}
