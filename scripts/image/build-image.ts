import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { SetupError } from "@/lib/errors/setup-error";
import { baseRoot } from "./base-root";
import { contextFilter } from "./context-files";
import { inRoot } from "./in-root";
import { jsonForm, pairsOf, parseDockerfile, type Stage } from "./parse-dockerfile";

export interface Image {
  /** Its root file system, a folder here. */
  readonly root: string;
  readonly env: Readonly<Record<string, string>>;
  /** `1000:1000` */
  readonly user: string;
  readonly workdir: string;
  readonly entrypoint: readonly string[];
  readonly healthcheck: readonly string[];
  readonly volumes: readonly string[];
}

/**
 * Carries out the Dockerfile of this folder as `docker build` does, without Docker: each stage is a folder below `folder` that begins as its
 * base image's files (`baseRoot`), and RUN runs in it. Needs root.
 */
export async function buildImage(folder: string, say: (message: string) => void): Promise<Image> {
  if (process.getuid?.() !== 0) throw new SetupError("Only root can make root file systems and run programs in them: run this as root.");
  const built = new Map<string, Image>();
  let last: Image | undefined;
  for (const [index, stage] of parseDockerfile(readFileSync("Dockerfile", "utf8")).entries()) {
    const root = join(folder, `stage-${index}`);
    rmSync(root, { recursive: true, force: true });
    say(`FROM ${stage.from}`);
    const base = built.get(stage.from)?.root ?? (await baseRoot(stage.from, join(folder, "bases"), say));
    execFileSync("cp", ["-a", "--reflink=auto", base, root]);
    last = await buildStage(stage, root, built, say);
    if (stage.name) built.set(stage.name, last);
  }
  if (!last) throw new Error("The Dockerfile has no stage.");
  return last;
}

async function buildStage(
  { instructions }: Stage,
  root: string,
  built: ReadonlyMap<string, Image>,
  say: (message: string) => void,
): Promise<Image> {
  const image = { root, env: {} as Record<string, string>, user: "0:0", workdir: "/", volumes: [] as string[] };
  let entrypoint: string[] = [];
  let healthcheck: string[] = [];
  for (const { keyword, flags, text } of instructions) {
    say(`${keyword} ${text}`);
    if (keyword === "ENV") Object.assign(image.env, pairsOf(text));
    else if (keyword === "USER") image.user = text;
    else if (keyword === "VOLUME") image.volumes.push(...text.split(/\s+/));
    else if (keyword === "ENTRYPOINT") entrypoint = jsonForm(text) ?? [];
    else if (keyword === "HEALTHCHECK") healthcheck = jsonForm(text.replace(/^CMD /, "")) ?? [];
    else if (keyword === "WORKDIR") mkdirSync(join(root, (image.workdir = text)), { recursive: true });
    else if (keyword === "RUN") await inRoot(image, ["/bin/sh", "-c", text]);
    else if (keyword === "COPY") copy(text.split(/\s+/), image, flags.from ? built.get(flags.from)?.root : null);
  }
  return { ...image, entrypoint, healthcheck };
}

/** `from` is another stage's root; null is the context. */
function copy(words: string[], { root, workdir }: { root: string; workdir: string }, from: string | null | undefined): void {
  if (from === undefined) throw new Error("COPY --from names a stage that isn't there.");
  const to = words.at(-1) ?? "";
  const target = join(root, to.startsWith("/") ? to : join(workdir, to));
  for (const source of words.slice(0, -1)) {
    if (from === null && source === ".") copyContext(target);
    else {
      const path = from === null ? source : join(from, source);
      const isInto = to.endsWith("/") && !statSync(path).isDirectory();
      cpSync(path, isInto ? join(target, basename(source)) : target, { recursive: true, verbatimSymlinks: true });
    }
  }
}

function copyContext(target: string): void {
  const { isSent, isEntered } = contextFilter(readFileSync(".dockerignore", "utf8"));
  const visit = (folder: string) => {
    for (const entry of readdirSync(folder || ".", { withFileTypes: true })) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        if (isEntered(path)) visit(path);
      } else if (isSent(path)) {
        mkdirSync(dirname(join(target, path)), { recursive: true });
        cpSync(path, join(target, path), { verbatimSymlinks: true });
      }
    }
  };
  visit("");
}
