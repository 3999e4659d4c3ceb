import { Badge, type BadgeProps } from "@fluentui/react-components";
import { texts } from "../texts";

const COLORS = {
  queued: "informative",
  running: "brand",
  completed: "success",
  failed: "danger",
  waiting: "warning",
} as const satisfies Record<string, BadgeProps["color"]>;

interface RunBadgeProps {
  status: keyof typeof COLORS;
  icon?: BadgeProps["icon"];
}

/** How a refresh, an export or a training stands. */
export function RunBadge({ status, icon }: RunBadgeProps) {
  return (
    <Badge appearance="tint" color={COLORS[status]} icon={icon}>
      {texts.runs[status]}
    </Badge>
  );
}
