import { Search } from "lucide-react";
import { Button } from "@/components/ui/button";
import { TextInput } from "@/components/ui/text-input";

/** An ordinary form: the words stand in the address, and no script is needed. */
export function SearchForm({ action, label, words }: { action: string; label: string; words: string }) {
  return (
    <form className="mb-3 flex max-w-96 gap-2" action={action} role="search" key={words}>
      <TextInput type="search" name="q" defaultValue={words} placeholder={label} aria-label={label} maxLength={200} />
      <Button type="submit" icon={<Search />}>
        Search
      </Button>
    </form>
  );
}
