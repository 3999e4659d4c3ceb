import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { isProblem } from "../api/client";
import { useMe } from "../api/queries/me";
import type { Project } from "../api/types";
import { texts } from "../texts";
import { LinkButton } from "./LinkButton";
import { Loaded, Nothing } from "./States";

interface ProjectLoadedProps {
  query: Pick<UseQueryResult<Project>, "data" | "isError" | "error" | "refetch">;
  children: (project: Project) => ReactNode;
}

/** A page of a project; or why there is none. A project that is gone does not stay in sight, as it is no longer so. */
export function ProjectLoaded({ query, children }: ProjectLoadedProps) {
  const name = useMe().data?.name ?? "";
  if (!isProblem(query.error, 404)) return <Loaded query={query}>{children}</Loaded>;
  const why = query.error.kind === "no-longer-member" ? texts.gone.removed : texts.gone.unknown;
  return (
    <Nothing title={why.title} actions={<LinkButton to="/">{texts.notFound.home}</LinkButton>}>
      <div role="status">{why.words(name)}</div>
    </Nothing>
  );
}
