import { CircleCheck } from "lucide-react";
import { Link } from "@/components/ui/link";

/** The name of an action, which leads to it if it's registered. */
export function RegisteredName({ workspaceId, name, isRegistered }: { workspaceId: string; name: string; isRegistered: boolean }) {
  if (!isRegistered) return <span className="font-mono text-xs text-ink wrap-anywhere">{name}</span>;
  return (
    <>
      <CircleCheck className="size-4 flex-none text-ok" aria-label="Registered" />
      <Link className="font-mono text-xs text-link wrap-anywhere" href={`/workspaces/${workspaceId}/actions/${name}`}>
        {name}
      </Link>
    </>
  );
}
