import { createHash } from "node:crypto";
import { makePythonWheel, type Wheel } from "./python-wheel";

export interface PythonPackage extends Wheel {
  readonly name: "daai-python";
  /** Where this console serves it. */
  readonly path: string;
  /** In hexadecimal, as pip reads it after `#sha256=`. */
  readonly sha256: string;
}

let python: PythonPackage | undefined;

/** The Python SDK that fits this console, made from its source when it is first asked for: some milliseconds, without Python. */
export function getPythonPackage(): PythonPackage {
  python ??= describe(makePythonWheel("sdk/python"));
  return python;
}

function describe(wheel: Wheel): PythonPackage {
  const sha256 = createHash("sha256").update(wheel.bytes).digest("hex");
  return { ...wheel, name: "daai-python", path: `/packages/${wheel.fileName}`, sha256 };
}
