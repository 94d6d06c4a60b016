import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";

export function refuseUnknownAction(name: string): Refusal {
  return refuse("not_found", `This workspace has no action named ${name}.`);
}
