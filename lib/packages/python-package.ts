import { makePythonWheel } from "./python-wheel";
import { describePackage, type ServedPackage } from "./served-package";

let python: ServedPackage | undefined;

/** The Python SDK that fits this console, made from its source when it is first asked for: some milliseconds, without Python. */
export function getPythonPackage(): ServedPackage {
  python ??= describePackage("daai-python", makePythonWheel("sdk/python"));
  return python;
}
