import { isSamePerson, personOf } from "@/lib/domain/access/same-person";

/** One of the stages in which people say yes: how many of these must. */
export interface ApprovalStage {
  readonly approvals: number;
  readonly people: readonly string[];
  /** Whose members they are; absent: they were named one by one. */
  readonly group?: string;
}

/** Whom a rule asks in place of the action's approvers. */
export interface RuleApprovers extends ApprovalStage {
  readonly rule: string;
}

/** A request's stages, as they were when people were asked. null: one approval is enough. */
export function stagesOf({ stages }: { stages: unknown }): readonly ApprovalStage[] | null {
  // The database wrote them from the action's, which the schema checked.
  return stages as ApprovalStage[] | null;
}

/** One person's yes. */
export interface CastVote {
  readonly by: string;
  /** From 1. */
  readonly stage: number;
  /** RFC 3339, UTC, milliseconds. */
  readonly at: string;
  readonly channel: string;
  readonly comment: string | null;
}

/** How far a run with several approvals is. */
export interface Approvals {
  /** Where it is: the first stage that is not complete, or the last one. From 1. */
  readonly stage: number;
  readonly stages: number;
  /** How many must say yes in this stage, and how many did. */
  readonly required: number;
  readonly given: number;
  /** Who did, in order. */
  readonly by: readonly string[];
  /** Every yes that counts, of all stages, in order. */
  readonly votes: readonly CastVote[];
}

/** `daai_approvals` in SQL. The votes are those that count, in order. A test compares the two. */
export function approvalsOf(stages: readonly Pick<ApprovalStage, "approvals">[], votes: readonly CastVote[]): Approvals {
  const byStage = stages.map(({ approvals: required }, index) => ({
    stage: index + 1,
    required,
    by: votes.filter((vote) => vote.stage === index + 1).map(({ by }) => by),
  }));
  const current = byStage.find(({ required, by }) => by.length < required) ?? byStage.at(-1);
  if (!current) throw new Error("A run with several approvals has a stage.");
  return { stage: current.stage, stages: stages.length, required: current.required, given: current.by.length, by: current.by, votes };
}

/** Whether nobody's yes is missing anymore. */
export function isComplete({ required, given }: Pick<Approvals, "required" | "given">): boolean {
  return given >= required;
}

/**
 * In whose place somebody answers: their own if the stage lists them, else that of the listed approver they stand in for or took the request
 * over from, through any number of absences and reassignments. People asked for another reason, such as escalation contacts, have a place of
 * their own, which whoever answers for them takes. `standsFor` says by person (`personOf`) whom somebody answers for.
 */
export function placeOf(
  email: string,
  { people, standsFor }: { people: readonly string[]; standsFor: ReadonlyMap<string, string> },
): string {
  const chain = placesFrom(email, standsFor);
  return chain.find((one) => people.some((listed) => isSamePerson(listed, one))) ?? chain.at(-1) ?? email;
}

/** Somebody, for whom they answer, for whom that person does, and so on. */
export function placesFrom(email: string, standsFor: ReadonlyMap<string, string>): string[] {
  const chain: string[] = [];
  for (let one: string | undefined = email; one !== undefined; one = standsFor.get(personOf(one))) {
    const [here, seen]: [string, string[]] = [one, chain];
    if (seen.some((earlier) => isSamePerson(earlier, here))) break;
    chain.push(one);
  }
  return chain;
}
