import { Button, Field, ProgressBar, Text, makeStyles, tokens } from "@fluentui/react-components";
import { ArrowUploadRegular } from "@fluentui/react-icons";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { MOST_BYTES, uploadFiles } from "../../api/uploads";
import { PassedOver } from "../../parts/PassedOver";
import { Trouble } from "../../parts/States";
import { texts } from "../../texts";
import type { DatasetProps } from "./DatasetStep";

const useStyles = makeStyles({
  whole: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalM },
  line: { display: "flex", alignItems: "center", gap: tokens.spacingHorizontalM, flexWrap: "wrap" },
  hidden: { display: "none" },
});

/** Browsers do not know all of these for images. */
const IMAGES = "image/*,.jp2,.jpf,.jpx,.j2k,.j2c,.jpc,.heic,.heif,.hif,.avif,.jfif,.jpe";

/** A folder of its own for each upload, so that nobody's files mix. */
const newPrefix = (name: string): string =>
  `${name.trim().replaceAll("/", "-") || "images"}-${crypto.randomUUID().slice(0, 8)}/`;

export function UploadFiles({ draft, mistakes, changeDataset, setBusy }: DatasetProps) {
  const styles = useStyles();
  const input = useRef<HTMLInputElement>(null);
  const [progress, setProgress] = useState({ done: 0, all: 0 });
  const [leftOut, setLeftOut] = useState(0);
  const [kinds, setKinds] = useState<Record<string, number>>({});
  const { dataset } = draft;

  const upload = useMutation({
    mutationFn: async (files: File[]) => {
      const prefix = dataset.uploadPrefix || newPrefix(dataset.name);
      setProgress({ done: 0, all: files.length });
      setKinds({});
      const passedOver = await uploadFiles(
        prefix,
        files.map((file) => ({ name: file.name, content: file })),
        (done) => setProgress({ done, all: files.length }),
      );
      setKinds(passedOver);
      return { prefix, count: files.length };
    },
    onMutate: () => setBusy(true),
    onSuccess: ({ prefix, count }) => changeDataset({ uploadPrefix: prefix, uploaded: dataset.uploaded + count }),
    onSettled: () => setBusy(false),
  });

  // The browser asks before files that are on their way are given up.
  useEffect(() => {
    if (!upload.isPending) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, [upload.isPending]);

  const take = (list: FileList | null) => {
    const all = [...(list ?? [])];
    const files = all.filter((file) => file.size > 0 && file.size <= MOST_BYTES);
    setLeftOut(all.length - files.length);
    if (files.length > 0) upload.mutate(files);
  };

  return (
    <Field
      label={texts.upload.label}
      hint={texts.upload.hint}
      validationMessage={upload.isPending ? undefined : mistakes.upload}
    >
      <div className={styles.whole}>
        <input
          ref={input}
          type="file"
          multiple
          accept={IMAGES}
          className={styles.hidden}
          aria-label={texts.upload.choose}
          onChange={(event) => {
            take(event.target.files);
            event.target.value = "";
          }}
        />
        <div className={styles.line}>
          <Button icon={<ArrowUploadRegular />} disabled={upload.isPending} onClick={() => input.current?.click()}>
            {texts.upload.choose}
          </Button>
          {dataset.uploaded > 0 && !upload.isPending && <Text>{texts.upload.done(dataset.uploaded)}</Text>}
        </div>
        {upload.isPending && (
          <div>
            <Text size={200}>{texts.upload.progress(progress.done, progress.all)}</Text>
            <ProgressBar
              value={progress.all ? progress.done / progress.all : undefined}
              aria-label={texts.upload.progress(progress.done, progress.all)}
            />
          </div>
        )}
        <PassedOver kinds={kinds} />
        {leftOut > 0 && <Text>{texts.upload.leftOut(leftOut)}</Text>}
        {upload.isError && <Trouble error={upload.error} />}
      </div>
    </Field>
  );
}
