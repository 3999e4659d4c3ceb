import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { useEffect, useState } from "react";
import type { Project } from "../api/types";
import { Nothing } from "../parts/States";
import { texts } from "../texts";
import { Board } from "./Board";
import { Filters } from "./Filters";
import { rememberSearch } from "./lastView";
import type { Stepped } from "./actions";
import { SideBySide } from "./SideBySide";
import { useView, type ViewState } from "./useView";
import { neighbor, SIDE_BY_SIDE } from "./view";

const useStyles = makeStyles({
  // At least as high as the window below the head, so that the bar is at its bottom, however few images there are.
  whole: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalS, minHeight: "calc(100vh - 172px)" },
  list: { margin: 0, padding: 0, listStyleType: "none" },
});

function Unknown({ state }: { state: ViewState }) {
  const styles = useStyles();
  return (
    <Nothing
      title={texts.data.unknownTitle}
      actions={<Button onClick={state.clearUnknown}>{texts.data.clear(state.view.unknown.length)}</Button>}
    >
      <ul className={styles.list}>
        {state.view.unknown.map(({ part, value, isTooMuch }) => (
          <li key={`${part}|${value}`}>{isTooMuch ? texts.data.tooMuch(value) : texts.data.unknown[part](value)}</li>
        ))}
      </ul>
    </Nothing>
  );
}

/** All images of a project: to look through them, to reject, to change labels, to find mistakes. */
export default function DataTab({ project }: { project: Project }) {
  const styles = useStyles();
  const state = useView(project);
  const { view, set, search } = state;
  const [isPanelOpen, setPanelOpen] = useState(false);
  useEffect(() => rememberSearch(project.id, search), [project.id, search]);

  const step = (part: Stepped, by: 1 | -1) => {
    if (!view.sideBySide) return;
    const { labeler, labels } = view.filter;
    const next =
      part === "label"
        ? neighbor(project.labels.map(({ name }) => name), labels?.labels[0]?.name, by)
        : neighbor(state.labelers.map(({ userId }) => userId), labeler, by);
    set({ [part]: next ?? null });
  };
  const changeView = () => {
    if (view.sideBySide) return set({ view: null });
    const { filter } = view;
    return set({
      view: SIDE_BY_SIDE,
      state: null,
      reviewed: null,
      rejected: null,
      doubted: null,
      suggested: null,
      labeler: filter.labeler ?? state.labelers[0]?.userId ?? null,
      label: filter.labels?.labels[0]?.name ?? project.labels[0]?.name ?? null,
      group: null,
      match: null,
    });
  };

  const viewName = JSON.stringify([project.id, view.filter, view.sideBySide]);
  return (
    <div className={styles.whole}>
      {view.sideBySide ? (
        <SideBySide project={project} state={state} onStep={step} />
      ) : (
        <Filters project={project} state={state} />
      )}
      {view.unknown.length > 0 ? (
        <Unknown state={state} />
      ) : (
        <Board
          key={viewName}
          project={project}
          state={state}
          viewName={viewName}
          isPanelOpen={isPanelOpen}
          onPanel={setPanelOpen}
          onView={changeView}
          onStep={step}
        />
      )}
    </div>
  );
}
