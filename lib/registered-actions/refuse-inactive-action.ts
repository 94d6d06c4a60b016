import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";

/** Runs of an inactive action are neither approved nor claimed. Reversible, unlike a run's own statuses. */
export function refuseInactiveAction(name: string): Refusal {
  return refuse("action_inactive", `The action ${name} is inactive. Its runs can't be approved or claimed until someone activates it.`);
}
