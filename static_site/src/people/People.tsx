import {
  Badge,
  Button,
  Table,
  TableBody,
  TableCell,
  TableHeader,
  TableHeaderCell,
  TableRow,
  Text,
  makeStyles,
} from "@fluentui/react-components";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api, ok } from "../api/client";
import { usePeople } from "../api/queries";
import { queryClient } from "../api/queryClient";
import type { Me, Person } from "../api/types";
import { FormDialog } from "../parts/FormDialog";
import { formatDay } from "../parts/format";
import { Page } from "../parts/Page";
import { Loaded, Trouble } from "../parts/States";
import { TableCard } from "../parts/TableCard";
import { texts } from "../texts";
import { AllTokens } from "./AllTokens";

const useStyles = makeStyles({
  // As wide as what is in them, as far as there is room.
  table: { tableLayout: "auto" },
  name: { overflowWrap: "anywhere" },
});

const COLUMNS = [texts.people.name, texts.people.role, texts.people.lastSeen, texts.common.status];

function useBlock(onDone: () => void) {
  return useMutation({
    mutationFn: ({ userId, blocked }: Person) => {
      const params = { params: { path: { user_id: userId } } };
      return ok(
        blocked ? api.DELETE("/api/people/{user_id}/block", params) : api.PUT("/api/people/{user_id}/block", params),
      );
    },
    onSuccess: async () => {
      await Promise.all([["people"], ["tokens"]].map((queryKey) => queryClient.invalidateQueries({ queryKey })));
      onDone();
    },
  });
}

interface RowProps {
  person: Person;
  isMe: boolean;
  onChange: () => void;
}

function Row({ person, isMe, onChange }: RowProps) {
  const styles = useStyles();
  const { name, blocked } = person;
  return (
    <TableRow>
      <TableCell className={styles.name}>{name}</TableCell>
      <TableCell>{person.isAdministrator && texts.people.administrator}</TableCell>
      <TableCell>{formatDay(new Date(person.lastSeenOn))}</TableCell>
      <TableCell>
        {blocked && (
          <Badge appearance="tint" color="danger">
            {texts.people.blocked(blocked.byName)}
          </Badge>
        )}
      </TableCell>
      <TableCell>
        {!isMe && (
          <Button
            size="small"
            aria-label={blocked ? texts.people.unblockOf(name) : texts.people.blockOf(name)}
            onClick={onChange}
          >
            {blocked ? texts.people.unblock : texts.people.block}
          </Button>
        )}
      </TableCell>
    </TableRow>
  );
}

export default function People({ me }: { me: Me }) {
  const styles = useStyles();
  const people = usePeople();
  const [doomed, setDoomed] = useState<Person | null>(null);
  const change = useBlock(() => setDoomed(null));
  return (
    <Page title={texts.people.title} intro={texts.people.intro}>
      {change.isError && !doomed && <Trouble error={change.error} />}
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
                    onChange={() => (person.blocked ? change.mutate(person) : setDoomed(person))}
                  />
                ))}
              </TableBody>
            </Table>
          </TableCard>
        )}
      </Loaded>
      <AllTokens />
      {doomed && (
        <FormDialog
          title={texts.people.blockTitle(doomed.name)}
          button={texts.people.block}
          danger
          pending={change.isPending}
          error={change.error}
          onSubmit={() => change.mutate(doomed)}
          onClose={() => {
            setDoomed(null);
            change.reset();
          }}
        >
          <Text>{texts.people.blockWords}</Text>
        </FormDialog>
      )}
    </Page>
  );
}
