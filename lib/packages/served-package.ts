import { createHash } from "node:crypto";

interface PackageFile {
  readonly fileName: string;
  readonly version: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface ServedPackage extends PackageFile {
  readonly name: "daai-python" | "daai-js" | "daai-mcp";
  /** Where this console serves it. */
  readonly path: string;
  /** In hexadecimal, as pip reads it after `#sha256=`. */
  readonly sha256: string;
}

export function describePackage(name: ServedPackage["name"], file: PackageFile): ServedPackage {
  const sha256 = createHash("sha256").update(file.bytes).digest("hex");
  return { ...file, name, path: `/packages/${file.fileName}`, sha256 };
}
