import { Badge, makeStyles, type BadgeProps } from "@fluentui/react-components";
import type { Project } from "../api/types";
import { texts } from "../texts";

const COLORS: Record<Project["status"], BadgeProps["color"]> = {
  creating: "brand",
  created: "success",
  paused: "warning",
  failed: "danger",
};

const useStyles = makeStyles({ whole: { flexShrink: 0 } });

interface ProjectStatusProps {
  project: Project;
  quietWhenCreated?: boolean;
}

export function ProjectStatus({ project, quietWhenCreated }: ProjectStatusProps) {
  const styles = useStyles();
  if (quietWhenCreated && project.status === "created") return null;
  return (
    <Badge className={styles.whole} appearance="tint" color={COLORS[project.status]}>
      {texts.projectStatus[project.status]}
    </Badge>
  );
}
