import { Badge, Button, TableCell, TableRow, Text, makeStyles, tokens } from "@fluentui/react-components";
import { AddRegular, DeleteRegular } from "@fluentui/react-icons";
import { useState } from "react";
import { api, ok } from "../api/client";
import { allTokensQuery, useAllTokens } from "../api/queries/people";
import { askAgain } from "../api/queryClient";
import type { AnyToken } from "../api/types";
import { formatDate, formatDateTime } from "../parts/format";
import { TextLink } from "../parts/LinkButton";
import { PersonName } from "../parts/PersonName";
import { Section } from "../parts/Section";
import { Loaded } from "../parts/States";
import { WideTable } from "../parts/WideTable";
import { texts } from "../texts";
import { RevokeDialog } from "../tokens/RevokeDialog";
import { NewServiceToken } from "./NewServiceToken";

const useStyles = makeStyles({
  quiet: { color: tokens.colorNeutralForeground2 },
  words: { overflowWrap: "anywhere" },
});

const COLUMNS = [
  texts.tokens.name,
  texts.people.opens,
  texts.people.madeBy,
  texts.tokens.role,
  texts.tokens.lastUsed,
  texts.tokens.expires,
  texts.common.actions,
];

function Row({ token, onRevoke }: { token: AnyToken; onRevoke: () => void }) {
  const styles = useStyles();
  const { projectId, role } = token;
  return (
    <TableRow>
      <TableCell className={styles.words}>{token.name}</TableCell>
      <TableCell className={styles.words}>
        {projectId === null ? (
          texts.people.wholeService
        ) : (
          <TextLink to={`/projects/${projectId}/details`}>{token.projectName || projectId}</TextLink>
        )}
      </TableCell>
      <TableCell>
        <PersonName name={token.madeBy} />
      </TableCell>
      <TableCell>{role === "serviceAdministrator" ? texts.people.administrator : texts.roles[role]}</TableCell>
      <TableCell>{token.lastUsedAt ? formatDateTime(token.lastUsedAt) : texts.tokens.never}</TableCell>
      <TableCell>
        {token.works ? formatDate(token.expiresAt) : <Badge color="warning">{texts.people.off}</Badge>}
      </TableCell>
      <TableCell>
        <Button
          appearance="subtle"
          icon={<DeleteRegular />}
          aria-label={texts.tokens.revoke(token.name)}
          onClick={onRevoke}
        />
      </TableCell>
    </TableRow>
  );
}

/** The access tokens of the service and of all projects: made by whom, and last used; made here, if of the service. */
export function AllTokens() {
  const styles = useStyles();
  const found = useAllTokens();
  const [making, setMaking] = useState(false);
  const [leaving, setLeaving] = useState<AnyToken | null>(null);
  const reload = () => askAgain(allTokensQuery);
  return (
    <Section
      title={texts.people.tokens}
      action={
        <Button icon={<AddRegular />} onClick={() => setMaking(true)}>
          {texts.tokens.makeTitle}
        </Button>
      }
    >
      <Text className={styles.quiet}>{texts.people.tokensWords}</Text>
      <Loaded query={found}>
        {(all) =>
          all.length === 0 ? (
            <Text>{texts.people.noTokens}</Text>
          ) : (
            <WideTable label={texts.people.tokens} columns={COLUMNS}>
              {all.map((token) => (
                <Row key={token.id} token={token} onRevoke={() => setLeaving(token)} />
              ))}
            </WideTable>
          )
        }
      </Loaded>
      {making && <NewServiceToken onMade={() => void reload()} onClose={() => setMaking(false)} />}
      {leaving && (
        <RevokeDialog
          name={leaving.name}
          revoke={() => ok(api.DELETE("/api/tokens/{token_id}", { params: { path: { token_id: leaving.id } } }))}
          onRevoked={async () => {
            setLeaving(null);
            await reload();
          }}
          onClose={() => setLeaving(null)}
        />
      )}
    </Section>
  );
}
