import { Pencil, Trash2 } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "../../components/button";
import { Icon } from "../../components/icon";

/** One line of a list of spans: when, what it means, and the user's note in full. */
export function EntryRow({
  when,
  tag,
  meta,
  note,
  onEdit,
  onDelete,
}: {
  /** Also names the buttons. */
  when: string;
  tag?: ReactNode;
  meta: string;
  note: string;
  onEdit: () => void;
  onDelete: () => void;
}) {
  return (
    <li className="row av-entry">
      <p className="av-when">
        <b className="t">
          <bdi>{when}</bdi>
        </b>{" "}
        {tag}
      </p>
      <p className="av-meta t">
        <bdi>{meta}</bdi>
      </p>
      {note && (
        <p className="av-note">
          <bdi>{note}</bdi>
        </p>
      )}
      <Button look="quiet" square aria-label={`Edit ${when}`} onClick={onEdit}>
        <Icon of={Pencil} />
      </Button>
      <Button look="quiet" square aria-label={`Delete ${when}`} onClick={onDelete}>
        <Icon of={Trash2} />
      </Button>
    </li>
  );
}
