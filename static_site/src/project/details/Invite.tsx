import { Button, Field, Input, makeStyles, tokens } from "@fluentui/react-components";
import { useState } from "react";
import type { Member, MemberRole } from "../../api/types";
import { fieldMessage, unplaced } from "../../parts/fields";
import { Trouble } from "../../parts/States";
import { notify } from "../../shell/notices";
import { texts } from "../../texts";
import { RoleSelect } from "./RoleSelect";
import { useMembership } from "./useMembership";

const useStyles = makeStyles({
  form: { display: "flex", alignItems: "flex-start", gap: tokens.spacingHorizontalS, flexWrap: "wrap" },
  grow: { flex: "1 1 160px", minWidth: 0 },
  role: { width: "148px", minWidth: 0 },
  invite: { marginTop: "26px" },
});

interface InviteProps {
  projectId: string;
  members: readonly Member[];
}

/** Invites somebody by the name they sign in with. */
export function Invite({ projectId, members }: InviteProps) {
  const styles = useStyles();
  const { put } = useMembership(projectId);
  const [typed, setTyped] = useState("");
  const [role, setRole] = useState<MemberRole>("labeler");
  const signInName = typed.trim();
  const isMember = members.some((member) => member.signInName.toLowerCase() === signInName.toLowerCase());
  const unsaid = unplaced(put.error, "signInName");
  return (
    <>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (!signInName || isMember) return;
          put.mutate(
            { signInName, role },
            {
              onSuccess: (member) => {
                setTyped("");
                notify(texts.members.invitedNow(member.signInName, texts.roles[member.role]));
              },
            },
          );
        }}
      >
        <Field
          className={styles.grow}
          label={texts.members.signInName}
          validationMessage={isMember ? texts.members.isMember : fieldMessage(put.error, "signInName")}
        >
          <Input value={typed} placeholder={texts.members.placeholder} onChange={(_, data) => setTyped(data.value)} />
        </Field>
        <Field className={styles.role} label={texts.members.role}>
          <RoleSelect value={role} onChange={setRole} />
        </Field>
        <Button type="submit" className={styles.invite} disabled={!signInName || isMember || put.isPending}>
          {texts.members.invite}
        </Button>
      </form>
      {unsaid !== null && <Trouble error={unsaid} />}
    </>
  );
}
