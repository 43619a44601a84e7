import { useLayoutEffect, useRef } from "react";
import type { Clock } from "../../shared/dates/formats";
import { Icon } from "../icon";
import type { Page } from "./page";

/** Why the chosen time cannot be had, and the nearest ones that can. */
export interface Refusal {
  kind: "taken" | "not_offered";
  alternatives: readonly string[];
}

interface AlternativesProps {
  page: Page;
  refusal: Refusal;
  zone: string;
  clock: Clock;
  onChoose(start: string): void;
}

export function Alternatives({ page, refusal, zone, clock, onChoose }: AlternativesProps) {
  const { t } = page;
  const note = useRef<HTMLDivElement>(null);
  const { kind, alternatives } = refusal;

  // biome-ignore lint/correctness/useExhaustiveDependencies: announced anew for each refusal
  useLayoutEffect(() => note.current?.focus(), [refusal]);

  const sentence = alternatives.length === 0 ? "just_taken_none" : SENTENCES[kind];
  return (
    <div className="notice" role="alert" tabIndex={-1} ref={note}>
      <p>
        <Icon name="alert" />
        <span>{t(sentence)}</span>
      </p>
      <div className="times">
        {alternatives.map((start) => (
          <button type="button" className="pick" key={start} onClick={() => onChoose(start)}>
            {page.dayAndTime(start, zone, clock)}
          </button>
        ))}
      </div>
    </div>
  );
}

const SENTENCES = { taken: "just_taken", not_offered: "not_offered" } as const;

/** The `count` starts nearest to `start`, in order of time. */
export function nearest(starts: readonly string[], start: string, count: number): string[] {
  const distance = (other: string) => Math.abs(Date.parse(other) - Date.parse(start));
  return starts
    .filter((other) => other !== start)
    .sort((a, b) => distance(a) - distance(b))
    .slice(0, count)
    .sort();
}
