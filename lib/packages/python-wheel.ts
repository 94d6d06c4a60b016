import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { type ZipOptions, zipSync } from "fflate";
import { parse } from "smol-toml";
import { z } from "zod";

export interface Wheel {
  readonly fileName: string;
  readonly version: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const projectSchema = z.object({
  name: z.string(),
  description: z.string(),
  readme: z.string(),
  "requires-python": z.string(),
  license: z.string(),
  "license-files": z.array(z.string()),
  keywords: z.array(z.string()),
  classifiers: z.array(z.string()),
  dependencies: z.array(z.string()),
  "optional-dependencies": z.record(z.string(), z.array(z.string())),
});
const pyprojectSchema = z.object({
  // Not one field may be lost: a new one must be written below first.
  project: projectSchema.extend({ dynamic: z.tuple([z.literal("version")]) }).strict(),
  tool: z.object({
    hatch: z.object({
      version: z.object({ path: z.string() }),
      build: z.object({ targets: z.object({ wheel: z.object({ packages: z.tuple([z.string()]) }) }) }),
    }),
  }),
});
type Project = z.infer<typeof projectSchema>;

/**
 * Makes all wheels of one source the same bytes: uncompressed, written by Unix as ordinary files at the earliest time a zip file can
 * state. Compressing would also keep the process for a quarter of a second.
 */
const ZIP_OPTIONS: ZipOptions = { level: 0, os: 3, attrs: 0o100644 << 16, mtime: "1980-01-01T00:00:00" };

/**
 * The wheel of a pure Python package, as `python -m build` makes it from the same folder, without Python: PEP 427, with the
 * metadata of PEP 639 (Metadata-Version 2.4). Throws for a pyproject.toml that says something this doesn't write.
 */
export function makePythonWheel(folder: string): Wheel {
  const { project, tool } = pyprojectSchema.parse(parse(readFileSync(`${folder}/pyproject.toml`, "utf8")));
  const { version: versionFile, build } = tool.hatch;
  const version = readVersion(`${folder}/${versionFile.path}`);
  const distribution = `${project.name.replaceAll(/[-_.]+/g, "_")}-${version}`;
  const info = `${distribution}.dist-info`;
  const files: Record<string, Uint8Array> = {
    ...packageFiles(`${folder}/${build.targets.wheel.packages[0]}`),
    [`${info}/METADATA`]: utf8(metadata(project, version, readFileSync(`${folder}/${project.readme}`, "utf8"))),
    [`${info}/WHEEL`]: utf8("Wheel-Version: 1.0\nGenerator: daai-console\nRoot-Is-Purelib: true\nTag: py3-none-any\n"),
  };
  for (const name of project["license-files"]) files[`${info}/licenses/${name}`] = readFileSync(`${folder}/${name}`);
  files[`${info}/RECORD`] = utf8(record(files, `${info}/RECORD`));
  return { fileName: `${distribution}-py3-none-any.whl`, version, bytes: zipSync(files, ZIP_OPTIONS) };
}

function readVersion(file: string): string {
  const version = /^__version__ = "([0-9.]+)"$/m.exec(readFileSync(file, "utf8"))?.[1];
  if (version === undefined) throw new Error(`${file} has no version.`);
  return version;
}

/** The files of the package by their names in the wheel, sorted, without what running them leaves behind. */
function packageFiles(folder: string): Record<string, Uint8Array> {
  const parent = folder.slice(0, folder.lastIndexOf("/") + 1);
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(py|typed)$/.test(entry.name))
    .map((entry) => `${entry.parentPath}/${entry.name}`.replaceAll("\\", "/"));
  return Object.fromEntries(paths.sort().map((path) => [path.slice(parent.length), readFileSync(path)]));
}

function metadata(project: Project, version: string, readme: string): string {
  const extras = Object.entries(project["optional-dependencies"]).flatMap(([extra, requirements]) => [
    `Provides-Extra: ${extra}`,
    ...requirements.map((requirement) => `Requires-Dist: ${requirement}; extra == '${extra}'`),
  ]);
  const headers = [
    "Metadata-Version: 2.4",
    `Name: ${project.name}`,
    `Version: ${version}`,
    `Summary: ${project.description}`,
    `License-Expression: ${project.license}`,
    ...project["license-files"].map((file) => `License-File: ${file}`),
    `Keywords: ${project.keywords.join(",")}`,
    ...project.classifiers.map((classifier) => `Classifier: ${classifier}`),
    `Requires-Python: ${project["requires-python"]}`,
    ...project.dependencies.map((requirement) => `Requires-Dist: ${requirement}`),
    ...extras,
    "Description-Content-Type: text/markdown",
  ];
  return `${headers.join("\n")}\n\n${readme}`;
}

/** The list of all files with their hashes, which has a line without a hash for itself. */
function record(files: Record<string, Uint8Array>, own: string): string {
  const lines = Object.entries(files).map(
    ([name, bytes]) => `${name},sha256=${createHash("sha256").update(bytes).digest("base64url")},${bytes.length}\n`,
  );
  return `${lines.join("")}${own},,\n`;
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
