import { Button, Spinner } from "@fluentui/react-components";
import { Nothing, Trouble } from "../parts/States";
import { texts } from "../texts";
import type { useImages } from "./images";
import type { ViewState } from "./useView";
import { ALL_STATES, countFilters } from "./view";

/** Nobody sees a spinner for what is there at once. */
const PATIENCE_MS = 300;

interface BoardStateProps {
  query: ReturnType<typeof useImages>["query"];
  count: number;
  state: ViewState;
}

/** What is to be said below the images: that more are looked for, that this failed, or that there are none. */
export function BoardState({ query, count, state }: BoardStateProps) {
  if (query.isError)
    return <Trouble error={query.error} retry={() => void (query.data ? query.fetchNextPage() : query.refetch())} />;
  if (query.isPending || query.hasNextPage)
    return (
      <Spinner
        delay={PATIENCE_MS}
        size="small"
        label={count > 0 ? texts.data.loadingMore(count) : texts.data.loading}
      />
    );
  return count === 0 ? <None state={state} /> : null;
}

function None({ state }: { state: ViewState }) {
  const { view, set, clear } = state;
  const showAll = <Button onClick={() => set({ state: ALL_STATES })}>{texts.data.showAll}</Button>;
  if (state.progress?.total === 0) return <Nothing title={texts.data.noneAtAll}>{texts.data.noneAtAllWords}</Nothing>;
  if (view.sideBySide) return <Nothing title={texts.data.none}>{texts.data.noneGiven}</Nothing>;
  if (countFilters(view) === 0)
    return (
      <Nothing title={texts.data.noneLabeled} actions={showAll}>
        {texts.data.noneLabeledWords}
      </Nothing>
    );
  return (
    <Nothing title={texts.data.none} actions={<Button onClick={clear}>{texts.data.clearAll}</Button>}>
      {texts.data.noneWords}
    </Nothing>
  );
}
