import { QueueSkeleton } from "@/components/approvals/queue-skeleton";

export default QueueSkeleton;
