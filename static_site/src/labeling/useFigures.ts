import { useState } from "react";
import { useProgress } from "../api/queries/projects";
import type { Progress, Project } from "../api/types";
import { useOutbox } from "../outbox/open";
import { isClear, withSubmitted } from "./figures";

const REFRESH_MS = 15_000;

/** The project's figures, which move with each submission at once and never back. */
export function useFigures(project: Project, user: string): Progress | undefined {
  const { id: projectId, opinions } = project;
  const isDecided = opinions.most === 1 && opinions.until === null;
  const { data } = useProgress(projectId, REFRESH_MS);
  const outbox = useOutbox(user);
  const [clear, setClear] = useState(data);
  if (data && data !== clear && (!clear || isClear(data, outbox, projectId))) setClear(data);
  return clear && withSubmitted(clear, outbox, projectId, user, isDecided);
}
