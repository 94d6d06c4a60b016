import { matchesEntityTag } from "@/lib/http/etag";
import { inConsole } from "@/lib/net/base-path";
import { getNpmPackage } from "@/lib/packages/npm-package";
import { getPythonPackage } from "@/lib/packages/python-package";

/** Names without a version, for people and scripts. pip reads the version from the address before it asks, so it needs the file's own name. */
const ALIASES = {
  "daai-python.whl": getPythonPackage,
  "daai-js.tgz": () => getNpmPackage("daai-js"),
  "daai-mcp.tgz": () => getNpmPackage("daai-mcp"),
};
const LIST = new Intl.ListFormat("en");

/** The packages that fit this console, by their file names. Other versions aren't here: the reply names the ones that are. */
export async function GET(request: Request, { params }: { params: Promise<{ file: string }> }): Promise<Response> {
  const { file } = await params;
  const packages = Object.entries(ALIASES).map(([alias, get]) => ({ alias, ...get() }));
  const found = packages.find(({ alias, fileName }) => file === alias || file === fileName);
  if (!found) {
    return new Response(
      `This console serves ${LIST.format(packages.map(({ path }) => inConsole(path)))}. See ${inConsole("/packages")}.\n`,
      {
        status: 404,
        headers: { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-cache" },
      },
    );
  }
  const { alias, fileName, path, bytes, sha256 } = found;
  // Relative, because Next assumes it runs at localhost regardless of the public URL.
  if (file === alias) return new Response(null, { status: 307, headers: { Location: inConsole(path), "Cache-Control": "no-cache" } });
  // A newer console may serve another file under the same version, so caches ask each time.
  const headers = { "Cache-Control": "no-cache", ETag: `"${sha256}"` };
  if (matchesEntityTag(request.headers.get("if-none-match") ?? undefined, headers.ETag))
    return new Response(null, { status: 304, headers });
  return new Response(bytes, {
    headers: {
      ...headers,
      "Content-Type": "application/octet-stream",
      "Content-Length": String(bytes.length),
      "Content-Disposition": `attachment; filename="${fileName}"`,
    },
  });
}
