import { checkFile } from "./check-file";
import type { CheckAnswer, CheckRequest } from "./worker-check";

addEventListener("message", ({ data: { id, file, keysText, keptText } }: MessageEvent<CheckRequest>) => {
  void checkFile(file, keysText, keptText).then((outcome) => postMessage({ id, outcome } satisfies CheckAnswer));
});
