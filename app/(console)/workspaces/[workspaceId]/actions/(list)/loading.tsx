import { ActionsSkeleton } from "@/components/registered-actions/actions-skeleton";

export default function Loading() {
  return <ActionsSkeleton />;
}
