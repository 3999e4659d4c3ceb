import { Button } from "@fluentui/react-components";
import { HatGraduationRegular } from "@fluentui/react-icons";
import type { ReactNode } from "react";
import { useAssist } from "../../api/queries/runs";
import type { Assist, Project } from "../../api/types";
import { Section } from "../../parts/Section";
import { Loaded, Trouble } from "../../parts/States";
import { texts } from "../../texts";
import { Standing } from "./Standing";
import { useLearnNow } from "./useLearnNow";

interface AssistCardProps {
  title: string;
  project: Project;
  /** What is to be told of it besides. */
  figures?: (assist: Assist) => ReactNode;
  children?: ReactNode;
}

/** How suggestions stand, where they are on; administrators may let them be learned anew. */
export function AssistCard({ title, project, figures, children }: AssistCardProps) {
  const query = useAssist(project.id, project.mlAssist, true);
  const learn = useLearnNow(project.id);
  return (
    <Section
      title={title}
      action={
        project.mlAssist &&
        project.role === "administrator" && (
          <Button
            icon={<HatGraduationRegular />}
            disabled={learn.isPending || query.data?.status === "learning"}
            onClick={() => learn.mutate()}
          >
            {texts.assist.learnNow}
          </Button>
        )
      }
    >
      {learn.isError && <Trouble error={learn.error} />}
      {project.mlAssist && (
        <Loaded query={query}>
          {(assist) => (
            <>
              <Standing assist={assist} />
              {figures?.(assist)}
            </>
          )}
        </Loaded>
      )}
      {children}
    </Section>
  );
}
