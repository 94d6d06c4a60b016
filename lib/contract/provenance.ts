import { z } from "zod";
import { ACTOR_MAX_LENGTH, REASONING_MAX_LENGTH, SOURCE_REF_MAX_LENGTH, SOURCE_TYPE_MAX_LENGTH } from "@/lib/domain/access/limits";
import { isJsonObject, type JsonObject } from "@/lib/domain/json-value";
import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import { textOf } from "./fields";
import { validationIssues } from "./validation-issues";

export const actorSchema = textOf(0, ACTOR_MAX_LENGTH, "Who proposes: the name of the agent or program.");
export const reasoningSchema = textOf(0, REASONING_MAX_LENGTH, "Why, in the agent's own words. Not verified by the console.");
export const sourceSchema = z
  .strictObject({
    type: textOf(0, SOURCE_TYPE_MAX_LENGTH, "The kind of thing the proposal came from.").nullish(),
    ref: textOf(0, SOURCE_REF_MAX_LENGTH, "Which one, such as an id, a number or a link.").nullish(),
  })
  .meta({ id: "Source", description: "Where the proposal came from." });

export interface Source {
  type: string | null;
  ref: string | null;
}

/** Who proposes a run, why, and where it came from, in the agent's words. */
export interface Provenance {
  actor: string | null;
  reasoning: string | null;
  source: Source | null;
}

interface TopLevelProvenance {
  actor?: string | null | undefined;
  reasoning?: string | null | undefined;
  source?: z.infer<typeof sourceSchema> | null | undefined;
}

const embeddedSchema = z.object({
  actor: actorSchema.optional(),
  reasoning: reasoningSchema.optional(),
  source: z.object({ type: sourceSchema.shape.type, ref: sourceSchema.shape.ref }).optional(),
});

/**
 * The top level of a request wins over the same names inside its payload. In the payload only texts (and an object of
 * texts as `source`) are picked up; anything else is the app's own data. A text over its limit is refused.
 */
export function readProvenance(request: TopLevelProvenance, payload: JsonObject): { ok: true; provenance: Provenance } | Refusal {
  const embedded = embeddedSchema.safeParse({
    actor: isAbsent(request.actor) ? ownText(payload, "actor") : undefined,
    reasoning: isAbsent(request.reasoning) ? ownText(payload, "reasoning") : undefined,
    source: isAbsent(request.source) ? ownSource(payload) : undefined,
  });
  if (!embedded.success) {
    return refuse("validation_failed", "Shorten the fields named in errors.", {
      fields: { errors: validationIssues(embedded.error, "payload") },
    });
  }
  const source = request.source ?? embedded.data.source;
  return {
    ok: true,
    provenance: {
      actor: saidOrNull(request.actor ?? embedded.data.actor),
      reasoning: saidOrNull(request.reasoning ?? embedded.data.reasoning),
      source: source?.type || source?.ref ? { type: saidOrNull(source.type), ref: saidOrNull(source.ref) } : null,
    },
  };
}

/** An empty text counts as absent. */
function saidOrNull(text: string | null | undefined): string | null {
  return text || null;
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}

function ownText(object: JsonObject, name: string): string | undefined {
  const value = Object.hasOwn(object, name) ? object[name] : undefined;
  return typeof value === "string" ? value : undefined;
}

function ownSource(payload: JsonObject): { type: string | undefined; ref: string | undefined } | undefined {
  const source = Object.hasOwn(payload, "source") ? payload.source : undefined;
  if (!isJsonObject(source)) return undefined;
  const type = ownText(source, "type");
  const ref = ownText(source, "ref");
  return type === undefined && ref === undefined ? undefined : { type, ref };
}
