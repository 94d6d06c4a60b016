import { TextArea } from "@/components/ui/text-area";
import { COMMENT_MAX_LENGTH } from "@/lib/domain/access/limits";

export function CommentArea({ hint, isRequired = false }: { hint: string; isRequired?: boolean }) {
  return <TextArea id="comment" name="comment" label="Comment" hint={hint} maxLength={COMMENT_MAX_LENGTH} isRequired={isRequired} />;
}
