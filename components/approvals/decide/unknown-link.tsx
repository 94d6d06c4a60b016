import { Unlink } from "lucide-react";
import { Link } from "@/components/ui/link";
import { Outcome } from "@/components/ui/outcome";

/** Reveals nothing to someone who guesses links, not even that the console has workspaces. */
export function UnknownLink() {
  return (
    <Outcome tone="no" icon={Unlink} title="This link isn’t valid">
      It may be incomplete or no longer active. Use the link in the latest email, or{" "}
      <Link className="text-link underline" href="/approvals" prefetch={false}>
        sign in
      </Link>{" "}
      to see your pending requests.
    </Outcome>
  );
}
