import type { ReactNode } from "react";

export const SECTIONS = [
  { id: "basics", label: "Basics" },
  { id: "scheduling", label: "Scheduling" },
  { id: "limits", label: "Limits" },
  { id: "group", label: "Group" },
  { id: "location", label: "Location" },
  { id: "recurrence", label: "Series" },
  { id: "booking", label: "Booking" },
] as const;

export type SectionId = (typeof SECTIONS)[number]["id"];

export function Section({
  id,
  lead,
  children,
}: {
  id: SectionId;
  lead: string;
  children: ReactNode;
}) {
  const label = SECTIONS.find((section) => section.id === id)?.label;
  return (
    <section className="et-section" id={id} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{label}</h2>
      <p className="sub">{lead}</p>
      <div className="form">{children}</div>
    </section>
  );
}
