const ONE_YEAR_SECONDS = 31_536_000;

/** Tells browsers to come by TLS only. Where the console is reached without it, that would lock people out. */
export function transportSecurity(publicUrl: string): Record<string, string> {
  return publicUrl.startsWith("https:") ? { "Strict-Transport-Security": `max-age=${ONE_YEAR_SECONDS}` } : {};
}
