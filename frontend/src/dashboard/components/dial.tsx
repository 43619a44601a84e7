import type { CSSProperties } from "react";

/** The ring filled to a duration in minutes; 60 and more is full. Decoration: say it in words too. */
export function Dial({ minutes }: { minutes: number }) {
  const style = { "--min": Math.min(minutes, 60) } as CSSProperties;
  return <span className="dial" style={style} aria-hidden="true" />;
}
