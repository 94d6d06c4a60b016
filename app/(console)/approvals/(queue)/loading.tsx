import { QueueSkeleton } from "@/components/approvals/queue/queue-skeleton";

export default QueueSkeleton;
