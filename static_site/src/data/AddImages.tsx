import { Button } from "@fluentui/react-components";
import { ImageAddRegular } from "@fluentui/react-icons";
import { Suspense, useState } from "react";
import type { Project } from "../api/types";
import { texts } from "../texts";
import { AddImagesDialog } from "./dialogs";

/** Brings new images into the project. */
export function AddImages({ project }: { project: Project }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button size="small" icon={<ImageAddRegular />} onClick={() => setOpen(true)}>
        {texts.upload.add}
      </Button>
      {isOpen && (
        <Suspense>
          <AddImagesDialog project={project} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
