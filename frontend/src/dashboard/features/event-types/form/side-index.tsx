import { useEffect, useState } from "react";
import { SECTIONS, type SectionId } from "./section";

/** Jumps between the sections and marks the one being read; a list, never a locked wizard. */
export function SideIndex({ faulty }: { faulty: ReadonlySet<SectionId> }) {
  const current = useCurrentSection();
  return (
    <nav className="et-index" aria-label="Sections">
      {SECTIONS.map(({ id, label }) => (
        <a key={id} href={`#${id}`} aria-current={current === id ? "true" : undefined}>
          {label}
          {faulty.has(id) && <span className="tag danger">Look</span>}
        </a>
      ))}
    </nav>
  );
}

function useCurrentSection(): SectionId {
  const [current, setCurrent] = useState<SectionId>("basics");
  useEffect(() => {
    const observer = new IntersectionObserver(
      (entries) => {
        const seen = entries.find((entry) => entry.isIntersecting);
        if (seen) setCurrent(seen.target.id as SectionId);
      },
      { rootMargin: "-10% 0px -70% 0px" },
    );
    for (const { id } of SECTIONS) {
      const section = document.getElementById(id);
      if (section) observer.observe(section);
    }
    return () => observer.disconnect();
  }, []);
  return current;
}
