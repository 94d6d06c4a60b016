import { z } from "zod";

/** How far a run is that needs several approvals. */
export const approvalsSchema = z
  .object({
    stage: z.int().meta({ description: "The stage that people are asked in, from 1. Once all are complete, the last." }),
    stages: z.int().meta({ description: "How many stages there are." }),
    required: z.int().meta({ description: "How many people must approve in this stage." }),
    given: z.int().meta({ description: "How many of them have." }),
    by: z.array(z.string()).meta({ description: "The email addresses of those who have, in order." }),
  })
  .meta({
    id: "Approvals",
    description: "How far a run is that needs the approval of several people. While any is missing, it stays pending.",
  });

export type WireApprovals = z.infer<typeof approvalsSchema>;

/** Where a response has it. */
export const optionalApprovalsSchema = approvalsSchema
  .nullable()
  .optional()
  .meta({ description: "How many approvals the run needs and has. null if one is enough." });
