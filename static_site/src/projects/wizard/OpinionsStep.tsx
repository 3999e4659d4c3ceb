import { Text } from "@fluentui/react-components";
import { OpinionsFields } from "../../parts/OpinionsFields";
import { opinionTexts } from "../../texts/opinions";
import { opinionsIn } from "./draft";
import type { StepProps } from "./stepProps";

/** What a cost is told for while nobody knows how many images there are. */
const EXAMPLE = { count: 10_000, isLeft: false };

export function OpinionsStep({ draft, change, refusal }: StepProps) {
  const settings = opinionsIn(draft);
  return (
    <>
      <Text>{opinionTexts.words}</Text>
      <OpinionsFields
        settings={settings}
        images={EXAMPLE}
        refusal={refusal}
        onChange={(changed) => change({ opinions: { ...settings, ...changed } })}
      />
      <Text>{opinionTexts.fromNowOn}</Text>
    </>
  );
}
