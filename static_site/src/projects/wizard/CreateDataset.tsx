import { Button, Field, Input, Radio, RadioGroup, Select, makeStyles, tokens } from "@fluentui/react-components";
import { AddRegular } from "@fluentui/react-icons";
import { useState } from "react";
import { useDatastores } from "../../api/queries/datastores";
import { FolderBrowser } from "../../datastores/FolderBrowser";
import { NewDatastoreDialog } from "../../datastores/NewDatastoreDialog";
import { fieldMessage } from "../../parts/fields";
import { texts } from "../../texts";
import { LIMITS } from "./draft";
import type { DatasetProps } from "./stepProps";
import { UploadFiles } from "./UploadFiles";

const useStyles = makeStyles({
  line: { display: "flex", flexWrap: "wrap", alignItems: "flex-start", gap: tokens.spacingHorizontalS },
  grow: { flex: "1 1 200px" },
  // Beside the choice, which has its label above it.
  add: { marginTop: "26px" },
  pair: {
    display: "grid",
    gridTemplateColumns: "repeat(auto-fit, minmax(min(240px, 100%), 1fr))",
    gap: tokens.spacingHorizontalL,
    alignItems: "start",
  },
});

export function CreateDataset(props: DatasetProps) {
  const { draft, mistakes, touch, touchSoon, refusal, changeDataset } = props;
  const { dataset } = draft;
  const styles = useStyles();
  return (
    <>
      <div className={styles.pair}>
        <Field
          label={texts.wizard.datasetName}
          required
          validationMessage={mistakes.datasetName ?? fieldMessage(refusal, "dataset.name", "dataset")}
        >
          <Input
            value={dataset.name}
            maxLength={LIMITS.name}
            onBlur={() => touch("datasetName")}
            onChange={(_, data) => {
              changeDataset({ name: data.value });
              touchSoon("datasetName");
            }}
          />
        </Field>
        <Field label={texts.wizard.description} validationMessage={fieldMessage(refusal, "dataset.description")}>
          <Input
            value={dataset.description}
            maxLength={LIMITS.description}
            onChange={(_, data) => changeDataset({ description: data.value })}
          />
        </Field>
      </div>
      <Field label={texts.wizard.source}>
        <RadioGroup
          layout="horizontal"
          value={dataset.source}
          onChange={(_, data) => changeDataset({ source: data.value === "upload" ? "upload" : "datastore" })}
        >
          <Radio value="datastore" label={texts.wizard.fromDatastore} />
          <Radio value="upload" label={texts.wizard.uploadFiles} />
        </RadioGroup>
      </Field>
      {dataset.source === "datastore" ? <FromDatastore {...props} /> : <UploadFiles {...props} />}
    </>
  );
}

function FromDatastore({ draft, mistakes, touch, refusal, changeDataset }: DatasetProps) {
  const styles = useStyles();
  const datastores = useDatastores();
  const [adding, setAdding] = useState(false);
  const { dataset } = draft;
  const choose = (datastore: string) => changeDataset({ datastore, prefix: "" });
  return (
    <>
      <div className={styles.line}>
        <Field
          className={styles.grow}
          label={texts.wizard.datastore}
          required
          validationMessage={mistakes.datastore ?? fieldMessage(refusal, "dataset.datastore")}
        >
          <Select
            value={dataset.datastore}
            onBlur={() => touch("datastore")}
            onChange={(_, data) => choose(data.value)}
          >
            <option value="">{texts.wizard.chooseDatastore}</option>
            {datastores.data?.map((datastore) => (
              <option key={datastore.name} value={datastore.name}>
                {datastore.name}
              </option>
            ))}
          </Select>
        </Field>
        <Button className={styles.add} icon={<AddRegular />} onClick={() => setAdding(true)}>
          {texts.datastores.add}
        </Button>
      </div>
      {dataset.datastore && (
        <Field
          label={texts.wizard.folder}
          hint={texts.wizard.folderHint}
          validationMessage={fieldMessage(refusal, "dataset.prefix")}
        >
          <FolderBrowser
            datastore={dataset.datastore}
            prefix={dataset.prefix}
            onOpen={(prefix) => changeDataset({ prefix })}
          />
        </Field>
      )}
      {adding && (
        <NewDatastoreDialog
          onClose={() => setAdding(false)}
          onMade={(name) => {
            choose(name);
            setAdding(false);
          }}
        />
      )}
    </>
  );
}
