import { lateModule, preload } from "@/components/ui/late-module";
import type { CheckOutcome } from "./check-file";

/** A check is a third of the code of a page that has one, and most of its readers see the page before they need it. */
const lateCheck = lateModule(() => import("./check-file"));

export const loadCheck = () => preload(lateCheck);

export function checkInPage(file: Blob, keysText: string, keptText?: string): Promise<CheckOutcome> {
  return lateCheck.load().then(
    ({ checkFile }) => checkFile(file, keysText, keptText),
    () => ({ obstacle: "The code that verifies couldn’t be loaded. Reload the page, then try again." }),
  );
}
