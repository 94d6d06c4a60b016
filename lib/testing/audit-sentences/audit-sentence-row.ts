import type { AuditVerb } from "@/lib/audit/record-audit-event";
import type { JsonObject } from "@/lib/domain/json-value";

/** Verb, what was recorded, what it is about, and the sentence after the name of who did it. */
export type AuditSentenceRow = [AuditVerb, JsonObject, string | null, string];
