import {
  Button,
  Menu,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  Table,
  TableBody,
  TableCell,
  TableHeader,
  TableHeaderCell,
  TableRow,
  Text,
  makeStyles,
} from "@fluentui/react-components";
import { AddRegular, MoreHorizontalRegular } from "@fluentui/react-icons";
import { useState } from "react";
import { useDatastores } from "../api/queries/datastores";
import type { Datastore } from "../api/types";
import { formatDateTime } from "../parts/format";
import { Page } from "../parts/Page";
import { Loaded } from "../parts/States";
import { TableCard } from "../parts/TableCard";
import { texts } from "../texts";
import { BrowseDialog, CredentialsDialog, DeleteDialog } from "./dialogs";
import { NewDatastoreDialog } from "./NewDatastoreDialog";

const useStyles = makeStyles({
  // As wide as what is in them, as far as there is room.
  table: { tableLayout: "auto" },
  url: { overflowWrap: "anywhere", minWidth: "120px" },
  narrow: { width: "64px" },
});

type Opened = { kind: "new" } | { kind: "browse" | "credentials" | "delete"; datastore: Datastore };

export default function Datastores() {
  const styles = useStyles();
  const datastores = useDatastores();
  const [opened, setOpened] = useState<Opened | null>(null);
  const close = () => setOpened(null);
  const add = (
    <Button appearance="primary" icon={<AddRegular />} onClick={() => setOpened({ kind: "new" })}>
      {texts.datastores.add}
    </Button>
  );
  return (
    <Page title={texts.datastores.title} intro={texts.datastores.intro} actions={add}>
      <Loaded query={datastores}>
        {(all) => (
          <TableCard>
            <Table className={styles.table} aria-label={texts.datastores.title}>
              <TableHeader>
                <TableRow>
                  <TableHeaderCell>{texts.datastores.name}</TableHeaderCell>
                  <TableHeaderCell>{texts.datastores.url}</TableHeaderCell>
                  <TableHeaderCell>{texts.datastores.authKind}</TableHeaderCell>
                  <TableHeaderCell>{texts.common.createdAt}</TableHeaderCell>
                  <TableHeaderCell className={styles.narrow} aria-label={texts.common.actions} />
                </TableRow>
              </TableHeader>
              <TableBody>
                {all.map((datastore) => (
                  <TableRow key={datastore.name}>
                    <TableCell className={styles.url}>{datastore.name}</TableCell>
                    <TableCell className={styles.url}>{datastore.containerUrl}</TableCell>
                    <TableCell>
                      {texts.authKinds[datastore.auth]}
                      {datastore.warnings.map((one) => (
                        <Text key={one} size={200} block>
                          {texts.datastores.warnings[one]}
                        </Text>
                      ))}
                    </TableCell>
                    <TableCell>{datastore.createdAt && formatDateTime(datastore.createdAt)}</TableCell>
                    <TableCell>
                      <RowMenu datastore={datastore} onOpen={(kind) => setOpened({ kind, datastore })} />
                    </TableCell>
                  </TableRow>
                ))}
              </TableBody>
            </Table>
          </TableCard>
        )}
      </Loaded>
      {opened?.kind === "new" && <NewDatastoreDialog onClose={close} onMade={close} />}
      {opened?.kind === "browse" && <BrowseDialog datastore={opened.datastore} onClose={close} />}
      {opened?.kind === "credentials" && <CredentialsDialog datastore={opened.datastore} onClose={close} />}
      {opened?.kind === "delete" && <DeleteDialog datastore={opened.datastore} onClose={close} />}
    </Page>
  );
}

interface RowMenuProps {
  datastore: Datastore;
  onOpen: (kind: "browse" | "credentials" | "delete") => void;
}

function RowMenu({ datastore, onOpen }: RowMenuProps) {
  const own = datastore.auth !== "builtIn";
  return (
    <Menu>
      <MenuTrigger disableButtonEnhancement>
        <Button
          appearance="subtle"
          icon={<MoreHorizontalRegular />}
          aria-label={texts.common.actionsFor(datastore.name)}
        />
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          <MenuItem onClick={() => onOpen("browse")}>{texts.datastores.browse}</MenuItem>
          {own && <MenuItem onClick={() => onOpen("credentials")}>{texts.datastores.newCredentials}</MenuItem>}
          {own && <MenuItem onClick={() => onOpen("delete")}>{texts.common.delete}</MenuItem>}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
