const ONE_YEAR_SECONDS = 31_536_000;

/** Makes browsers use TLS only. Not sent over plain HTTP, where it would lock people out. */
export function transportSecurity(publicUrl: string): Record<string, string> {
  return publicUrl.startsWith("https:") ? { "Strict-Transport-Security": `max-age=${ONE_YEAR_SECONDS}` } : {};
}
