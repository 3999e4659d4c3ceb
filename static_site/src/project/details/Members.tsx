import {
  Button,
  SearchBox,
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
import { useState } from "react";
import { useMembers } from "../../api/queries/projects";
import type { Member, Project } from "../../api/types";
import { FormDialog } from "../../parts/FormDialog";
import { Section } from "../../parts/Section";
import { PersonName } from "../../parts/PersonName";
import { Loaded, problemText, Trouble } from "../../parts/States";
import { notify } from "../../parts/notices";
import { texts } from "../../texts";
import { Invite } from "./Invite";
import { RoleSelect } from "./RoleSelect";
import { useMembership } from "./useMembership";

/** So many are found without a search. */
const HANDFUL = 6;

const useStyles = makeStyles({
  scroll: { maxHeight: "440px", overflow: "auto" },
  role: { width: "148px" },
  narrow: { width: "48px" },
  quiet: { color: tokens.colorNeutralForeground2 },
  search: { maxWidth: "100%" },
});

/** Puts a member back as they were, unless somebody has changed more since they were `seen`. */
function useWayBack(projectId: string) {
  const { put } = useMembership(projectId);
  return (member: Member, said: string, seen?: Member) =>
    notify(said, "success", {
      action: {
        text: texts.members.undo,
        run: () =>
          put.mutate(
            { signInName: member.signInName, role: member.role, ...(seen && { seen }) },
            { onError: (error) => notify(problemText(error), "error") },
          ),
      },
      subject: `member|${member.signInName}`,
    });
}

function MemberTable({ project, members }: { project: Project; members: readonly Member[] }) {
  const styles = useStyles();
  const { put, remove } = useMembership(project.id);
  const sayWithWayBack = useWayBack(project.id);
  const [leaving, setLeaving] = useState<Member | null>(null);
  return (
    <>
      {put.isError && <Trouble error={put.error} />}
      <div className={styles.scroll}>
        <Table size="small" aria-label={texts.members.title}>
          <TableHeader>
            <TableRow>
              <TableHeaderCell>{texts.members.signInName}</TableHeaderCell>
              <TableHeaderCell className={styles.role}>{texts.members.role}</TableHeaderCell>
              <TableHeaderCell className={styles.narrow} aria-label={texts.common.actions} />
            </TableRow>
          </TableHeader>
          <TableBody>
            {members.map((member) => (
              <TableRow key={member.signInName}>
                <TableCell>
                  <PersonName name={member.signInName} />
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
                    onChange={(role) =>
                      put.mutate(
                        { signInName: member.signInName, role, seen: member },
                        {
                          onSuccess: (changed) =>
                            sayWithWayBack(
                              member,
                              texts.members.roleNow(member.signInName, texts.roles[role]),
                              changed,
                            ),
                        },
                      )
                    }
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
      </div>
      {leaving && (
        <FormDialog
          title={texts.members.removeTitle(leaving.signInName)}
          button={texts.members.removeButton}
          danger
          pending={remove.isPending}
          error={remove.error}
          onSubmit={() =>
            remove.mutate(leaving.signInName, {
              onSuccess: () => {
                sayWithWayBack(leaving, texts.members.removedNow(leaving.signInName));
                setLeaving(null);
              },
            })
          }
          onClose={() => {
            setLeaving(null);
            remove.reset();
          }}
        >
          <Text>{texts.members.removeWords}</Text>
        </FormDialog>
      )}
    </>
  );
}

export function Members({ project }: { project: Project }) {
  const styles = useStyles();
  const members = useMembers(project.id);
  const [searched, setSearched] = useState("");
  const wanted = searched.trim().toLowerCase();
  return (
    <Section id="members" title={texts.members.title}>
      <Text className={styles.quiet}>{texts.members.words}</Text>
      <Invite projectId={project.id} members={members.data ?? []} />
      <Loaded query={members}>
        {(all) => {
          if (all.length === 0) return <Text className={styles.quiet}>{texts.members.none}</Text>;
          const found = all.filter((member) => member.signInName.toLowerCase().includes(wanted));
          return (
            <>
              {all.length > HANDFUL && (
                <SearchBox
                  className={styles.search}
                  value={searched}
                  placeholder={texts.members.search}
                  aria-label={texts.members.search}
                  onChange={(_, data) => setSearched(data.value)}
                />
              )}
              {found.length === 0 ? (
                <Text className={styles.quiet}>{texts.members.noneFound(searched)}</Text>
              ) : (
                <MemberTable project={project} members={found} />
              )}
            </>
          );
        }}
      </Loaded>
    </Section>
  );
}
