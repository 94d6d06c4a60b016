import { z } from "zod";
import { isStorableText } from "@/lib/domain/text/storable-text";
import { CHANGED_TEXT_MAX_LENGTH, MAX_CHANGEABLE_FIELDS, MAX_CHANGEABLE_VALUES } from "./changeable-fields";
import { isFieldPath } from "./payload-fields";

const VALUE_MAX_LENGTH = 200;

const field = z.string().refine(isFieldPath, { error: "must be a field name, or field names joined by dots" });

const fieldSchema = z.discriminatedUnion("kind", [
  z.strictObject({ field, kind: z.literal("not_above") }),
  z.strictObject({
    field,
    kind: z.literal("one_of"),
    values: z
      .array(
        z
          .string()
          .min(1, { error: "must not be empty" })
          .max(VALUE_MAX_LENGTH, { error: `must have at most ${VALUE_MAX_LENGTH} characters` })
          .refine(isStorableText, { error: "must be plain text" }),
      )
      .min(1, { error: "must list at least one value" })
      .max(MAX_CHANGEABLE_VALUES, { error: `must list at most ${MAX_CHANGEABLE_VALUES} values` })
      .refine((values) => new Set(values).size === values.length, { error: "must list each value once" }),
  }),
  z.strictObject({
    field,
    kind: z.literal("text"),
    maxLength: z
      .int({ error: `must be a whole number from 1 to ${CHANGED_TEXT_MAX_LENGTH}` })
      .min(1, { error: `must be a whole number from 1 to ${CHANGED_TEXT_MAX_LENGTH}` })
      .max(CHANGED_TEXT_MAX_LENGTH, { error: `must be a whole number from 1 to ${CHANGED_TEXT_MAX_LENGTH}` }),
  }),
]);

export const changeableFieldsSchema = z
  .array(fieldSchema)
  .max(MAX_CHANGEABLE_FIELDS, { error: `must be at most ${MAX_CHANGEABLE_FIELDS} fields` })
  .superRefine((fields, context) => {
    const seen: string[] = [];
    for (const [place, { field: path }] of fields.entries()) {
      // A field inside another one could be changed twice at once.
      const other = seen.find((one) => one === path || one.startsWith(`${path}.`) || path.startsWith(`${one}.`));
      if (other !== undefined)
        context.addIssue({ code: "custom", path: [place, "field"], message: `must name each field once: ${other} is in the list already` });
      seen.push(path);
    }
  });
