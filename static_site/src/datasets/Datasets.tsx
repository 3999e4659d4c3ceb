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
import { DeleteRegular } from "@fluentui/react-icons";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api, ok } from "../api/client";
import { datasetsQuery, useDatasets } from "../api/queries/datastores";
import { askAgain } from "../api/queryClient";
import type { Dataset } from "../api/types";
import { Downloads } from "../parts/Downloads";
import { FormDialog } from "../parts/FormDialog";
import { formatDateTime, formatNumber } from "../parts/format";
import { LinkButton, TextLink } from "../parts/LinkButton";
import { Page } from "../parts/Page";
import { Loaded, Nothing } from "../parts/States";
import { TableCard } from "../parts/TableCard";
import { texts } from "../texts";
import { formats } from "../texts/exports";

const useStyles = makeStyles({
  whole: { overflowWrap: "anywhere" },
  cell: { paddingBlock: tokens.spacingVerticalS },
  stack: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalXXS },
  quiet: { color: tokens.colorNeutralForeground2 },
  // As wide as what is in them, as far as there is room.
  table: { tableLayout: "auto" },
  wide: { minWidth: "120px" },
  narrow: { width: "48px" },
});

function Contents({ dataset }: { dataset: Dataset }) {
  const styles = useStyles();
  if (dataset.kind === "source") return <>{texts.datasets.place(dataset.datastore, dataset.prefix)}</>;
  return (
    <div className={styles.stack}>
      <Text>{texts.datasets.exported(formats[dataset.format].name, formatNumber(dataset.images))}</Text>
      <Downloads files={dataset.files} />
    </div>
  );
}

function Row({ dataset, onDelete }: { dataset: Dataset; onDelete: () => void }) {
  const styles = useStyles();
  return (
    <TableRow>
      <TableCell className={styles.cell}>
        <div className={styles.stack}>
          <Text weight="semibold" className={styles.whole}>
            {dataset.name}
          </Text>
          {dataset.kind === "source" && dataset.description && (
            <Text size={200} className={styles.quiet}>
              {dataset.description}
            </Text>
          )}
          {dataset.kind === "export" && (
            <Text size={200}>
              <TextLink to={`/projects/${dataset.project.id}/export`}>{dataset.project.name}</TextLink>
            </Text>
          )}
        </div>
      </TableCell>
      <TableCell className={styles.cell}>
        <Badge appearance="tint" color={dataset.kind === "export" ? "success" : "brand"}>
          {texts.datasets.kinds[dataset.kind]}
        </Badge>
      </TableCell>
      <TableCell className={styles.cell}>
        <div className={styles.whole}>
          <Contents dataset={dataset} />
        </div>
      </TableCell>
      <TableCell className={styles.cell}>{formatDateTime(dataset.createdAt)}</TableCell>
      <TableCell>
        {dataset.kind === "source" && (
          <Button
            appearance="subtle"
            icon={<DeleteRegular />}
            aria-label={texts.datasets.remove(dataset.name)}
            onClick={onDelete}
          />
        )}
      </TableCell>
    </TableRow>
  );
}

export default function Datasets() {
  const styles = useStyles();
  const datasets = useDatasets();
  const [doomed, setDoomed] = useState<string | null>(null);
  const remove = useMutation({
    mutationFn: (name: string) => ok(api.DELETE("/api/datasets/{name}", { params: { path: { name } } })),
    onSuccess: async () => {
      await askAgain(datasetsQuery);
      setDoomed(null);
    },
  });
  return (
    <Page title={texts.datasets.title} intro={texts.datasets.intro}>
      <Loaded query={datasets}>
        {(all) =>
          all.length === 0 ? (
            <Nothing
              title={texts.datasets.none}
              actions={<LinkButton to="/projects/new">{texts.projects.add}</LinkButton>}
            >
              {texts.datasets.noneWords}
            </Nothing>
          ) : (
            <TableCard>
              <Table className={styles.table} aria-label={texts.datasets.title}>
                <TableHeader>
                  <TableRow>
                    <TableHeaderCell className={styles.wide}>{texts.datasets.name}</TableHeaderCell>
                    <TableHeaderCell>{texts.datasets.kind}</TableHeaderCell>
                    <TableHeaderCell className={styles.wide}>{texts.datasets.contents}</TableHeaderCell>
                    <TableHeaderCell>{texts.common.createdAt}</TableHeaderCell>
                    <TableHeaderCell className={styles.narrow} aria-label={texts.common.actions} />
                  </TableRow>
                </TableHeader>
                <TableBody>
                  {all.map((dataset) => (
                    <Row
                      key={dataset.kind === "export" ? dataset.exportId : dataset.name}
                      dataset={dataset}
                      onDelete={() => setDoomed(dataset.name)}
                    />
                  ))}
                </TableBody>
              </Table>
            </TableCard>
          )
        }
      </Loaded>
      {doomed !== null && (
        <FormDialog
          title={texts.datasets.deleteTitle(doomed)}
          button={texts.common.delete}
          danger
          pending={remove.isPending}
          error={remove.error}
          onSubmit={() => remove.mutate(doomed)}
          onClose={() => {
            setDoomed(null);
            remove.reset();
          }}
        >
          <Text>{texts.datasets.deleteWords}</Text>
        </FormDialog>
      )}
    </Page>
  );
}
