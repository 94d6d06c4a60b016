export interface Instruction {
  /** In capitals: COPY, RUN … */
  readonly keyword: string;
  /** `--from=build` as `{ from: "build" }`. */
  readonly flags: Readonly<Record<string, string>>;
  /** What follows the flags, continued lines joined. */
  readonly text: string;
}

export interface Stage {
  readonly from: string;
  /** After AS; empty for one without a name. */
  readonly name: string;
  readonly instructions: readonly Instruction[];
}

/** The stages of a Dockerfile in their order. Throws for what this doesn't know, such as a heredoc, a directive or ARG. */
export function parseDockerfile(text: string): Stage[] {
  const stages: { from: string; name: string; instructions: Instruction[] }[] = [];
  for (const line of logicalLines(text)) {
    const instruction = parseInstruction(line);
    if (instruction.keyword === "FROM") {
      const [from = "", , name = ""] = instruction.text.split(/\s+/);
      stages.push({ from, name, instructions: [] });
    } else {
      const stage = stages.at(-1);
      if (!stage) throw new Error(`${instruction.keyword} before the first FROM isn't understood.`);
      stage.instructions.push(instruction);
    }
  }
  return stages;
}

/** The arguments of the JSON form, or null for the form that a shell runs. */
export function jsonForm(text: string): string[] | null {
  return text.startsWith("[") ? (JSON.parse(text) as string[]) : null;
}

/** ENV's or LABEL's `A=1 B="two words"`. */
export function pairsOf(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/([\w.-]+)=(?:"((?:[^"\\]|\\.)*)"|(\S*))/g)].map(([, name = "", quoted, plain = ""]) => [name, quoted ?? plain]),
  );
}

function logicalLines(text: string): string[] {
  if (text.includes("<<")) throw new Error("A heredoc in the Dockerfile isn't understood.");
  const lines = text.split("\n").filter((line) => line.trim() !== "" && !/^\s*#/.test(line));
  return lines
    .join("\n")
    .replaceAll(/\\\n\s*/g, "")
    .split("\n")
    .map((line) => line.trim());
}

const KNOWN = new Set("FROM WORKDIR COPY RUN ENV USER VOLUME EXPOSE HEALTHCHECK STOPSIGNAL ENTRYPOINT CMD LABEL".split(" "));

function parseInstruction(line: string): Instruction {
  const [, word = "", rest = ""] = /^(\S+)\s+(.*)$/.exec(line) ?? [];
  const keyword = word.toUpperCase();
  if (!KNOWN.has(keyword)) throw new Error(`This line of the Dockerfile isn't understood: ${line}`);
  const flags: Record<string, string> = {};
  let text = rest;
  for (let flag = nextFlag(text); flag !== null; flag = nextFlag(text)) {
    const [all, name = "", value = ""] = flag;
    flags[name] = value;
    text = text.slice(all.length);
  }
  return { keyword, flags, text };
}

const nextFlag = (text: string) => /^--([a-z-]+)=(\S+)\s+/.exec(text);
