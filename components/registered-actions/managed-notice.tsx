import { FileCode2 } from "lucide-react";
import { Notice } from "@/components/ui/notice";
import type { ManagedAction } from "@/lib/contract/manage-actions";
import { shortCommit } from "@/lib/domain/policy/managed-by-text";

/** Where the action comes from, if a file: on its page, and before someone edits it by hand. */
export function ManagedNotice({ managedBy, isEdited = false }: { managedBy: ManagedAction["managed_by"]; isEdited?: boolean }) {
  if (managedBy === null) return null;
  const { file, commit, is_current: isCurrent } = managedBy;
  const title = (
    <>
      Managed by <code className="font-mono text-xs">{file}</code>
      {commit === null ? null : (
        <>
          {" "}
          at <code className="font-mono text-xs">{shortCommit(commit)}</code>
        </>
      )}
    </>
  );
  if (isEdited)
    return (
      <Notice tone="wait" icon={FileCode2} title={title}>
        The next time the file is applied, it replaces what you save here. Change the file instead, or both.
      </Notice>
    );
  return isCurrent ? (
    <Notice tone="no" icon={FileCode2} title={title} />
  ) : (
    <Notice tone="wait" icon={FileCode2} title={title}>
      The action was changed elsewhere since. The next time the file is applied, it replaces that.
    </Notice>
  );
}
