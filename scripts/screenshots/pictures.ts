export interface Showcase {
  readonly workspaceId: string;
  /** The one that waits and is looked at. */
  readonly pendingRunId: string;
  readonly pendingToken: string;
  /** Approved and executed. */
  readonly doneRunId: string;
  readonly receiptId: string;
}

export interface Picture {
  readonly name: string;
  readonly window: "desktop" | "phone";
  readonly path: string;
  /** A text that is there once the page is. */
  readonly shows: string | RegExp;
  readonly isPublic?: boolean;
  readonly scrollBy?: number;
}

/** The pictures that the README and the documentation use; each in light and dark. */
export function picturesOf({ workspaceId, pendingRunId, pendingToken, doneRunId, receiptId }: Showcase): Picture[] {
  const workspace = `/workspaces/${workspaceId}`;
  return [
    { name: "approvals", window: "desktop", path: `/approvals?run=${pendingRunId}`, shows: "Why the agent asks" },
    { name: "decide", window: "phone", path: `/decide/${pendingToken}`, shows: "Approve", isPublic: true },
    { name: "overview", window: "desktop", path: workspace, shows: "Finance automations" },
    { name: "run", window: "desktop", path: `${workspace}/runs/${doneRunId}`, shows: "Executed" },
    { name: "register-action", window: "desktop", path: `${workspace}/actions/pay_supplier_invoice/edit`, shows: "Above an amount" },
    { name: "receipt", window: "desktop", path: `${workspace}/receipts/${receiptId}`, shows: "Was approval required?" },
    { name: "setup", window: "desktop", path: `${workspace}/setup`, shows: "Setup" },
  ];
}
