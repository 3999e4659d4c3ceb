import { Badge, TableCell, TableRow, Text, makeStyles, tokens } from "@fluentui/react-components";
import { useAllTokens } from "../api/queries/people";
import { formatDate, formatDateTime } from "../parts/format";
import { TextLink } from "../parts/LinkButton";
import { PersonName } from "../parts/PersonName";
import { Section } from "../parts/Section";
import { Loaded } from "../parts/States";
import { WideTable } from "../parts/WideTable";
import { texts } from "../texts";

const useStyles = makeStyles({
  quiet: { color: tokens.colorNeutralForeground2 },
  words: { overflowWrap: "anywhere" },
});

const COLUMNS = [
  texts.tokens.name,
  texts.people.project,
  texts.people.madeBy,
  texts.tokens.role,
  texts.tokens.lastUsed,
  texts.tokens.expires,
];

/** The access tokens of all projects: made by whom, and last used. They are revoked in their project. */
export function AllTokens() {
  const styles = useStyles();
  const found = useAllTokens();
  return (
    <Section title={texts.people.tokens}>
      <Text className={styles.quiet}>{texts.people.tokensWords}</Text>
      <Loaded query={found}>
        {(all) =>
          all.length === 0 ? (
            <Text>{texts.people.noTokens}</Text>
          ) : (
            <WideTable label={texts.people.tokens} columns={COLUMNS}>
              {all.map((token) => (
                <TableRow key={token.id}>
                  <TableCell className={styles.words}>{token.name}</TableCell>
                  <TableCell className={styles.words}>
                    {token.projectId === null ? (
                      texts.people.wholeService
                    ) : (
                      <TextLink to={`/projects/${token.projectId}/details`}>
                        {token.projectName || token.projectId}
                      </TextLink>
                    )}
                  </TableCell>
                  <TableCell>
                    <PersonName name={token.madeBy} />
                  </TableCell>
                  <TableCell>{token.role === "serviceAdministrator" ? texts.people.administrator : texts.roles[token.role]}</TableCell>
                  <TableCell>{token.lastUsedAt ? formatDateTime(token.lastUsedAt) : texts.tokens.never}</TableCell>
                  <TableCell>
                    {token.works ? (
                      formatDate(token.expiresAt)
                    ) : (
                      <Badge color="warning">{texts.people.off}</Badge>
                    )}
                  </TableCell>
                </TableRow>
              ))}
            </WideTable>
          )
        }
      </Loaded>
    </Section>
  );
}
