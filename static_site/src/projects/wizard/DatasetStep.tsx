import { Field, Radio, RadioGroup, Text, makeStyles, tokens } from "@fluentui/react-components";
import { useDatasets } from "../../api/queries/datastores";
import type { SourceDataset } from "../../api/types";
import { fieldMessage } from "../../parts/fields";
import { Loaded } from "../../parts/States";
import { texts } from "../../texts";
import { CreateDataset } from "./CreateDataset";
import type { Draft } from "./draft";
import { FolderSample } from "./FolderSample";
import type { DatasetProps, StepProps } from "./stepProps";
import { StartLabels } from "./StartLabels";
import { useFolder } from "./useFolder";

const useStyles = makeStyles({
  list: {
    maxHeight: "320px",
    overflow: "auto",
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    padding: tokens.spacingVerticalXS,
  },
  item: { display: "flex", flexDirection: "column", overflowWrap: "anywhere" },
  quiet: { color: tokens.colorNeutralForeground2 },
});

export function DatasetStep(props: StepProps) {
  const { draft, change } = props;
  const { dataset } = draft;
  const folder = useFolder(dataset);
  const changeDataset = (changed: Partial<Draft["dataset"]>) => change({ dataset: { ...dataset, ...changed } });
  return (
    <>
      <Text>{texts.wizard.datasetWords}</Text>
      <RadioGroup
        aria-label={texts.wizard.steps.dataset}
        value={dataset.way}
        onChange={(_, data) => changeDataset({ way: data.value === "create" ? "create" : "select" })}
      >
        <Radio value="select" label={texts.wizard.selectDataset} />
        <Radio value="create" label={texts.wizard.createDataset} />
      </RadioGroup>
      {dataset.way === "select" ? (
        <SelectDataset {...props} changeDataset={changeDataset} />
      ) : (
        <CreateDataset {...props} changeDataset={changeDataset} />
      )}
      {folder && <FolderSample key={`${folder.datastore}/${folder.prefix}`} {...folder} />}
      {folder && <StartLabels {...props} />}
    </>
  );
}

function SelectDataset({ draft, mistakes, refusal, changeDataset }: DatasetProps) {
  const styles = useStyles();
  const datasets = useDatasets();
  return (
    <Loaded query={datasets}>
      {(all) => {
        const sources = all.filter((dataset): dataset is SourceDataset => dataset.kind === "source");
        if (sources.length === 0) return <Text className={styles.quiet}>{texts.wizard.noDatasets}</Text>;
        return (
          <Field
            label={texts.wizard.datasets}
            validationMessage={mistakes.selected ?? fieldMessage(refusal, "dataset")}
          >
            <RadioGroup
              className={styles.list}
              value={draft.dataset.selected}
              onChange={(_, data) => changeDataset({ selected: data.value })}
            >
              {sources.map((dataset) => (
                <Radio
                  key={dataset.name}
                  value={dataset.name}
                  label={
                    <span className={styles.item}>
                      <span>{dataset.name}</span>
                      <Text size={200} className={styles.quiet}>
                        {texts.datasets.place(dataset.datastore, dataset.prefix)}
                      </Text>
                    </span>
                  }
                />
              ))}
            </RadioGroup>
          </Field>
        );
      }}
    </Loaded>
  );
}
