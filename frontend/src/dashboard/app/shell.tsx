import { useEffect, useRef } from "react";
import { NavLink, Outlet, useLocation } from "react-router";
import { Dial } from "../components/dial";
import { Icon } from "../components/icon";
import { ToastRegion } from "../components/toast";
import { AccountMenu } from "./account-menu";
import { SECTIONS, SETTINGS } from "./sections";

export function Shell() {
  const main = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  const first = useRef(true);
  // A new screen starts at its top, for eyes and for screen readers alike.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the path is the trigger
  useEffect(() => {
    if (first.current) {
      first.current = false;
      return;
    }
    window.scrollTo(0, 0);
    main.current?.focus({ preventScroll: true });
  }, [pathname]);
  return (
    <div className="app">
      <a className="skip" href="#main">
        Skip to content
      </a>
      <nav className="side" aria-label="Main">
        <div className="brand">
          <Dial minutes={30} />
          Halfpast
        </div>
        <ul>
          {SECTIONS.map((section) => (
            <li key={section.to}>
              <SectionLink {...section} className="nav" />
            </li>
          ))}
        </ul>
        <div className="side-end">
          <SectionLink {...SETTINGS} className="nav" />
          <AccountMenu />
        </div>
      </nav>
      <main id="main" className="main" tabIndex={-1} ref={main}>
        <Outlet />
      </main>
      <nav className="bar" aria-label="Main, small screens">
        {[...SECTIONS, SETTINGS].map((section) => (
          <SectionLink key={section.to} {...section} />
        ))}
      </nav>
      <ToastRegion />
    </div>
  );
}

function SectionLink({
  to,
  label,
  icon,
  Mark,
  className,
}: (typeof SECTIONS)[number] & { className?: string }) {
  return (
    <NavLink to={to} className={className ?? ""}>
      <Icon of={icon} />
      {label}
      {Mark && <Mark />}
    </NavLink>
  );
}
