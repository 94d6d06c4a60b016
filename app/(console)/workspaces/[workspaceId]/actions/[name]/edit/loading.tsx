import { ActionFormSkeleton } from "@/components/registered-actions/action-form-skeleton";

export default function Loading() {
  return <ActionFormSkeleton />;
}
