import { ActionSkeleton } from "@/components/registered-actions/action-skeleton";

export default function Loading() {
  return <ActionSkeleton />;
}
