import { Button, MessageBar, MessageBarActions, MessageBarBody } from "@fluentui/react-components";
import { texts } from "../texts";
import { outboxOf, useOutbox } from "./open";
import type { Refusal } from "./sendings";

function words(project: string, refusal: Refusal): string {
  switch (refusal.kind) {
    case "stale":
      return texts.outbox.stale(project, refusal.count);
    case "over":
      return texts.outbox.over(project);
    case "gone":
      return texts.outbox.gone(project);
    case "removed":
      return texts.outbox.removed(project);
    case "twice":
      return texts.outbox.twice(project, refusal.count);
    case "again":
      return texts.outbox.again(project, refusal.count, refusal.words);
    case "changed":
      return texts.outbox.changed(project, refusal.count);
    case "refused":
      return texts.outbox.refused(project, refusal.words);
  }
}

/** What the service has refused, until somebody has read it. */
export function Refusals({ user }: { user: string }) {
  const { refused } = useOutbox(user);
  return refused.map(({ key, project, refusal }) => {
    if (!refusal) return null;
    const isQuiet = refusal.kind === "stale" || refusal.kind === "changed";
    return (
      <MessageBar key={key} intent={isQuiet ? "info" : "warning"} role="status" shape="square">
        <MessageBarBody>{words(project, refusal)}</MessageBarBody>
        <MessageBarActions>
          {(refusal.kind === "gone" || refusal.kind === "removed") && (
            <Button size="small" onClick={() => outboxOf(user).sendAgain(key)}>
              {texts.outbox.sendAgain}
            </Button>
          )}
          <Button size="small" onClick={() => outboxOf(user).acknowledge(key)}>
            {texts.outbox.understood}
          </Button>
        </MessageBarActions>
      </MessageBar>
    );
  });
}
