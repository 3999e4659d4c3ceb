import { useQuery } from "@tanstack/react-query";
import { api, ok } from "../api/client";
import { pastKey } from "../api/queries/images";
import type { Lease, LeasedImage, Me } from "../api/types";
import { outboxOf } from "../outbox/open";
import { Wait } from "../parts/States";
import { notify } from "../parts/notices";
import { texts } from "../texts";
import { draftOf, dropDraft, saveDraft } from "../outbox/drafts";
import { pictureUrl } from "./layout";
import { isReady } from "./pictures";
import { Sheet, type SheetProps } from "./Sheet";
import { amendPast, type PastPage } from "./sitting";
import { changesBetween, marksOf } from "../outbox/submission";

/** The addresses of its pictures are valid for about an hour. */
const FRESH_MS = 10 * 60_000;

const idOf = (leaseId: string): string => `past-${leaseId}`;

function loads(url: string): Promise<boolean> {
  const picture = new Image();
  picture.src = url;
  return picture.decode().then(
    () => true,
    () => false,
  );
}

/** An image with addresses that work, where there are any. */
async function freshen(projectId: string, image: LeasedImage, url: string): Promise<LeasedImage> {
  if (await loads(url)) return image;
  const params = { path: { project_id: projectId, image_id: image.id } };
  const { previewUrl, thumbnailUrl } = await ok(api.GET("/api/projects/{project_id}/images/{image_id}", { params }));
  return previewUrl && thumbnailUrl ? { ...image, previewUrl, thumbnailUrl } : image;
}

/** With its pictures as they can be had now; without a connection, too. */
function usePictures(projectId: string, lease: Lease): Lease | null {
  const urlOf = (image: LeasedImage) => pictureUrl(image, lease.images);
  const { data } = useQuery({
    queryKey: pastKey(projectId, lease.id),
    staleTime: FRESH_MS,
    initialData: () => (lease.images.every((image) => isReady(urlOf(image))) ? lease.images : undefined),
    queryFn: () =>
      Promise.all(
        lease.images.map((image) => freshen(projectId, image, urlOf(image)).catch(() => image)),
      ),
  });
  return data ? { ...lease, id: idOf(lease.id), images: data } : null;
}

/** To be called before a page is shown: its labels are those that were submitted, or were being changed. */
export function openPast({ lease, marks }: PastPage): void {
  const id = idOf(lease.id);
  if (Object.keys(draftOf(id)).length === 0) saveDraft(id, marks);
}

/** To be called when it is left: tells of changes that are not saved, and keeps them for the next time. */
export function closePast({ lease, marks }: PastPage): void {
  const id = idOf(lease.id);
  if (changesBetween(marks, draftOf(id)).length > 0) notify(texts.labeling.notSaved, "warning");
  else dropDraft(id);
}

interface PastSheetProps extends Omit<SheetProps, "lease" | "onSubmit" | "past"> {
  me: Me;
  page: PastPage;
  /** How many pages back it is; the last one submitted is the first. */
  back: number;
  onLeave: () => void;
}

/** A page that was submitted in this sitting, to be corrected. */
export function PastSheet({ project, me, page, back, onLeave, ...rest }: PastSheetProps) {
  const lease = usePictures(project.id, page.lease);
  if (!lease) return <Wait label={texts.labeling.opening} />;
  return (
    <Sheet
      {...rest}
      lease={lease}
      project={project}
      past={{ title: texts.labeling.pastTitle(back), onLeave }}
      onSubmit={(body) => {
        const marks = marksOf(body);
        const changes = changesBetween(page.marks, marks);
        if (changes.length > 0) {
          outboxOf(me.userId).add(project, { kind: "changes", changes });
          amendPast(me.userId, project.id, page.lease.id, marks);
          notify(texts.labeling.changed(changes.length));
        }
        dropDraft(lease.id);
        onLeave();
      }}
    />
  );
}
