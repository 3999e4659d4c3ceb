import { Checkbox, MessageBar, MessageBarBody, Text, makeStyles, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";
import type { RestorePreview as Preview } from "../api/types";
import { formatDateTime } from "../parts/format";
import { texts } from "../texts";

const useStyles = makeStyles({
  stack: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalM, overflowWrap: "anywhere" },
  group: { display: "flex", flexDirection: "column", margin: 0, padding: 0, border: "none", minWidth: 0 },
  legend: { padding: 0, fontWeight: tokens.fontWeightSemibold },
  list: { margin: 0, paddingInlineStart: tokens.spacingHorizontalXL },
});

function Warning({ children }: { children: ReactNode }) {
  return (
    <MessageBar intent="warning" layout="multiline">
      <MessageBarBody>{children}</MessageBarBody>
    </MessageBar>
  );
}

/** What differs in the project that is there, and keeps the backup from being restored. */
function Original({ differences }: { differences: NonNullable<Preview["original"]> }) {
  const styles = useStyles();
  return (
    <Warning>
      {texts.restore.isThere(differences.length)}
      {differences.length > 0 && (
        <ul className={styles.list}>
          {differences.map((one) => (
            <li key={one.what}>{texts.restore.differs(texts.restore.what[one.what], one.backup, one.now)}</li>
          ))}
        </ul>
      )}
    </Warning>
  );
}

interface PeopleProps {
  preview: Preview;
  people: readonly string[];
  onPeople: (people: readonly string[]) => void;
}

function People({ preview, people, onPeople }: PeopleProps) {
  const styles = useStyles();
  if (preview.members.length === 0) return <Text>{texts.restore.nobody}</Text>;
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>{texts.restore.people}</legend>
      {preview.members.map((member) => (
        <Checkbox
          key={member.signInName}
          label={texts.restore.person(
            member.signInName,
            texts.roles[member.role],
            member.knownAs === member.signInName ? null : member.knownAs,
            preview.original !== null && member.roleNow === null,
          )}
          checked={people.includes(member.signInName)}
          onChange={(_, data) =>
            onPeople(
              data.checked ? [...people, member.signInName] : people.filter((name) => name !== member.signInName),
            )
          }
        />
      ))}
    </fieldset>
  );
}

interface RestorePreviewProps extends PeopleProps {
  acceptsAddress: boolean;
  onAddress: (accepts: boolean) => void;
}

/** What restoring a backup would do; what nobody is to be surprised by has to be ticked. */
export function RestorePreview({ preview, people, onPeople, acceptsAddress, onAddress }: RestorePreviewProps) {
  const styles = useStyles();
  const { address } = preview;
  return (
    <div className={styles.stack}>
      <Text>
        {texts.restore.summary(
          preview.projectName,
          preview.images,
          preview.labels.join(", "),
          formatDateTime(preview.backedUpAt),
        )}
      </Text>
      {!preview.madeHere && (
        <Warning>{preview.madeHere === null ? texts.restore.maybeNotMadeHere : texts.restore.notMadeHere}</Warning>
      )}
      {preview.original && <Original differences={preview.original} />}
      {address.here === null ? (
        <Warning>{texts.restore.noDatastore(address.datastore, address.was)}</Warning>
      ) : address.known ? (
        <Text>{texts.restore.address(address.here)}</Text>
      ) : (
        <>
          <Warning>{texts.restore.addressWords(address.was)}</Warning>
          <Checkbox
            label={texts.restore.address(address.here)}
            checked={acceptsAddress}
            onChange={(_, data) => onAddress(data.checked === true)}
          />
        </>
      )}
      <People preview={preview} people={people} onPeople={onPeople} />
    </div>
  );
}
