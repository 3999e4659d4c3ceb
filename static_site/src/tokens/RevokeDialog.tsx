import { Text } from "@fluentui/react-components";
import { useMutation } from "@tanstack/react-query";
import { FormDialog } from "../parts/FormDialog";
import { texts } from "../texts";

interface RevokeDialogProps {
  name: string;
  revoke: () => Promise<unknown>;
  /** After it is revoked: the list is read again, and the dialog left. */
  onRevoked: () => Promise<void>;
  onClose: () => void;
}

/** Says what becomes of a token's scripts before it is revoked. */
export function RevokeDialog({ name, revoke, onRevoked, onClose }: RevokeDialogProps) {
  const revoking = useMutation({ mutationFn: revoke, onSuccess: onRevoked });
  return (
    <FormDialog
      title={texts.tokens.revokeTitle(name)}
      button={texts.tokens.revokeButton}
      danger
      pending={revoking.isPending}
      error={revoking.error}
      onSubmit={() => revoking.mutate()}
      onClose={onClose}
    >
      <Text>{texts.tokens.revokeWords}</Text>
    </FormDialog>
  );
}
