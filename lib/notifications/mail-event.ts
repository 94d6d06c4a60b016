import { z } from "zod";

/** The parts of a Resend event that are used; the others are not validated. */
export const mailEventSchema = z.object({
  type: z.string().max(100),
  created_at: z.string().max(100),
  data: z
    .object({
      email_id: z.string().max(200).optional(),
      tags: z.record(z.string(), z.string()).optional().catch(undefined),
      bounce: z.object({ message: z.string().optional(), type: z.string().optional() }).optional().catch(undefined),
      failed: z.object({ reason: z.string().optional() }).optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
});
export type MailEvent = z.infer<typeof mailEventSchema>;
