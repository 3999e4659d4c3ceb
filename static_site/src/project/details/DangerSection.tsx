import { Button, Field, Input, Text, makeStyles } from "@fluentui/react-components";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router";
import { api, ok } from "../../api/client";
import { projectQuery, projectsQuery } from "../../api/queries/projects";
import { askAgain, queryClient } from "../../api/queryClient";
import type { Project } from "../../api/types";
import { FormDialog } from "../../parts/FormDialog";
import { Section } from "../../parts/Section";
import { texts } from "../../texts";

const useStyles = makeStyles({ start: { alignSelf: "flex-start" } });

export function DangerSection({ project }: { project: Project }) {
  const styles = useStyles();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const [typed, setTyped] = useState("");
  const remove = useMutation({
    mutationFn: () => ok(api.DELETE("/api/projects/{project_id}", { params: { path: { project_id: project.id } } })),
    onSuccess: async () => {
      await navigate("/projects");
      queryClient.removeQueries(projectQuery(project.id));
      await askAgain(projectsQuery);
    },
  });
  return (
    <Section title={texts.details.danger}>
      <Text>{texts.details.dangerWords}</Text>
      <Button className={styles.start} onClick={() => setAsking(true)}>
        {texts.details.delete}
      </Button>
      {asking && (
        <FormDialog
          title={texts.details.deleteTitle(project.name)}
          button={texts.details.delete}
          danger
          ready={typed === project.name}
          pending={remove.isPending}
          error={remove.error}
          onSubmit={() => remove.mutate()}
          onClose={() => {
            setAsking(false);
            setTyped("");
          }}
        >
          <Text>{texts.details.deleteWords}</Text>
          <Field label={texts.details.deleteType}>
            <Input value={typed} placeholder={project.name} onChange={(_, data) => setTyped(data.value)} />
          </Field>
        </FormDialog>
      )}
    </Section>
  );
}
