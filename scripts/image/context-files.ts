export interface ContextFilter {
  /** Whether the file goes to the build. */
  isSent(path: string): boolean;
  /** Whether a file below this folder may. */
  isEntered(folder: string): boolean;
}

/**
 * What a .dockerignore leaves of a folder. Its patterns name files and folders from the root, later ones win, and `**` stands for any
 * number of folders: all that ours uses. Throws for others.
 */
export function contextFilter(dockerignore: string): ContextFilter {
  const rules = dockerignore
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map(readRule);
  const isSent = (path: string) => rules.reduce((is, { isException, pattern }) => (pattern.test(path) ? isException : is), true);
  const exceptions = rules.filter(({ isException }) => isException);
  return { isSent, isEntered: (folder) => isSent(folder) || exceptions.some(({ glob }) => glob.startsWith(`${folder}/`)) };
}

interface Rule {
  readonly glob: string;
  readonly isException: boolean;
  readonly pattern: RegExp;
}

function readRule(line: string): Rule {
  const isException = line.startsWith("!");
  const glob = line.slice(isException ? 1 : 0);
  if (/[?[\]\\]/.test(glob)) throw new Error(`This pattern of .dockerignore isn't understood: ${line}`);
  const source = glob
    .split("/")
    .map((part) => (part === "**" ? "(?:.*/)?" : `${part.replaceAll(/[.+^${}()|]/g, "\\$&").replaceAll("*", "[^/]*")}/`))
    .join("")
    .replace(/\/$/, "");
  return { glob, isException, pattern: new RegExp(`^${source}(?:/|$)`) };
}
