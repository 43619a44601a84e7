import { ChevronLeft } from "lucide-react";
import { type ReactNode, useEffect } from "react";
import { Link } from "react-router";
import { Icon } from "./icon";

/** The screen's name, also in the window's title, and its one main action. */
export function PageHead({
  title,
  sub,
  back,
  children,
}: {
  title: string;
  sub?: ReactNode;
  back?: { to: string; label: string };
  children?: ReactNode;
}) {
  useDocumentTitle(title);
  return (
    <header>
      {back && (
        <Link className="crumb" to={back.to}>
          <Icon of={ChevronLeft} size={14} flip />
          {back.label}
        </Link>
      )}
      <div className="head">
        <h1>{title}</h1>
        {children}
      </div>
      {sub && <p className="sub">{sub}</p>}
    </header>
  );
}

export function useDocumentTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Halfpast`;
  }, [title]);
}
