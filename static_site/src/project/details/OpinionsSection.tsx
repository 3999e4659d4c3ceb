import { Text } from "@fluentui/react-components";
import { useProgress } from "../../api/queries/projects";
import type { Project } from "../../api/types";
import { FieldClashes, type FieldWords } from "../../parts/Clashes";
import { unplaced } from "../../parts/fields";
import { areWhole, opinionsOf, tidyOpinions, toOpinions, type OpinionsSettings } from "../../parts/opinions";
import { OpinionsFields } from "../../parts/OpinionsFields";
import { SaveBar } from "../../parts/SaveBar";
import { Section } from "../../parts/Section";
import { Trouble } from "../../parts/States";
import { texts } from "../../texts";
import { opinionTexts } from "../../texts/opinions";
import { useProjectDraft } from "./useProjectDraft";

const OPINIONS = {
  name: "opinions",
  savedOf: opinionsOf,
  tidy: tidyOpinions,
  toChange: (changes: Partial<OpinionsSettings>, now: Project) => ({
    opinions: toOpinions({ ...opinionsOf(now), ...changes }),
  }),
};

const FIELDS: FieldWords<OpinionsSettings> = {
  way: [opinionTexts.how, (way) => opinionTexts.ways[way].name],
  people: [opinionTexts.people, String],
  most: [opinionTexts.most, String],
  share: [opinionTexts.share, texts.clashes.text],
  sure: [opinionTexts.sure, texts.clashes.text],
};

/** How many people look at an image of the project from now on. */
export function OpinionsSection({ project }: { project: Project }) {
  const draft = useProjectDraft(project, OPINIONS);
  const progress = useProgress(project.id).data;
  const left = progress ? progress.waiting + progress.leased + progress.preparing : 0;
  const unsaid = unplaced(draft.error, "opinions");
  return (
    <Section id="opinions" title={opinionTexts.title}>
      <Text>{opinionTexts.words}</Text>
      <OpinionsFields
        settings={draft.value}
        images={{ count: left, isLeft: true }}
        refusal={draft.error}
        onChange={draft.edit}
      />
      <Text>{opinionTexts.fromNowOn}</Text>
      {unsaid !== null && <Trouble error={unsaid} />}
      <FieldClashes draft={draft} fields={FIELDS} />
      <SaveBar
        button={opinionTexts.save}
        changed={draft.changed}
        ready={areWhole(draft.value) && draft.clashes.length === 0}
        pending={draft.pending}
        onSave={() => draft.save()}
        onDiscard={draft.discard}
      />
    </Section>
  );
}
