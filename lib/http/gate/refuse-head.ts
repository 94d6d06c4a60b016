import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";

/** Headers that must not repeat. Node keeps the first; a proxy in front may keep the last. */
const ONCE: ReadonlySet<string> = new Set(["authorization", "content-length", "content-type", "host", "origin"]);

/** The start of a request: its target as it was sent, and its headers as name, value, name, value, … */
export interface RequestHead {
  readonly url?: string | undefined;
  readonly rawHeaders: readonly string[];
}

/**
 * Refuses requests that could be read in two ways: a target that is no plain path, which Next might normalize, redirect to another host or
 * fail on, and duplicate headers. Also refuses paths that only Next would serve.
 */
export function refuseHead({ url = "", rawHeaders }: RequestHead): Refusal | null {
  const path = pathOf(url);
  if (!path.startsWith("/") || /\\|\/\/|#/.test(path) || path.split("/").some(isDotSegment))
    return refuse(
      "malformed_request",
      "Ask for a path that begins with one slash, without a host, repeated slashes, backslashes or dot segments.",
    );
  const repeated = repeatedHeader(rawHeaders);
  if (repeated !== null) return refuse("malformed_request", `Send ${repeated} only once. It is unclear which of several counts.`);
  if (!isDecodable(path) || isAlmostApi(path) || isInternal(path))
    return refuse("route_not_found", "The API has no such path. See the API reference.");
  return null;
}

/** A target without its query. */
export function pathOf(url: string): string {
  const mark = url.indexOf("?");
  return mark === -1 ? url : url.slice(0, mark);
}

function isDotSegment(segment: string): boolean {
  return /^(\.|%2e){1,2}$/i.test(segment);
}

function repeatedHeader(rawHeaders: readonly string[]): string | null {
  const seen = new Set<string>();
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] ?? "";
    const key = name.toLowerCase();
    if (!ONCE.has(key)) continue;
    if (seen.has(key)) return name;
    seen.add(key);
  }
  return null;
}

function isDecodable(path: string): boolean {
  if (!path.includes("%")) return true;
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

/** The API's paths in another case are not pages either. */
function isAlmostApi(path: string): boolean {
  return /^\/(api|v1)(\/|$)/i.test(path) && !/^\/(api|v1)(\/|$)/.test(path);
}

/** Next's internal pages, such as its error page. */
function isInternal(path: string): boolean {
  return path.startsWith("/_") && !path.startsWith("/_next/");
}
