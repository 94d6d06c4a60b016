import { Search } from "lucide-react";
import { Button } from "@/components/ui/button";
import { FilterForm } from "@/components/ui/filter-form";
import { TextInput } from "@/components/ui/text-input";

export function SearchForm({ action, label, words }: { action: string; label: string; words: string }) {
  return (
    <FilterForm className="mb-3 flex max-w-96 gap-2" action={action} role="search" key={words}>
      <TextInput type="search" name="q" defaultValue={words} placeholder={label} aria-label={label} maxLength={200} />
      <Button type="submit" icon={<Search />}>
        Search
      </Button>
    </FilterForm>
  );
}
