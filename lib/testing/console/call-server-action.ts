import { readFileSync } from "node:fs";

interface Manifest {
  node: Record<string, { exportedName?: string; filename?: string }>;
}

let ids: Map<string, string> | undefined;

/** The id by which a built console knows a server action: from the manifest of the build. */
export function serverActionId(file: string, name: string): string | undefined {
  ids ??= readIds();
  return ids.get(`${file} ${name}`);
}

function readIds(): Map<string, string> {
  const { node } = JSON.parse(readFileSync(".next/server/server-reference-manifest.json", "utf8")) as Manifest;
  return new Map(Object.entries(node).map(([id, { filename, exportedName }]) => [`${filename} ${exportedName}`, id]));
}

export interface ServerActionAnswer {
  readonly status: number;
  /** The result of the server action; null if the response has none. */
  readonly outcome: { ok: boolean; code?: string } | null;
  readonly text: string;
}

/** Calls a server action as a page does: a POST with its id and its arguments, which are plain JSON, to any address of the console. */
export async function callServerAction(
  origin: string,
  {
    id,
    args,
    cookie,
    sentFrom = origin,
  }: { id: string; args: readonly unknown[]; cookie: string /** The Origin header; null leaves it out. */; sentFrom?: string | null },
): Promise<ServerActionAnswer> {
  const answer = await fetch(`${origin}/sign-in`, {
    method: "POST",
    redirect: "manual",
    headers: {
      "Next-Action": id,
      "Content-Type": "text/plain;charset=UTF-8",
      Accept: "text/x-component",
      // Packing and unpacking the answers is an eighth of the whole time.
      "Accept-Encoding": "identity",
      Cookie: cookie,
      ...(sentFrom !== null && { Origin: sentFrom }),
    },
    body: JSON.stringify(args),
  });
  const text = await answer.text();
  // The answer is React's wire format: rows, of which the first points to the row with the outcome.
  const pointer = /^0:\{"a":"\$@([0-9a-f]+)"/m.exec(text)?.[1];
  const row = pointer === undefined ? undefined : new RegExp(`^${pointer}:(\\{.*)$`, "m").exec(text)?.[1];
  return { status: answer.status, outcome: row === undefined ? null : (JSON.parse(row) as ServerActionAnswer["outcome"]), text };
}
