import { Badge, type BadgeProps } from "@fluentui/react-components";
import type { Project } from "../api/types";
import { texts } from "../texts";

const COLORS: Record<Project["status"], BadgeProps["color"]> = {
  creating: "brand",
  created: "success",
  paused: "warning",
  failed: "danger",
};

interface ProjectStatusProps {
  project: Project;
  quietWhenCreated?: boolean;
}

export function ProjectStatus({ project, quietWhenCreated }: ProjectStatusProps) {
  if (quietWhenCreated && project.status === "created") return null;
  return (
    <Badge appearance="tint" color={COLORS[project.status]}>
      {texts.projectStatus[project.status]}
    </Badge>
  );
}
