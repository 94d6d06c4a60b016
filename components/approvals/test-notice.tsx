import { FlaskConical } from "lucide-react";
import { Notice } from "@/components/ui/notice";

/** The console's own mark of a test request. Nothing an agent writes can produce it. */
export function TestNotice({ size = "md" }: { size?: "md" | "lg" }) {
  return (
    <Notice tone="live" icon={FlaskConical} size={size} title="This is a test.">
      It was sent from the console to try the action. Nothing runs, whatever is decided.
    </Notice>
  );
}
