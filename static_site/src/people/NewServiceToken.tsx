import { Text } from "@fluentui/react-components";
import { api, ok } from "../api/client";
import { texts } from "../texts";
import { NewTokenDialog } from "../tokens/NewTokenDialog";

const make = async (name: string, days: number) => (await ok(api.POST("/api/tokens", { body: { name, days } }))).key;

const example = (token: string) => ({
  label: texts.people.logIn,
  command: `image-labeling login ${location.origin} --token ${token}`,
});

/** Makes an access token of the service. */
export function NewServiceToken({ onMade, onClose }: { onMade: () => void; onClose: () => void }) {
  return (
    <NewTokenDialog make={make} example={example} onMade={onMade} onClose={onClose}>
      <Text>{texts.people.newTokenWords}</Text>
    </NewTokenDialog>
  );
}
