import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";

export function refuseUnknownAction(name: string): Refusal {
  return refuse("not_found", `There is no action named ${name} in this workspace.`);
}
