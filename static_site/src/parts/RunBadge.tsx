import { Badge, Spinner, type BadgeProps } from "@fluentui/react-components";
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
  /** Whether something turns in it while the run goes on. */
  turning?: boolean;
}

/** How a refresh, an export or a training stands. */
export function RunBadge({ status, turning = false }: RunBadgeProps) {
  const turns = turning && status === "running";
  return (
    <Badge
      appearance="tint"
      color={COLORS[status]}
      icon={turns ? <Spinner size="extra-tiny" aria-hidden /> : undefined}
    >
      {texts.runs[status]}
    </Badge>
  );
}
