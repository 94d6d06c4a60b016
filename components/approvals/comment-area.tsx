import { TextArea } from "@/components/ui/text-area";
import { COMMENT_MAX_LENGTH } from "@/lib/domain/limits";

export function CommentArea({ hint }: { hint: string }) {
  return <TextArea id="comment" name="comment" label="Comment" hint={hint} maxLength={COMMENT_MAX_LENGTH} />;
}
