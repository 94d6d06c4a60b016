import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose-gc");
/** A full garbage collection, now. */
export const collectGarbage = runInNewContext("gc") as () => void;
