import { mintContext } from "./mint-context";

/** For the holder of a decision link: acts as the approver the link was made for, in the workspace of its run. */
export function decisionLinkContext(link: { id: string; approverEmail: string; workspaceId: string }) {
  return mintContext({ type: "decision_link", linkId: link.id, email: link.approverEmail }, link.workspaceId);
}
