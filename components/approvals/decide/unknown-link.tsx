import { Unlink } from "lucide-react";
import Link from "next/link";
import { Outcome } from "@/components/ui/outcome";

/** Tells nothing to someone who only guesses, not even that a console has workspaces. */
export function UnknownLink() {
  return (
    <Outcome tone="no" icon={Unlink} title="This link cannot be used">
      It is not known here, or was not copied whole. Open it from the newest mail, or{" "}
      <Link className="text-link underline" href="/approvals" prefetch={false}>
        sign in
      </Link>{" "}
      to see what waits for you.
    </Outcome>
  );
}
