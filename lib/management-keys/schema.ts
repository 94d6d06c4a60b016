import { z } from "zod";
import { MANAGEMENT_SCOPE_NAMES } from "@/lib/domain/access/management-scopes";
import { displayNameSchema } from "@/lib/domain/text/display-name";

export const managementKeyNameSchema = displayNameSchema();

/** Scopes, each once, in the order of their table. */
export const managementScopesSchema = z
  .array(z.enum(MANAGEMENT_SCOPE_NAMES))
  .min(1, { error: "Choose at least one scope" })
  .transform((scopes) => MANAGEMENT_SCOPE_NAMES.filter((scope) => scopes.includes(scope)));

export const newManagementKeySchema = z.strictObject({ name: managementKeyNameSchema, scopes: managementScopesSchema });
export type NewManagementKey = z.infer<typeof newManagementKeySchema>;

export const managementKeyIdSchema = z.strictObject({ id: z.uuid() });
