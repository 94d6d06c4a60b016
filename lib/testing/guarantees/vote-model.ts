import type { SequentialModel } from "./linearizable";

/** Two of three, then one. */
export const STAGES = [
  { people: ["ann", "ben", "chi"], approvals: 2 },
  { people: ["dot"], approvals: 1 },
] as const;
export const PEOPLE = STAGES.flatMap(({ people }) => [...people]);
/** What is proposed, and what an approver may make of it. */
export const PROPOSED = 100;
export const LESS = [90, 80] as const;

export type Call =
  | { readonly act: "take_back" | "reject"; readonly person: string }
  /** `saw`: the amount on the page they answer from; null: a page of the release before, which doesn't say. */
  | { readonly act: "approve"; readonly person: string; readonly saw: number | null }
  | { readonly act: "change"; readonly person: string; readonly saw: number | null; readonly to: number }
  | { readonly act: "withdraw" | "claim" | "look" | "pass_time" | "end" | "freeze" | "thaw" };

type Status = "pending_approval" | "approved" | "rejected";

interface State {
  readonly status: Status;
  readonly isClaimed: boolean;
  readonly isWithdrawn: boolean;
  /** The time for the approvals, or then for the claim, is over. The console has yet to say so. */
  readonly isOver: boolean;
  readonly isFrozen: boolean;
  /** Whose yes counts: to the amount that is decided on now. */
  readonly votes: readonly string[];
  readonly change: { readonly by: string; readonly amount: number } | null;
  readonly wasEverChanged: boolean;
}
/** What the caller is told: the status after it, or that it was refused. A claim says what to execute. */
export type Answer = Status | "refused" | `claimed ${number}` | "passed" | "frozen" | "thawed";

const stageOf = (votes: readonly string[]) =>
  STAGES.find(({ people, approvals }) => votes.filter((voter) => (people as readonly string[]).includes(voter)).length < approvals);
const amountOf = ({ change }: State) => change?.amount ?? PROPOSED;

const isAsked = (state: State, person: string) =>
  isPending(state) && !state.votes.includes(person) && ((stageOf(state.votes)?.people ?? []) as readonly string[]).includes(person);
const isPending = ({ status, isOver }: State) => status === "pending_approval" && !isOver;
const isFree = ({ status, isClaimed, isOver }: State) => status === "approved" && !isClaimed && !isOver;
const mayEnd = ({ status, isClaimed }: State) => status !== "rejected" && !isClaimed;

/** Nobody approves an amount that they weren't shown. */
const hasSeen = (state: State, saw: number | null) => (saw === null ? !state.wasEverChanged : saw === amountOf(state));

/** What one console does that answers one call after the other. */
export const oneConsole: SequentialModel<State, Call, Answer> = {
  initial: {
    status: "pending_approval",
    isClaimed: false,
    isWithdrawn: false,
    isOver: false,
    isFrozen: false,
    votes: [],
    change: null,
    wasEverChanged: false,
  },
  next(state, call) {
    const refused = { state, answer: "refused" } as const;
    const to = (after: Partial<State>) => ({ state: { ...state, ...after }, answer: after.status ?? state.status });
    switch (call.act) {
      case "look":
        return { state, answer: state.status };
      case "approve": {
        if (!isAsked(state, call.person) || state.isFrozen || !hasSeen(state, call.saw)) return refused;
        const votes = [...state.votes, call.person].sort();
        return to({ votes, status: stageOf(votes) ? "pending_approval" : "approved" });
      }
      case "change": {
        if (!isAsked(state, call.person) || state.isFrozen || !hasSeen(state, call.saw) || call.to === amountOf(state)) return refused;
        // Every yes before it was to another amount.
        return to({ votes: [call.person], change: { by: call.person, amount: call.to }, wasEverChanged: true });
      }
      case "reject":
        return isAsked(state, call.person) ? to({ status: "rejected" }) : refused;
      case "take_back": {
        if (!state.votes.includes(call.person)) return refused;
        // A change ends with its author's yes, and with it every yes to it.
        if (isPending(state) && state.change?.by === call.person) return to({ votes: [], change: null });
        if (isPending(state)) return to({ votes: state.votes.filter((voter) => voter !== call.person) });
        return isFree(state) ? to({ status: "rejected" }) : refused;
      }
      case "withdraw":
        // Withdrawing again is a replay.
        return isPending(state) || isFree(state) || state.isWithdrawn ? to({ status: "rejected", isWithdrawn: true }) : refused;
      case "claim":
        if (!isFree(state) || state.isFrozen) return refused;
        return { state: { ...state, isClaimed: true }, answer: `claimed ${amountOf(state)}` };
      case "pass_time":
        return { state: { ...state, isOver: state.isOver || mayEnd(state) }, answer: "passed" };
      case "end":
        return state.isOver && mayEnd(state) ? to({ status: "rejected" }) : refused;
      case "freeze":
        return state.isFrozen ? refused : { state: { ...state, isFrozen: true }, answer: "frozen" };
      case "thaw":
        return state.isFrozen ? { state: { ...state, isFrozen: false }, answer: "thawed" } : refused;
    }
  },
};
