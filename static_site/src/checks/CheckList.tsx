import { Badge, Button, Card, Text, makeStyles, tokens } from "@fluentui/react-components";
import { DeleteRegular } from "@fluentui/react-icons";
import { useState } from "react";
import { useChecks } from "../api/queries/checks";
import type { Check, Project } from "../api/types";
import { formatDateTime } from "../parts/format";
import { LinkButton } from "../parts/LinkButton";
import { Loaded } from "../parts/States";
import { texts } from "../texts";
import { checks } from "../texts/checks";
import { checkAddress, judgeAddress } from "./addresses";
import { DeleteCheck } from "./DeleteCheck";
import { scopeOf } from "./scope";
import { Share } from "./Share";

const useStyles = makeStyles({
  list: {
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalM,
    margin: 0,
    padding: 0,
    listStyleType: "none",
  },
  one: { gap: tokens.spacingVerticalS },
  line: { display: "flex", flexWrap: "wrap", alignItems: "center", columnGap: tokens.spacingHorizontalM },
  scope: { overflowWrap: "anywhere", minWidth: 0 },
  quiet: { color: tokens.colorNeutralForeground2 },
  buttons: { display: "flex", flexWrap: "wrap", gap: tokens.spacingHorizontalS, marginLeft: "auto" },
  title: { margin: 0 },
  more: { alignSelf: "center" },
});

function One({ project, check, onDelete }: { project: Project; check: Check; onDelete: () => void }) {
  const styles = useStyles();
  const when = formatDateTime(check.createdAt);
  const name = checks.name(scopeOf(check), when);
  return (
    <li>
      <Card className={styles.one} aria-label={name}>
        <div className={styles.line}>
          <Text weight="semibold" className={styles.scope}>
            {scopeOf(check)}
          </Text>
          <Badge appearance="tint" color={check.status === "done" ? "success" : "informative"}>
            {checks.statuses[check.status]}
          </Badge>
          <Text size={200} className={styles.quiet}>
            {when}
          </Text>
          <Text size={200} className={styles.quiet}>
            {checks.drawn(check.size, check.byName ?? "")}
          </Text>
        </div>
        <div className={styles.line}>
          <Share figures={check} />
          <Text size={200} className={styles.quiet}>
            {checks.judged(check.judged, check.size)}
          </Text>
          <div className={styles.buttons}>
            {check.status === "open" && (
              <LinkButton
                appearance="primary"
                to={judgeAddress(project.id, check.id)}
                aria-label={checks.goOnWith(name)}
              >
                {checks.goOn}
              </LinkButton>
            )}
            <LinkButton to={checkAddress(project.id, check.id)} aria-label={checks.resultOf(name)}>
              {checks.result}
            </LinkButton>
            <Button appearance="subtle" icon={<DeleteRegular />} aria-label={checks.remove(name)} onClick={onDelete} />
          </div>
        </div>
      </Card>
    </li>
  );
}

/** The checks of a project, the newest first, each with what it has found so far. */
export function CheckList({ project }: { project: Project }) {
  const styles = useStyles();
  const query = useChecks(project.id);
  const [doomed, setDoomed] = useState<Check | null>(null);
  return (
    <Loaded query={query}>
      {({ pages }) => {
        const all = pages.flatMap(({ items }) => items);
        if (all.length === 0) return <Text className={styles.quiet}>{checks.noChecks}</Text>;
        return (
          <>
            <Text as="h2" size={400} weight="semibold" className={styles.title}>
              {checks.list}
            </Text>
            <ul className={styles.list} aria-label={checks.list}>
              {all.map((check) => (
                <One key={check.id} project={project} check={check} onDelete={() => setDoomed(check)} />
              ))}
            </ul>
            {query.hasNextPage && (
              <Button className={styles.more} disabled={query.isFetching} onClick={() => void query.fetchNextPage()}>
                {texts.common.loadMore}
              </Button>
            )}
            {doomed && <DeleteCheck project={project} check={doomed} onClose={() => setDoomed(null)} />}
          </>
        );
      }}
    </Loaded>
  );
}
