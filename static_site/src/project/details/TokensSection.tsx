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
  tokens,
} from "@fluentui/react-components";
import { AddRegular, DeleteRegular } from "@fluentui/react-icons";
import { useState } from "react";
import { api, ok } from "../../api/client";
import { tokensQuery, useTokens } from "../../api/queries/projects";
import { askAgain } from "../../api/queryClient";
import type { AccessToken, Project } from "../../api/types";
import { formatDate, formatDateTime } from "../../parts/format";
import { Section } from "../../parts/Section";
import { Loaded } from "../../parts/States";
import { useNow } from "../../parts/useNow";
import { texts } from "../../texts";
import { RevokeDialog } from "../../tokens/RevokeDialog";
import { NewToken } from "./NewToken";

const useStyles = makeStyles({
  quiet: { color: tokens.colorNeutralForeground2 },
  name: { overflowWrap: "anywhere" },
  maker: { display: "block", color: tokens.colorNeutralForeground2 },
  when: { width: "104px" },
  narrow: { width: "48px" },
});

function TokenRow({ token, now, onRevoke }: { token: AccessToken; now: number; onRevoke: () => void }) {
  const styles = useStyles();
  const isExpired = Date.parse(token.expiresAt) <= now;
  return (
    <TableRow>
      <TableCell className={styles.name}>
        {token.name}
        <Text size={200} className={styles.maker}>
          {texts.tokens.roleAndMaker(texts.roles[token.role], token.madeBy)}
        </Text>
      </TableCell>
      <TableCell>
        {isExpired ? <Badge color="warning">{texts.tokens.expired}</Badge> : formatDate(token.expiresAt)}
      </TableCell>
      <TableCell>{token.lastUsedAt ? formatDateTime(token.lastUsedAt) : texts.tokens.never}</TableCell>
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

/** The project's access tokens for scripts: made, listed, revoked. */
export function TokensSection({ project }: { project: Project }) {
  const styles = useStyles();
  const list = useTokens(project.id);
  const now = useNow(60_000);
  const [making, setMaking] = useState(false);
  const [leaving, setLeaving] = useState<AccessToken | null>(null);
  const reload = () => askAgain(tokensQuery(project.id));

  const revoke = (id: string) =>
    ok(
      api.DELETE("/api/projects/{project_id}/tokens/{token_id}", {
        params: { path: { project_id: project.id, token_id: id } },
      }),
    );

  return (
    <Section
      title={texts.tokens.title}
      action={
        <Button icon={<AddRegular />} onClick={() => setMaking(true)}>
          {texts.tokens.make}
        </Button>
      }
    >
      <Text className={styles.quiet}>{texts.tokens.words}</Text>
      <Loaded query={list}>
        {(all) =>
          all.length === 0 ? (
            <Text className={styles.quiet}>{texts.tokens.none}</Text>
          ) : (
            <Table size="small" aria-label={texts.tokens.title}>
              <TableHeader>
                <TableRow>
                  <TableHeaderCell>{texts.tokens.name}</TableHeaderCell>
                  <TableHeaderCell className={styles.when}>{texts.tokens.expires}</TableHeaderCell>
                  <TableHeaderCell className={styles.when}>{texts.tokens.lastUsed}</TableHeaderCell>
                  <TableHeaderCell className={styles.narrow} aria-label={texts.common.actions} />
                </TableRow>
              </TableHeader>
              <TableBody>
                {all.map((token) => (
                  <TokenRow key={token.id} token={token} now={now} onRevoke={() => setLeaving(token)} />
                ))}
              </TableBody>
            </Table>
          )
        }
      </Loaded>
      {making && <NewToken project={project} onMade={() => void reload()} onClose={() => setMaking(false)} />}
      {leaving && (
        <RevokeDialog
          name={leaving.name}
          revoke={() => revoke(leaving.id)}
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
