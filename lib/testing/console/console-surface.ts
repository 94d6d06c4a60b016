import { readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";

/** Who the wrapper of a server action lets in, before the command looks at the role. */
export type ServerActionScope = "member" | "user" | "operator" | "public";

export interface ServerActionSource {
  readonly file: string;
  readonly name: string;
  /** null: it is exported without one of the wrappers. */
  readonly scope: ServerActionScope | null;
}

/** Every export of every server-actions.ts, read from the source. */
export function findServerActions(): ServerActionSource[] {
  return filesOf("lib", /(^|\/)server-actions\.ts$/).flatMap((file) => {
    const source = readFileSync(file, "utf8");
    return [
      ...source.matchAll(
        /^export\s+(?:default\s+)?(?:async\s+)?(?:const|let|var|function\*?|class)\s+(\w+)(?:\s*=\s*(\w+)ServerAction\b)?/gm,
      ),
    ].map(([, name = "", scope]) => ({
      file,
      name,
      scope: (scope as ServerActionScope | undefined) ?? null,
    }));
  });
}

/** The address patterns of every page, such as /workspaces/[workspaceId]/runs. */
export function findPages(): string[] {
  return filesOf("app", /\/page\.(tsx|mdx)$/)
    .map(addressOf)
    .sort();
}

/** The address patterns of every route handler below app that is not the API's: that has a table of its own. */
export function findRoutes(): string[] {
  return filesOf("app", /\/route\.ts$/)
    .map(addressOf)
    .filter((address) => !address.startsWith("/api/v1/"))
    .sort();
}

function filesOf(folder: string, pattern: RegExp): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => join(folder, name).split(sep).join("/"));
  return files.filter((file) => pattern.test(file)).sort();
}

/** Without the file's name and the groups, which are not part of an address. */
function addressOf(file: string): string {
  const parts = file
    .split("/")
    .slice(1, -1)
    .filter((part) => !/^\(.*\)$/.test(part));
  return `/${parts.join("/")}`;
}
