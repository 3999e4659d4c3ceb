import { Input, type InputProps } from "@fluentui/react-components";
import { SearchRegular } from "@fluentui/react-icons";
import { texts } from "../texts";

interface TagSearchProps extends Pick<InputProps, "id" | "value" | "onChange" | "onKeyDown"> {
  count: number;
}

/** The search among tags. Loaded where it is needed: most projects have few labels. */
export default function TagSearch({ count, ...props }: TagSearchProps) {
  return (
    <Input
      {...props}
      type="search"
      contentBefore={<SearchRegular />}
      placeholder={texts.tagging.searchTags(count)}
      aria-label={texts.tagging.searchLabel}
    />
  );
}
