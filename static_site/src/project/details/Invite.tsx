import { Button, Field, MessageBar, MessageBarBody, Textarea, makeStyles, tokens } from "@fluentui/react-components";
import { useState } from "react";
import type { Member, MemberRole } from "../../api/types";
import { CopyLink } from "../../parts/CopyLink";
import { Trouble } from "../../parts/States";
import { useKept } from "../../parts/useKept";
import { notify } from "../../parts/notices";
import { texts } from "../../texts";
import { namesIn, type Invited } from "./inviting";
import { RoleSelect } from "./RoleSelect";
import { memberNamed, useMembership } from "./useMembership";

const useStyles = makeStyles({
  form: { display: "flex", alignItems: "flex-start", gap: tokens.spacingHorizontalS, flexWrap: "wrap" },
  grow: { flex: "1 1 200px", minWidth: 0 },
  role: { width: "148px", minWidth: 0 },
  invite: { marginTop: "26px" },
  told: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalS },
  list: { margin: 0, paddingLeft: tokens.spacingHorizontalL, overflowWrap: "anywhere" },
});

const KINDS = [
  ["invited", "success"],
  ["member", "info"],
  ["refused", "error"],
] as const;

/** What became of each name. */
function Told({ outcomes }: { outcomes: readonly Invited[] }) {
  const styles = useStyles();
  return (
    <div className={styles.told} role="status">
      {KINDS.map(([result, intent]) => {
        const some = outcomes.filter((one) => one.result === result);
        if (some.length === 0) return null;
        return (
          <MessageBar key={result} intent={intent} layout="multiline">
            <MessageBarBody>
              <ul className={styles.list}>
                {some.map((one) => (
                  <li key={one.name}>{one.words}</li>
                ))}
              </ul>
            </MessageBarBody>
          </MessageBar>
        );
      })}
    </div>
  );
}

interface InviteProps {
  projectId: string;
  members: readonly Member[];
}

/** Invites people by the names they sign in with; a member again, for whom that name is another account now. */
export function Invite({ projectId, members }: InviteProps) {
  const styles = useStyles();
  const { invite, inviteAgain } = useMembership(projectId);
  const [kept, keep] = useKept(`invite|${projectId}`, "");
  const [role, setRole] = useState<MemberRole>("labeler");
  const names = namesIn(kept ?? "");
  const known = names.length === 1 && names[0] !== undefined ? memberNamed(members, names[0]) : undefined;
  const again = known?.userId ? known : undefined;
  const pending = invite.isPending || inviteAgain.isPending;
  const invited = invite.data?.some((one) => one.result === "invited") === true;
  const send = () => {
    if (pending || names.length === 0) return;
    if (again)
      inviteAgain.mutate(again, {
        onSuccess: () => {
          keep(null);
          notify(texts.members.invitedAgain(again.signInName));
        },
      });
    else if (!known)
      invite.mutate(
        { names, role },
        {
          onSuccess: (outcomes) => {
            const left = outcomes.filter((one) => one.result === "refused").map((one) => one.name);
            keep(left.join("\n") || null);
          },
        },
      );
  };
  return (
    <>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <Field
          className={styles.grow}
          label={texts.members.signInNames}
          hint={texts.members.hint}
          validationMessage={known && texts.members.isMember(!!known.userId)}
        >
          <Textarea
            rows={names.length > 1 ? 3 : 1}
            value={kept ?? ""}
            placeholder={texts.members.placeholder}
            onChange={(_, data) => keep(data.value || null)}
            onKeyDown={(event) => {
              if (event.key !== "Enter" || event.shiftKey) return;
              event.preventDefault();
              send();
            }}
          />
        </Field>
        <Field className={styles.role} label={texts.members.role}>
          <RoleSelect value={role} onChange={setRole} />
        </Field>
        <Button
          type="submit"
          className={styles.invite}
          disabled={names.length === 0 || (known && !again) || pending}
        >
          {again ? texts.members.inviteAgain : texts.members.invite(names.length)}
        </Button>
      </form>
      {(invite.error ?? inviteAgain.error) && <Trouble error={invite.error ?? inviteAgain.error} />}
      {invite.data && <Told outcomes={invite.data} />}
      {invited && <InvitationLink projectId={projectId} role={invite.variables?.role ?? role} />}
    </>
  );
}

/** What to send to those who were invited: the service itself sends nothing. */
function InvitationLink({ projectId, role }: { projectId: string; role: MemberRole }) {
  const path = role === "labeler" ? `/labeling/${projectId}` : `/projects/${projectId}`;
  return <CopyLink label={texts.members.link} path={path} />;
}
