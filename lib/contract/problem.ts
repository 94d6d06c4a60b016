import { z } from "zod";
import { ERROR_CODE_NAMES } from "@/lib/domain/refusals/error-codes";

/** Every error response (RFC 9457). Some codes add more members, such as limit, used and resets_at. */
export const problemSchema = z
  .looseObject({
    type: z.string().meta({ description: "A link to this code's documentation." }),
    title: z.string(),
    status: z.int(),
    code: z.enum(ERROR_CODE_NAMES),
    detail: z.string().meta({ description: "What happened in this request, and what to do." }),
    request_id: z.string(),
    errors: z
      .array(z.object({ path: z.string(), message: z.string() }))
      .optional()
      .meta({ description: "Each field that isn't valid, with code validation_failed." }),
  })
  .meta({ id: "Problem" });

export type Problem = z.infer<typeof problemSchema>;
