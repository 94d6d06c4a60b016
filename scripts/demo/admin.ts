import type { z } from "zod";
import { SetupError } from "@/lib/errors/setup-error";
import { runAdmin } from "@/scripts/admin/commands/run-admin";

/** `npm run -s admin -- … --json`, in this process. Throws a SetupError with the command's sentence when it fails. */
export async function admin<T>(document: z.ZodType<T>, ...args: string[]): Promise<T> {
  let out = "";
  let err = "";
  const code = await runAdmin([...args, "--json"], { out: (text) => (out += text), err: (text) => (err += text) });
  if (code !== 0) throw new SetupError(`admin ${args.slice(0, 2).join(" ")}: ${err.trim()}`);
  return document.parse(JSON.parse(out));
}
