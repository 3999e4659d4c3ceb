import { Button, Text, makeStyles } from "@fluentui/react-components";
import { useState } from "react";
import type { Project } from "../api/types";
import { DialogFrame } from "../parts/DialogFrame";
import { Trouble } from "../parts/States";
import { useRefreshNow } from "../parts/useRefreshNow";
import { texts } from "../texts";
import { askProject, WORKSPACE } from "../uploads/calls";
import { checkAgainAfter } from "../uploads/checkFolder";
import { UploadPart } from "../uploads/UploadPart";

const useStyles = makeStyles({ words: { overflowWrap: "anywhere" } });

/** Files go into the project's own folder, which is checked for them at once. A folder elsewhere is filled elsewhere. */
export default function AddImagesDialog({ project, onClose }: { project: Project; onClose: () => void }) {
  const styles = useStyles();
  const [isBusy, setBusy] = useState(false);
  const refresh = useRefreshNow(project.id);
  const { datastore = "", prefix = "" } = project.dataset ?? {};
  const takesUploads = datastore === WORKSPACE && prefix !== "";
  const place = texts.datasets.place(datastore, prefix);
  const check = () =>
    refresh.mutate(undefined, {
      onSuccess: (run) => {
        if (run.status === "running") void checkAgainAfter(project.id, run);
      },
    });
  const buttons = (
    <>
      {!takesUploads && (
        <Button disabled={refresh.isPending} onClick={check}>
          {texts.upload.check}
        </Button>
      )}
      <Button appearance="primary" disabled={isBusy} onClick={onClose}>
        {texts.common.close}
      </Button>
    </>
  );
  return (
    // An upload ends with the dialog: it is closed once none runs.
    <DialogFrame title={texts.upload.add} buttons={buttons} onClose={() => !isBusy && onClose()}>
      <Text className={styles.words}>
        {takesUploads ? `${texts.upload.addWords(place)} ${texts.upload.formats}` : texts.upload.elsewhere(place)}
      </Text>
      {takesUploads && (
        <UploadPart
          begin={() => askProject(project.id)}
          onBusy={setBusy}
          onEnd={({ sent, existing }) => {
            if (sent + existing > 0) check();
          }}
        />
      )}
      {refresh.isSuccess && !isBusy && <Text role="status">{texts.upload.checking}</Text>}
      {refresh.isError && <Trouble error={refresh.error} retry={check} />}
    </DialogFrame>
  );
}
