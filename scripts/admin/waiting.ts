import type { CommandResult } from "./add-command";

/** What a command says whose change a second person has to confirm. */
export function waiting(proposalId: string): CommandResult {
  return {
    document: { proposal_id: proposalId, status: "pending" },
    text: "Nothing was changed yet. This workspace asks for a second person, so an owner or admin has to confirm it in the console.",
  };
}
