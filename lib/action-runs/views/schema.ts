import { z } from "zod";
import { parseRunSearch } from "@/lib/action-runs/list/schema";
import { VIEW_NAME_MAX_LENGTH } from "@/lib/domain/access/limits";
import { firstPage, paramsOf, runSearchParams } from "@/lib/domain/runs/run-search";
import { isStorableText } from "@/lib/domain/text/storable-text";

/** As many as fit in a short list. */
export const MAX_VIEWS = 30;

const name = z
  .string()
  .trim()
  .min(1, "Enter a name.")
  .max(VIEW_NAME_MAX_LENGTH, `Shorten the name to ${VIEW_NAME_MAX_LENGTH} characters.`)
  .refine((text) => isStorableText(text) && !/\p{Cc}/u.test(text), "Write the name on one line.");

/** The list's URL, reduced to its known parameters and the first page. */
const search = z
  .string()
  .max(10_000)
  .transform((text) => runSearchParams(firstPage(parseRunSearch(paramsOf(new URLSearchParams(text))))).toString());

export const newViewSchema = z.strictObject({ name, search });
export const renamedViewSchema = z.strictObject({ id: z.uuid(), name });
export const deletedViewSchema = z.strictObject({ id: z.uuid() });
