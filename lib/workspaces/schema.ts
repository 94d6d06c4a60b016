import { z } from "zod";
import { emailSchema } from "@/lib/users/schema";

const name = z.string().trim().min(1, { error: "must not be empty" }).max(100, { error: "must have at most 100 characters" });

export const workspaceSchema = z.strictObject({ ownerEmail: emailSchema, name, clientName: name });
export type NewWorkspace = z.input<typeof workspaceSchema>;
