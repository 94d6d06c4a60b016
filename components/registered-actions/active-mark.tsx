import { CirclePause, CirclePlay } from "lucide-react";
import { Badge, type BadgeLook } from "@/components/ui/badge";

export function ActiveMark({ isActive, quiet = true, ...look }: BadgeLook & { isActive: boolean }) {
  return isActive ? (
    <Badge tone="ok" icon={CirclePlay} label="Active" quiet={quiet} {...look} />
  ) : (
    <Badge tone="no" icon={CirclePause} label="Inactive" quiet={quiet} {...look} />
  );
}
