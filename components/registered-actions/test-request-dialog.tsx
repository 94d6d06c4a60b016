"use client";

import { FlaskConical } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { Late } from "@/components/ui/late";
import { lateModule } from "@/components/ui/late-module";
import type { TestedAction } from "./test-request-form";

const lateForm = lateModule(() => import("./test-request-form").then((loaded) => loaded.TestRequestForm));

/** Sends a request as an app would, so that the approval can be seen before any code is written. Nothing of it ever runs. */
export function TestRequestDialog(action: TestedAction) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Dialog open={isOpen} onOpenChange={setIsOpen} content={lateForm} trigger={<Button icon={<FlaskConical />}>Send test request…</Button>}>
      <DialogContent
        title={`Send a test request for ${action.title}?`}
        description={
          <p>
            The policy decides about it, and approvers are emailed if a person has to. It is marked as a test everywhere. Nothing runs, and
            webhooks and Slack channels aren’t notified. The request and its emails count toward your limits.
          </p>
        }
      >
        <Late of={lateForm} props={action} />
      </DialogContent>
    </Dialog>
  );
}
