import { queryClient } from "../../api/queryClient";
import type { Project } from "../../api/types";
import { assistOf, isWhole, toAssistChange } from "../../parts/assist";
import { AssistFields, AssistWords } from "../../parts/AssistFields";
import { unplaced } from "../../parts/fields";
import { SaveBar } from "../../parts/SaveBar";
import { Trouble } from "../../parts/States";
import { useKept } from "../../parts/useKept";
import { texts } from "../../texts";
import { AssistCard } from "../assist/AssistCard";
import { useChange } from "../useChange";

/** Whether and how labels are suggested, and how that stands. */
export function AssistSection({ project }: { project: Project }) {
  const change = useChange(project);
  const stored = assistOf(project);
  const [kept, keep] = useKept(`assist|${project.id}`, stored);
  const settings = kept ?? stored;
  const changed =
    settings.mlAssist !== stored.mlAssist ||
    (settings.mlAssist &&
      (settings.suggestionOrder !== stored.suggestionOrder || settings.precision !== stored.precision));
  const unsaid = unplaced(change.error, "suggestionPrecision");
  return (
    <AssistCard title={texts.assist.title} project={project}>
      {!project.mlAssist && <AssistWords />}
      <AssistFields settings={settings} refusal={change.error} onChange={keep} />
      {unsaid !== null && <Trouble error={unsaid} />}
      <SaveBar
        button={texts.assist.save}
        changed={changed}
        ready={isWhole(settings)}
        pending={change.isPending}
        onSave={() =>
          change.mutate(toAssistChange(settings), {
            onSuccess: () => {
              keep(null);
              void queryClient.invalidateQueries({ queryKey: ["project", project.id, "assist"] });
            },
          })
        }
        onDiscard={() => keep(null)}
      />
    </AssistCard>
  );
}
