import { Field, Input, Radio, RadioGroup, SpinButton, Text, makeStyles, tokens } from "@fluentui/react-components";
import { opinionTexts } from "../texts/opinions";
import { fieldMessage } from "./fields";
import { costOf, isShare, isSure, areWhole, PEOPLE, SHARE, SURE, toOpinions, type OpinionsSettings, type Way } from "./opinions";
import { saidOf } from "./opinionWords";

const WAYS = ["one", "each", "share", "unsure"] as const satisfies Way[];

const useStyles = makeStyles({
  option: { display: "flex", flexDirection: "column" },
  quiet: { color: tokens.colorNeutralForeground2 },
  numbers: { display: "flex", flexWrap: "wrap", alignItems: "flex-start", gap: tokens.spacingHorizontalXL },
  number: { width: "220px" },
  input: { minWidth: 0 },
  unit: { color: tokens.colorNeutralForeground2, whiteSpace: "nowrap" },
});

interface CountProps {
  label: string;
  hint?: string;
  value: number;
  least: number;
  onChange: (value: number) => void;
}

function Count({ label, hint, value, least, onChange }: CountProps) {
  const styles = useStyles();
  return (
    <Field className={styles.number} label={label} {...(hint !== undefined && { hint })}>
      <SpinButton
        min={least}
        max={PEOPLE.most}
        value={value}
        onChange={(_, data) => {
          const typed = data.value ?? Number(data.displayValue);
          if (Number.isInteger(typed)) onChange(Math.min(Math.max(typed, least), PEOPLE.most));
        }}
      />
    </Field>
  );
}

interface PercentProps {
  label: string;
  unit: string;
  range: { least: number; most: number };
  value: string;
  message: string | undefined;
  onChange: (value: string) => void;
}

function Percent({ label, unit, range, value, message, onChange }: PercentProps) {
  const styles = useStyles();
  return (
    <Field className={styles.number} label={label} {...(message !== undefined && { validationMessage: message })}>
      <Input
        input={{ className: styles.input }}
        type="number"
        min={range.least}
        max={range.most}
        step={0.1}
        value={value}
        contentAfter={<Text className={styles.unit}>{unit}</Text>}
        onChange={(_, data) => onChange(data.value)}
      />
    </Field>
  );
}

interface OpinionsFieldsProps {
  settings: OpinionsSettings;
  onChange: (changed: Partial<OpinionsSettings>) => void;
  /** What the server said when they were to be saved. */
  refusal: unknown;
  /** For how many images the cost is told: those that are left to label, or an example. */
  images: { count: number; isLeft: boolean };
}

/** How many people look at an image, and what that costs in labels. */
export function OpinionsFields({ settings, onChange, refusal, images }: OpinionsFieldsProps) {
  const styles = useStyles();
  const { way, people, most } = settings;
  const refused = fieldMessage(refusal, "opinions");
  const isOfSome = way === "each" || way === "share";
  const least = isOfSome ? people : PEOPLE.least;
  return (
    <>
      <Field label={opinionTexts.how} {...(refused !== undefined && { validationMessage: refused })}>
        <RadioGroup value={way} onChange={(_, data) => onChange({ way: data.value as Way })}>
          {[...WAYS, ...(way === "other" ? (["other"] as const) : [])].map((one) => (
            <Radio
              key={one}
              value={one}
              label={
                <span className={styles.option}>
                  <span>{opinionTexts.ways[one].name}</span>
                  <Text size={200} className={styles.quiet}>
                    {one === "other" ? saidOf(settings) : opinionTexts.ways[one].words}
                  </Text>
                </span>
              }
            />
          ))}
        </RadioGroup>
      </Field>
      {(isOfSome || way === "unsure") && (
        <div className={styles.numbers}>
          {isOfSome && (
            <Count
              label={opinionTexts.people}
              value={people}
              least={PEOPLE.least}
              onChange={(value) => onChange({ people: value })}
            />
          )}
          {way === "share" && (
            <Percent
              label={opinionTexts.share}
              unit={opinionTexts.ofHundred}
              range={SHARE}
              value={settings.share}
              message={isShare(settings) ? undefined : opinionTexts.shareWrong}
              onChange={(share) => onChange({ share })}
            />
          )}
          {way === "unsure" && (
            <Percent
              label={opinionTexts.sure}
              unit={opinionTexts.likelyRight}
              range={SURE}
              value={settings.sure}
              message={isSure(settings) ? undefined : opinionTexts.sureWrong}
              onChange={(sure) => onChange({ sure })}
            />
          )}
          <Count
            label={opinionTexts.most}
            hint={opinionTexts.mostHint}
            value={Math.max(most, least)}
            least={least}
            onChange={(value) => onChange({ most: value })}
          />
        </div>
      )}
      {areWhole(settings) && (
        <Text weight="semibold" role="status">
          {opinionTexts.cost(costOf(toOpinions(settings)), images)}
        </Text>
      )}
    </>
  );
}
