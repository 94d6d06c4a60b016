import { z } from "zod";
import { idSchema, timeSchema } from "./fields";
import { nextSchema } from "./manage-pages";

const managedEventSchema = z
  .object({
    id: idSchema,
    at: timeSchema,
    verb: z.string().meta({ description: "What happened, such as action.edited." }),
    actor: z.object({
      kind: z.enum(["person", "key", "console", "command_line"]),
      name: z.string(),
      detail: z.string().nullable().meta({ description: "An address, or what may be shown of a key." }),
    }),
    text: z.string().meta({ description: "The rest of a sentence that starts with the actor's name. Its words may change." }),
    comment: z.string().nullable().meta({ description: "What the person who decided wrote." }),
    action_run_id: idSchema.nullable(),
  })
  .meta({ id: "ManagedEvent" });

export const eventsResponseSchema = z.object({ events: z.array(managedEventSchema), next: nextSchema }).meta({ id: "EventsResponse" });
