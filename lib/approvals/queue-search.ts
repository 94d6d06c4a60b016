import { z } from "zod";
import { DEFAULT_QUEUE_ORDER, QUEUE_SORTS, type QueueOrder } from "@/lib/domain/runs/queue-order";
import { isStorableText } from "@/lib/domain/text/storable-text";

export const QUEUE_TEXT_MAX_LENGTH = 200;

/** What of the queue its page shows, and in which order: everything that its address says besides the open run. */
export interface QueueSearch extends QueueOrder {
  readonly workspaceId: string | null;
  /** Words that a run must contain, wherever. */
  readonly text: string | null;
}

export const WHOLE_QUEUE: QueueSearch = { ...DEFAULT_QUEUE_ORDER, workspaceId: null, text: null };

const addressSchema = z.object({
  workspace: z.uuid().optional().catch(undefined),
  q: z.string().trim().min(1).max(QUEUE_TEXT_MAX_LENGTH).refine(isStorableText).optional().catch(undefined),
  sort: z.enum(QUEUE_SORTS).catch(DEFAULT_QUEUE_ORDER.sort),
  group: z.literal("action").optional().catch(undefined),
});

/** Reads the page's address. What cannot be understood is left out. */
export function parseQueueSearch(params: Readonly<Record<string, string | string[] | undefined>>): QueueSearch {
  const { workspace, q, sort, group } = addressSchema.parse(params);
  return { workspaceId: workspace ?? null, text: q ?? null, sort, isGrouped: group === "action" };
}
