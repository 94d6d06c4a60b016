import { pathOfUrl } from "@/lib/net/base-path";

const ONE_YEAR_SECONDS = 31_536_000;

/** Makes browsers use TLS only. Not sent over plain HTTP, where it would lock people out, nor below a path, where the host is others' too. */
export function transportSecurity(publicUrl: string): Record<string, string> {
  return publicUrl.startsWith("https:") && pathOfUrl(publicUrl) === ""
    ? { "Strict-Transport-Security": `max-age=${ONE_YEAR_SECONDS}` }
    : {};
}
