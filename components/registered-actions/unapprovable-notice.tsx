import { Users } from "lucide-react";
import { Notice } from "@/components/ui/notice";
import { type UnapprovableAction, unapprovableMessage } from "@/lib/words/unapprovable-messages";

/** Actions that ask for four eyes where there are only two. Nothing when there are none. */
export function UnapprovableNotice({ actions }: { actions: readonly UnapprovableAction[] }) {
  if (actions.length === 0) return null;
  return (
    <div className="mb-4 grid gap-2">
      {actions.map((action) => (
        <Notice key={`${action.name} ${action.maker}`} tone="stop" icon={Users} title="Nobody can approve its runs.">
          {unapprovableMessage(action)}
        </Notice>
      ))}
    </div>
  );
}
