import {
  Badge,
  Button,
  Table,
  TableBody,
  TableCell,
  TableHeader,
  TableHeaderCell,
  TableRow,
  makeStyles,
  tokens,
} from "@fluentui/react-components";
import { useState } from "react";
import { usePeople } from "../api/queries/people";
import type { Me, Person } from "../api/types";
import { formatDay } from "../parts/format";
import { Page } from "../parts/Page";
import { PersonName } from "../parts/PersonName";
import { Loaded, Trouble } from "../parts/States";
import { TableCard } from "../parts/TableCard";
import { texts } from "../texts";
import { AllTokens } from "./AllTokens";
import { PersonDialog, needsConfirming, usePersonAction, type Action, type Asked } from "./PersonDialog";

const useStyles = makeStyles({
  // As wide as what is in them, as far as there is room.
  table: { tableLayout: "auto" },
  actions: { display: "flex", gap: tokens.spacingHorizontalS },
});

const COLUMNS = [texts.people.name, texts.people.role, texts.people.lastSeen, texts.common.status];

interface RowProps {
  person: Person;
  isMe: boolean;
  onAction: (action: Action) => void;
}

function Row({ person, isMe, onAction }: RowProps) {
  const styles = useStyles();
  return (
    <TableRow>
      <TableCell>
        <PersonName name={person.name} />
      </TableCell>
      <TableCell>{person.isAdministrator && texts.people.administrator}</TableCell>
      <TableCell>{formatDay(new Date(person.lastSeenOn))}</TableCell>
      <TableCell>
        <Standing person={person} />
      </TableCell>
      <TableCell>
        <div className={styles.actions}>
          {!isMe &&
            actionsFor(person).map((action) => (
              <Button
                key={action}
                size="small"
                aria-label={texts.people.actionOf[action](person.name)}
                onClick={() => onAction(action)}
              >
                {texts.people.action[action]}
              </Button>
            ))}
        </div>
      </TableCell>
    </TableRow>
  );
}

function Standing({ person: { blocked, erased } }: { person: Person }) {
  if (erased) return <Badge appearance="tint">{erased.done ? texts.people.erased : texts.people.beingErased}</Badge>;
  if (!blocked) return null;
  return (
    <Badge appearance="tint" color="danger">
      {texts.people.blocked(blocked.byName)}
    </Badge>
  );
}

function actionsFor({ blocked, erased, isAdministrator }: Person): Action[] {
  if (erased) return erased.done ? ["letIn"] : [];
  return [blocked ? "unblock" : "block", ...(isAdministrator ? [] : (["erase"] as const))];
}

export default function People({ me }: { me: Me }) {
  const styles = useStyles();
  const people = usePeople();
  const [asked, setAsked] = useState<Asked | null>(null);
  const act = usePersonAction(() => setAsked(null));
  const begin = (wanted: Asked) => (needsConfirming(wanted) ? setAsked(wanted) : act.mutate(wanted));
  return (
    <Page title={texts.people.title} intro={texts.people.intro}>
      {act.isError && !asked && <Trouble error={act.error} />}
      <Loaded query={people}>
        {(all) => (
          <TableCard>
            <Table className={styles.table} aria-label={texts.people.title}>
              <TableHeader>
                <TableRow>
                  {COLUMNS.map((column) => (
                    <TableHeaderCell key={column}>{column}</TableHeaderCell>
                  ))}
                  <TableHeaderCell aria-label={texts.common.actions} />
                </TableRow>
              </TableHeader>
              <TableBody>
                {all.map((person) => (
                  <Row
                    key={person.userId}
                    person={person}
                    isMe={person.userId === me.userId}
                    onAction={(action) => begin({ person, action })}
                  />
                ))}
              </TableBody>
            </Table>
          </TableCard>
        )}
      </Loaded>
      <AllTokens />
      {asked && needsConfirming(asked) && (
        <PersonDialog
          asked={asked}
          pending={act.isPending}
          error={act.error}
          onSubmit={() => act.mutate(asked)}
          onClose={() => {
            setAsked(null);
            act.reset();
          }}
        />
      )}
    </Page>
  );
}
