import { Text } from "@fluentui/react-components";
import { useMutation } from "@tanstack/react-query";
import { api, ok } from "../api/client";
import { allTokensQuery, peopleQuery } from "../api/queries/people";
import { askAgain } from "../api/queryClient";
import type { Person } from "../api/types";
import { FormDialog } from "../parts/FormDialog";
import { texts } from "../texts";

export type Action = "block" | "unblock" | "erase" | "letIn";

export interface Asked {
  person: Person;
  action: Action;
}

/** What is said before it is done; somebody is unblocked at once. */
type Confirmed = Asked & { action: keyof typeof texts.people.dialogs };

export function needsConfirming(asked: Asked): asked is Confirmed {
  return asked.action in texts.people.dialogs;
}

/** Does what is asked, and reads again what it has changed. */
export function usePersonAction(onDone: () => void) {
  return useMutation({
    mutationFn: async ({ person, action }: Asked) => {
      const params = { params: { path: { user_id: person.userId } } };
      if (action === "block") await ok(api.PUT("/api/people/{user_id}/block", params));
      else if (action === "erase") await ok(api.DELETE("/api/people/{user_id}", params));
      else await ok(api.DELETE("/api/people/{user_id}/block", params));
    },
    onSuccess: async () => {
      await askAgain(peopleQuery, allTokensQuery);
      onDone();
    },
  });
}

interface PersonDialogProps {
  asked: Confirmed;
  pending: boolean;
  error: unknown;
  onSubmit: () => void;
  onClose: () => void;
}

/** Says what will become of somebody before it is done. */
export function PersonDialog({ asked: { person, action }, pending, error, onSubmit, onClose }: PersonDialogProps) {
  const said = texts.people.dialogs[action];
  return (
    <FormDialog
      title={said.title(person.name)}
      button={said.button}
      danger={action !== "letIn"}
      pending={pending}
      error={error}
      onSubmit={onSubmit}
      onClose={onClose}
    >
      {said.words.map((words) => (
        <Text key={words}>{words}</Text>
      ))}
    </FormDialog>
  );
}
