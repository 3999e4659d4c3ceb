import { Button, ProgressBar, Text, makeStyles, tokens } from "@fluentui/react-components";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router";
import { projectsQuery } from "../api/queries/projects";
import { askAgain } from "../api/queryClient";
import { LinkButton } from "../parts/LinkButton";
import { Trouble } from "../parts/States";
import { texts } from "../texts";

const useStyles = makeStyles({
  whole: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalL, alignItems: "center" },
  buttons: { display: "flex", gap: tokens.spacingHorizontalM },
  bar: { width: "320px" },
});

export function DemoButton() {
  const styles = useStyles();
  const navigate = useNavigate();
  const [progress, setProgress] = useState({ done: 0, all: 0 });
  const demo = useMutation({
    mutationFn: async () => {
      const { createDemo } = await import("./demo");
      return createDemo((done, all) => setProgress({ done, all }));
    },
    onSuccess: async (project) => {
      await askAgain(projectsQuery);
      await navigate(`/projects/${project.id}`);
    },
  });
  return (
    <div className={styles.whole}>
      <div className={styles.buttons}>
        <Button appearance="primary" disabled={demo.isPending} onClick={() => demo.mutate()}>
          {texts.demo.button}
        </Button>
        <LinkButton to="/projects/new">{texts.projects.add}</LinkButton>
      </div>
      {demo.isPending && (
        <div className={styles.bar}>
          <Text size={200}>{texts.demo.progress(progress.done, progress.all)}</Text>
          <ProgressBar
            value={progress.all ? progress.done / progress.all : undefined}
            aria-label={texts.demo.progress(progress.done, progress.all)}
          />
        </div>
      )}
      {demo.isError && <Trouble error={demo.error} />}
    </div>
  );
}
