import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { ArrowDownloadRegular } from "@fluentui/react-icons";
import { useAudit } from "../api/queries/people";
import { Page } from "../parts/Page";
import { Loaded, Nothing } from "../parts/States";
import { TableCard } from "../parts/TableCard";
import { WideTable } from "../parts/WideTable";
import { texts } from "../texts";
import { auditTexts } from "../texts/audit";
import { EntryRow } from "./EntryRow";
import { csvAddress } from "./filter";
import { Filters } from "./Filters";
import { useFilter } from "./useFilter";

const useStyles = makeStyles({
  more: { alignSelf: "flex-start", marginBlock: tokens.spacingVerticalS },
});

const COLUMNS = [auditTexts.when, auditTexts.who, auditTexts.what, auditTexts.about, auditTexts.details];

export default function AuditLog() {
  const styles = useStyles();
  const state = useFilter();
  const audit = useAudit(state.filter);
  const save = (
    <Button as="a" icon={<ArrowDownloadRegular />} href={csvAddress(state.filter)} download>
      {auditTexts.save}
    </Button>
  );
  return (
    <Page title={auditTexts.title} intro={auditTexts.intro} actions={save}>
      <Filters state={state} />
      <Loaded query={audit}>
        {(entries) =>
          entries.length === 0 ? (
            <Nothing title={auditTexts.none}>{auditTexts.noneWords}</Nothing>
          ) : (
            <TableCard>
              <WideTable label={auditTexts.title} columns={COLUMNS}>
                {entries.map((entry) => (
                  <EntryRow key={entry.id} entry={entry} />
                ))}
              </WideTable>
              {audit.hasNextPage && (
                <Button
                  className={styles.more}
                  disabled={audit.isFetchingNextPage}
                  onClick={() => void audit.fetchNextPage()}
                >
                  {texts.common.loadMore}
                </Button>
              )}
            </TableCard>
          )
        }
      </Loaded>
    </Page>
  );
}
