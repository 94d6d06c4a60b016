import { type ApprovalStage, type Approvals, isComplete } from "@/lib/domain/runs/approvals";

type Progress = Pick<Approvals, "stage" | "stages" | "required" | "given">;

/** "1 of 2 approvals given, stage 1 of 2"; "All approvals given". */
export function approvalsProgress(progress: Progress): string {
  const { stage, stages, required, given } = progress;
  if (stage === stages && isComplete(progress)) return "All approvals given";
  return `${given} of ${required} ${required === 1 ? "approval" : "approvals"} given${stages > 1 ? `, stage ${stage} of ${stages}` : ""}`;
}

/** Who must still approve in this stage: "1 of ann@example.com and ben@example.com". null: nobody. */
export function stillNeeded({ required, given }: Progress, waitingFor: readonly string[]): string | null {
  const missing = required - given;
  if (missing <= 0 || waitingFor.length === 0) return null;
  const names = new Intl.ListFormat("en-GB").format(waitingFor);
  return waitingFor.length <= missing ? names : `${missing} of ${names}`;
}

/** Whether one more approval is the last one. */
export function isLastNeeded({ stage, stages, required, given }: Progress): boolean {
  return stage === stages && required - given <= 1;
}

/** Whom a stage asks: "Finance (group)", or its people. */
export function askedText({ people, group }: Pick<ApprovalStage, "people" | "group">): string {
  if (group !== undefined) return `${group} (group)`;
  return people.length === 0 ? "Nobody" : new Intl.ListFormat("en-GB").format(people);
}

/** Who an action asks: "ann@example.com and ben@example.com would be asked."; with several, how many of them must approve. */
export function wouldBeAsked(stages: readonly ApprovalStage[]): string {
  const names = stages.map(askedText);
  if (stages.length === 1 && stages[0]?.approvals === 1) return `${names[0]} would be asked.`;
  const [first, ...later] = stages.map(({ approvals, people, group }, stage) =>
    group !== undefined || approvals < people.length ? `${approvals} of ${names[stage]}` : names[stage],
  );
  return `${first} would have to approve${later.map((next) => `, then ${next}`).join("")}.`;
}
