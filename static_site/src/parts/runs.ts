import type { BadgeProps } from "@fluentui/react-components";

export const RUN_COLORS = {
  queued: "informative",
  running: "brand",
  completed: "success",
  failed: "danger",
} as const satisfies Record<string, BadgeProps["color"]>;
