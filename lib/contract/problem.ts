import { z } from "zod";
import { ERROR_CODE_NAMES } from "@/lib/domain/refusals/error-codes";

/** Every error answer (RFC 9457). Some codes bring more members, such as limit, used, resets_at. */
export const problemSchema = z
  .looseObject({
    type: z.string().meta({ description: "A link to the documentation of this code." }),
    title: z.string(),
    status: z.int(),
    code: z.enum(ERROR_CODE_NAMES),
    detail: z.string().meta({ description: "One sentence that says what to do." }),
    request_id: z.string(),
    errors: z
      .array(z.object({ path: z.string(), message: z.string() }))
      .optional()
      .meta({ description: "Each field that is not valid, with code validation_failed." }),
  })
  .meta({ id: "Problem" });

export type Problem = z.infer<typeof problemSchema>;
