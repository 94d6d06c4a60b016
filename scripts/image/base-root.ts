import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SetupError } from "@/lib/errors/setup-error";

/** Of the official images: npm is the newest of this series. */
const NPM = "npm@11";

/**
 * A folder with what a public image has, made once below `folder`: Debian's own packages for `debian:NAME-slim`, and for
 * `node:VERSION-NAME-slim` also Node's own program and npm from their npm packages, where that image has them.
 */
export function baseRoot(image: string, folder: string, say: (message: string) => void): Promise<string> {
  const [, node, release = ""] = /^(?:node:(\d+)-|debian:)([a-z]+)-slim$/.exec(image) ?? [];
  if (release === "") throw new SetupError(`Nothing here can replace the image ${image}.`);
  const root = join(folder, image.replace(":", "-"));
  if (existsSync(root)) return Promise.resolve(root);
  const draft = `${root}.draft`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  if (node === undefined) {
    say(`Installing Debian ${release} (once) …`);
    run("mmdebstrap", ["--quiet", "--mode=root", "--variant=apt", "--include=passwd", release, draft]);
  } else {
    return baseRoot(`debian:${release}-slim`, folder, say).then((debian) => {
      run("cp", ["-a", debian, draft]);
      installNode(node, draft);
      renameSync(draft, root);
      return root;
    });
  }
  renameSync(draft, root);
  return Promise.resolve(root);
}

function installNode(version: string, root: string): void {
  const scratch = mkdtempSync(join(tmpdir(), "daai-node-"));
  try {
    run("npm", ["install", "--prefix", scratch, "--no-save", "--ignore-scripts", `node-linux-${process.arch}@${version}`, NPM]);
    const local = join(root, "usr/local");
    mkdirSync(join(local, "lib/node_modules"), { recursive: true });
    copyFileSync(join(scratch, `node_modules/node-linux-${process.arch}/bin/node`), join(local, "bin/node"));
    run("cp", ["-a", join(scratch, "node_modules/npm"), join(local, "lib/node_modules/npm")]);
    symlinkSync("../lib/node_modules/npm/bin/npm-cli.js", join(local, "bin/npm"));
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

function run(program: string, args: readonly string[]): void {
  try {
    execFileSync(program, args, { stdio: ["ignore", "ignore", "inherit"] });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    throw new SetupError(`${program} isn't installed: it's needed to build a root file system.`);
  }
}
