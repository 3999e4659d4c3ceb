import {
  Button,
  Field,
  Input,
  Select,
  Table,
  TableBody,
  TableCell,
  TableHeader,
  TableHeaderCell,
  TableRow,
  Text,
  makeStyles,
  tokens,
} from "@fluentui/react-components";
import { DeleteRegular } from "@fluentui/react-icons";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api, ok } from "../api/client";
import { useMembers } from "../api/queries";
import { queryClient } from "../api/queryClient";
import type { Member, MemberRole, Project } from "../api/types";
import { fieldMessage } from "../parts/fields";
import { FormDialog } from "../parts/FormDialog";
import { Section } from "../parts/Section";
import { Loaded, Trouble } from "../parts/States";
import { texts } from "../texts";

const ROLES: MemberRole[] = ["labeler", "reviewer", "administrator"];

const useStyles = makeStyles({
  form: { display: "flex", alignItems: "flex-start", gap: tokens.spacingHorizontalS, flexWrap: "wrap" },
  grow: { flex: "1 1 120px", minWidth: 0 },
  invite: { marginTop: "26px" },
  name: { overflowWrap: "anywhere" },
  role: { width: "148px", minWidth: 0 },
  narrow: { width: "48px" },
  quiet: { color: tokens.colorNeutralForeground2 },
});

function RoleSelect({
  value,
  label,
  onChange,
}: {
  value: MemberRole;
  label?: string;
  onChange: (role: MemberRole) => void;
}) {
  return (
    <Select
      value={value}
      {...(label && { "aria-label": label })}
      onChange={(_, data) => onChange(data.value as MemberRole)}
    >
      {ROLES.map((role) => (
        <option key={role} value={role}>
          {texts.roles[role]}
        </option>
      ))}
    </Select>
  );
}

export function Members({ project }: { project: Project }) {
  const styles = useStyles();
  const members = useMembers(project.id);
  const [signInName, setSignInName] = useState("");
  const [role, setRole] = useState<MemberRole>("labeler");
  const [leaving, setLeaving] = useState<Member | null>(null);
  const reload = () => queryClient.invalidateQueries({ queryKey: ["project", project.id, "members"] });
  const at = (name: string) => ({ path: { project_id: project.id, sign_in_name: name } });

  const put = useMutation({
    mutationFn: (member: { signInName: string; role: MemberRole }) =>
      ok(
        api.PUT("/api/projects/{project_id}/members/{sign_in_name}", {
          params: at(member.signInName),
          body: { role: member.role },
        }),
      ),
    onSuccess: (member) => {
      if (member.signInName === signInName.trim()) setSignInName("");
      return reload();
    },
  });
  const remove = useMutation({
    mutationFn: (name: string) =>
      ok(api.DELETE("/api/projects/{project_id}/members/{sign_in_name}", { params: at(name) })),
    onSuccess: () => {
      setLeaving(null);
      return reload();
    },
  });

  return (
    <Section title={texts.members.title}>
      <Text className={styles.quiet}>{texts.members.words}</Text>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (signInName.trim()) put.mutate({ signInName: signInName.trim(), role });
        }}
      >
        <Field
          className={styles.grow}
          label={texts.members.signInName}
          validationMessage={fieldMessage(put.error, "signInName")}
        >
          <Input
            value={signInName}
            placeholder={texts.members.placeholder}
            onChange={(_, data) => setSignInName(data.value)}
          />
        </Field>
        <Field className={styles.role} label={texts.members.role}>
          <RoleSelect value={role} onChange={setRole} />
        </Field>
        <Button type="submit" className={styles.invite} disabled={!signInName.trim() || put.isPending}>
          {texts.members.invite}
        </Button>
      </form>
      {put.isError && <Trouble error={put.error} />}
      <Loaded query={members}>
        {(all) =>
          all.length === 0 ? (
            <Text className={styles.quiet}>{texts.members.none}</Text>
          ) : (
            <Table size="small" aria-label={texts.members.title}>
              <TableHeader>
                <TableRow>
                  <TableHeaderCell>{texts.members.signInName}</TableHeaderCell>
                  <TableHeaderCell className={styles.role}>{texts.members.role}</TableHeaderCell>
                  <TableHeaderCell className={styles.narrow} aria-label={texts.common.actions} />
                </TableRow>
              </TableHeader>
              <TableBody>
                {all.map((member) => (
                  <TableRow key={member.signInName}>
                    <TableCell className={styles.name}>
                      {member.signInName}{" "}
                      {!member.userId && (
                        <Text size={200} className={styles.quiet}>
                          {texts.members.invited}
                        </Text>
                      )}
                    </TableCell>
                    <TableCell>
                      <RoleSelect
                        value={member.role}
                        label={texts.members.roleOf(member.signInName)}
                        onChange={(chosen) => put.mutate({ signInName: member.signInName, role: chosen })}
                      />
                    </TableCell>
                    <TableCell>
                      <Button
                        appearance="subtle"
                        icon={<DeleteRegular />}
                        aria-label={texts.members.remove(member.signInName)}
                        onClick={() => setLeaving(member)}
                      />
                    </TableCell>
                  </TableRow>
                ))}
              </TableBody>
            </Table>
          )
        }
      </Loaded>
      {leaving && (
        <FormDialog
          title={texts.members.removeTitle(leaving.signInName)}
          button={texts.members.removeButton}
          danger
          pending={remove.isPending}
          error={remove.error}
          onSubmit={() => remove.mutate(leaving.signInName)}
          onClose={() => setLeaving(null)}
        >
          <Text>{texts.members.removeWords}</Text>
        </FormDialog>
      )}
    </Section>
  );
}
