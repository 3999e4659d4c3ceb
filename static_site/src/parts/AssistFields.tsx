import { Field, Input, Radio, RadioGroup, Switch, Text, makeStyles, tokens } from "@fluentui/react-components";
import type { Project } from "../api/types";
import { texts } from "../texts";
import { PRECISION, precisionOf, type AssistSettings } from "./assist";
import { fieldMessage } from "./fields";

const ORDERS = ["surest", "leastSure"] as const satisfies Project["suggestionOrder"][];

const useStyles = makeStyles({
  words: { margin: 0, paddingLeft: tokens.spacingHorizontalXL, lineHeight: tokens.lineHeightBase300 },
  option: { display: "flex", flexDirection: "column" },
  quiet: { color: tokens.colorNeutralForeground2 },
  unit: { color: tokens.colorNeutralForeground2, whiteSpace: "nowrap" },
  number: { maxWidth: "200px" },
  input: { minWidth: 0 },
});

/** What suggestions do, and what they cost. */
export function AssistWords() {
  const styles = useStyles();
  return (
    <>
      <Text>{texts.assist.words}</Text>
      <ul className={styles.words}>
        {texts.assist.facts.map((fact) => (
          <li key={fact}>{fact}</li>
        ))}
      </ul>
    </>
  );
}

interface AssistFieldsProps {
  settings: AssistSettings;
  onChange: (settings: AssistSettings) => void;
  /** What the server said when they were to be saved. */
  refusal: unknown;
}

/** Whether labels are suggested, in which order images come then, and how right suggestions have to be. */
export function AssistFields({ settings, onChange, refusal }: AssistFieldsProps) {
  const styles = useStyles();
  const edit = (changed: Partial<AssistSettings>) => onChange({ ...settings, ...changed });
  const message = precisionOf(settings) === null ? texts.assist.precisionWrong : undefined;
  return (
    <>
      <Switch
        label={texts.assist.suggest}
        checked={settings.mlAssist}
        onChange={(_, data) => edit({ mlAssist: data.checked })}
      />
      {settings.mlAssist && (
        <>
          <Field label={texts.assist.order}>
            <RadioGroup
              value={settings.suggestionOrder}
              onChange={(_, data) => edit({ suggestionOrder: data.value as AssistSettings["suggestionOrder"] })}
            >
              {ORDERS.map((order) => (
                <Radio
                  key={order}
                  value={order}
                  label={
                    <span className={styles.option}>
                      <span>{texts.assist.orders[order].name}</span>
                      <Text size={200} className={styles.quiet}>
                        {texts.assist.orders[order].words}
                      </Text>
                    </span>
                  }
                />
              ))}
            </RadioGroup>
          </Field>
          <Field
            label={texts.assist.precision}
            hint={texts.assist.precisionHint}
            validationMessage={message ?? fieldMessage(refusal, "suggestionPrecision")}
          >
            <Input
              className={styles.number}
              input={{ className: styles.input }}
              type="number"
              min={PRECISION.least}
              max={PRECISION.most}
              step={0.1}
              value={settings.precision}
              contentAfter={<Text className={styles.unit}>{texts.assist.ofHundred}</Text>}
              onChange={(_, data) => edit({ precision: data.value })}
            />
          </Field>
        </>
      )}
    </>
  );
}
