import { Button, Field, Input, makeStyles, tokens } from "@fluentui/react-components";
import { useState } from "react";
import type { Member, MemberRole } from "../../api/types";
import { fieldMessage, unplaced } from "../../parts/fields";
import { Trouble } from "../../parts/States";
import { notify } from "../../shell/notices";
import { texts } from "../../texts";
import { RoleSelect } from "./RoleSelect";
import { memberNamed, useMembership } from "./useMembership";

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

/** Invites somebody by the name they sign in with; a member again, for whom that name is another account now. */
export function Invite({ projectId, members }: InviteProps) {
  const styles = useStyles();
  const { put, remove } = useMembership(projectId);
  const [typed, setTyped] = useState("");
  const [role, setRole] = useState<MemberRole>("labeler");
  const signInName = typed.trim();
  const known = memberNamed(members, signInName);
  const unsaid = unplaced(remove.error ?? put.error, "signInName");
  const invite = (signInName: string, role: MemberRole, said: (member: Member) => string) =>
    put.mutate(
      { signInName, role },
      {
        onSuccess: (member) => {
          setTyped("");
          notify(said(member));
        },
      },
    );
  const inviteAgain = (member: Member) =>
    remove.mutate(member.signInName, {
      onSuccess: () => invite(member.signInName, member.role, () => texts.members.invitedAgain(member.signInName)),
    });
  return (
    <>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (known?.userId) inviteAgain(known);
          else if (signInName && !known)
            invite(signInName, role, (member) => texts.members.invitedNow(member.signInName, texts.roles[member.role]));
        }}
      >
        <Field
          className={styles.grow}
          label={texts.members.signInName}
          validationMessage={known ? texts.members.isMember(!!known.userId) : fieldMessage(put.error, "signInName")}
        >
          <Input value={typed} placeholder={texts.members.placeholder} onChange={(_, data) => setTyped(data.value)} />
        </Field>
        <Field className={styles.role} label={texts.members.role}>
          <RoleSelect value={role} onChange={setRole} />
        </Field>
        <Button
          type="submit"
          className={styles.invite}
          disabled={!signInName || (known && !known.userId) || put.isPending || remove.isPending}
        >
          {known?.userId ? texts.members.inviteAgain : texts.members.invite}
        </Button>
      </form>
      {unsaid !== null && <Trouble error={unsaid} />}
    </>
  );
}
