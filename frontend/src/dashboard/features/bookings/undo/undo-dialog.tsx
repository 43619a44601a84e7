import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { messageOf } from "../../../api/problem";
import { type Source, undoPreviewQuery, useUndo } from "../../../api/undo";
import { Button } from "../../../components/button";
import { Dialog } from "../../../components/dialog";
import { SelectField, TextField } from "../../../components/inputs";
import { showToast } from "../../../components/toast";
import { toApiInstant } from "../../../lib/instants";
import { countWords, readSource } from "./source";

const HOUR = 3_600_000;
const SPANS = [
  { value: "", label: "Ever" },
  { value: String(HOUR), label: "In the last hour" },
  { value: String(24 * HOUR), label: "In the last 24 hours" },
  { value: String(7 * 24 * HOUR), label: "In the last 7 days" },
];

/**
 * Takes back all that came from one source and lies ahead, after showing how much that is.
 * Without `known` sources the source is typed.
 */
export function UndoDialog({
  known,
  onClose,
}: {
  known: readonly { label: string; source: Source }[];
  onClose: () => void;
}) {
  const [picked, setPicked] = useState(0);
  const [typed, setTyped] = useState("");
  const [isTypedWrong, setTypedWrong] = useState(false);
  const [asked, setAsked] = useState<Source | null>(known[0]?.source ?? null);
  // The moment counts from when the dialog opened, so that the preview stays what is undone.
  const [opened] = useState(Date.now);
  const [span, setSpan] = useState("");
  const since = span ? { since: toApiInstant(opened - Number(span)) } : {};
  const source = asked && { ...asked, ...since };
  const preview = useQuery({ ...undoPreviewQuery(source ?? {}), enabled: source !== null });
  const undo = useUndo();
  const words = preview.data ? countWords(preview.data) : "";

  const look = (event: FormEvent) => {
    event.preventDefault();
    const read = readSource(typed);
    setTypedWrong(read === null);
    setAsked(read);
  };
  return (
    <Dialog title="Undo everything from one source?" alert isOpen onClose={onClose}>
      <p>
        For bookings made in bad faith. What lies ahead is cancelled and its times are free again;
        nobody gets an e-mail about it, and e-mails that have not left yet are dropped.
      </p>
      {known.length === 0 ? (
        <form className="undo-source" onSubmit={look} noValidate>
          <TextField
            label="E-mail or internet address"
            autoFocus
            autoComplete="off"
            spellCheck={false}
            value={typed}
            error={isTypedWrong ? "Enter an e-mail address or an IP address." : undefined}
            onChange={(event) => {
              setTyped(event.target.value);
              setAsked(null);
              setTypedWrong(false);
            }}
          />
          <Button type="submit">Count</Button>
        </form>
      ) : (
        <fieldset className="scope">
          <legend className="label">Source</legend>
          {known.map(({ label, source: each }, index) => (
            <label key={label}>
              <input
                type="radio"
                name="source"
                checked={picked === index}
                onChange={() => {
                  setPicked(index);
                  setAsked(each);
                }}
              />
              <span>{label}</span>
            </label>
          ))}
        </fieldset>
      )}
      <SelectField
        label="Made"
        options={SPANS}
        value={span}
        onChange={(event) => setSpan(event.target.value)}
      />
      <p className="undo-counts" role="status">
        {source === null && "Enter a source to see how much came from it."}
        {source && preview.isFetching && "Counting …"}
        {source && preview.isError && !preview.isFetching && messageOf(preview.error)}
        {preview.data &&
          !preview.isFetching &&
          (words ? <b>{words} ahead.</b> : "Nothing ahead came from there.")}
      </p>
      {undo.error && (
        <p className="hint error" role="alert">
          {messageOf(undo.error)}
        </p>
      )}
      <div className="actions">
        <Button autoFocus={known.length > 0} onClick={onClose}>
          Keep everything
        </Button>
        <Button
          look="danger-solid"
          disabled={!words || preview.isFetching}
          busy={undo.isPending}
          onClick={() => {
            if (!source) return;
            undo.mutate(source, {
              onSuccess: (undone) => {
                const done = countWords(undone);
                showToast({ text: done ? `Undone: ${done}.` : "There was nothing left to undo." });
                if (undone.remaining > 0) preview.refetch();
                else onClose();
              },
            });
          }}
        >
          Undo everything
        </Button>
      </div>
    </Dialog>
  );
}
