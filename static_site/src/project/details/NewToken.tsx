import { Field } from "@fluentui/react-components";
import { useState } from "react";
import { api, ok } from "../../api/client";
import type { MemberRole, Project } from "../../api/types";
import { texts } from "../../texts";
import { NewTokenDialog } from "../../tokens/NewTokenDialog";
import { RoleSelect } from "./RoleSelect";

interface NewTokenProps {
  project: Project;
  onMade: () => void;
  onClose: () => void;
}

/** Makes an access token of the project, with a role in it. */
export function NewToken({ project, onMade, onClose }: NewTokenProps) {
  const [role, setRole] = useState<MemberRole>("labeler");
  const make = async (name: string, days: number) => {
    const made = await ok(
      api.POST("/api/projects/{project_id}/tokens", {
        params: { path: { project_id: project.id } },
        body: { name, role, expiresInDays: days },
      }),
    );
    return made.token;
  };
  const example = (token: string) => ({
    label: texts.tokens.example,
    command: `curl -H "X-Access-Token: ${token}" ${location.origin}/api/projects/${project.id}`,
  });
  return (
    <NewTokenDialog make={make} example={example} onMade={onMade} onClose={onClose}>
      <Field label={texts.tokens.role}>
        <RoleSelect value={role} onChange={setRole} />
      </Field>
    </NewTokenDialog>
  );
}
