import { Button, Spinner } from "@fluentui/react-components";
import { useAssist } from "../api/queries/runs";
import { Loaded, Nothing, Trouble } from "../parts/States";
import { texts } from "../texts";
import type { useImages } from "./images";
import type { ViewState } from "./useView";
import { ALL_STATES, countFilters } from "./view";

/** Nobody sees a spinner for what is there at once. */
const PATIENCE_MS = 300;

interface BoardStateProps {
  projectId: string;
  query: ReturnType<typeof useImages>["query"];
  count: number;
  state: ViewState;
}

/** What is to be said below the images: that more are looked for, that this failed, or that there are none. */
export function BoardState({ query, count, projectId, state }: BoardStateProps) {
  if (query.isError)
    return <Trouble error={query.error} retry={() => void (query.data ? query.fetchNextPage() : query.refetch())} />;
  if (query.isPending || query.hasNextPage) {
    const words = count > 0 ? texts.data.loadingMore(count) : texts.data.loading;
    // Its label comes with the delay, too.
    return <Spinner delay={PATIENCE_MS} size="small" label={words} aria-label={words} />;
  }
  if (count > 0) return null;
  return state.view.filter.doubted ? <NoDoubts projectId={projectId} state={state} /> : <None state={state} />;
}

/** Why there is no label that the model doubts: most often because it has learned nothing yet. */
function NoDoubts({ projectId, state }: { projectId: string; state: ViewState }) {
  const assist = useAssist(projectId, true);
  const { view, set, clear } = state;
  return (
    <Loaded query={assist}>
      {({ enabled, learnedFrom, status, detail }) => {
        const showLabeled = <Button onClick={() => set({ doubted: null, suggested: null })}>{texts.data.showLabeled}</Button>;
        if (!enabled)
          return (
            <Nothing title={texts.data.noSuggestions} actions={showLabeled}>
              {texts.data.noSuggestionsWords}
            </Nothing>
          );
        if (learnedFrom === 0)
          return (
            <Nothing title={texts.data.notLearned} actions={showLabeled}>
              {detail ?? (status === "learning" ? texts.data.learning : texts.data.notLearnedWords)}
            </Nothing>
          );
        // The list itself is one of the filters.
        if (countFilters(view) > 1)
          return (
            <Nothing title={texts.data.noDoubts} actions={<Button onClick={clear}>{texts.data.clearAll}</Button>}>
              {texts.data.noDoubtsHere}
            </Nothing>
          );
        return (
          <Nothing title={texts.data.noDoubts} actions={showLabeled}>
            {texts.data.noDoubtsWords(learnedFrom)}
          </Nothing>
        );
      }}
    </Loaded>
  );
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
