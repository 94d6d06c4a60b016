"use client";

import { Link2, Share2 } from "lucide-react";
import { Button } from "@/components/ui/button";
import { DialogClose, DialogFooter } from "@/components/ui/dialog";
import { Late } from "@/components/ui/late";
import { lateModule } from "@/components/ui/late-module";
import { Notice } from "@/components/ui/notice";
import { SecretDialog } from "@/components/ui/secret-dialog";
import { SecretValue } from "@/components/ui/secret-value";

const lateForm = lateModule(() => import("./share-form").then((loaded) => loaded.ShareForm));

/** Creates a link to a receipt, and shows it once: it can't be retrieved later. */
export function ShareDialog({ workspaceId, receiptId }: { workspaceId: string; receiptId: string }) {
  return (
    <SecretDialog<string>
      trigger={<Button icon={<Share2 />}>Share</Button>}
      title="Share receipt"
      shownTitle="Link to this receipt"
      description="Anyone with the link can read, print and verify the receipt without an account. You can revoke the link."
      content={lateForm}
      form={(onMade) => <Late of={lateForm} props={{ workspaceId, receiptId, onMade }} />}
      shown={(url) => <LinkShown url={url} />}
    />
  );
}

function LinkShown({ url }: { url: string }) {
  return (
    <div className="grid gap-3">
      <Notice tone="wait" icon={Link2} title="Copy it now.">
        It’s shown only once, because the console stores only a fingerprint of it. Anyone who has it can read the receipt.
      </Notice>
      <SecretValue value={url} label="Copy the link" />
      <DialogFooter>
        <DialogClose>
          <Button variant="primary">I have copied it</Button>
        </DialogClose>
      </DialogFooter>
    </div>
  );
}
