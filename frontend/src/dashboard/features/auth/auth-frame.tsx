import type { ReactNode } from "react";
import { useDocumentTitle } from "../../components/page-head";
import "./auth.css";

export function AuthFrame({
  title,
  lead,
  children,
  foot,
}: {
  title: string;
  lead?: ReactNode;
  children?: ReactNode;
  foot?: ReactNode;
}) {
  useDocumentTitle(title);
  return (
    <>
      <h1>{title}</h1>
      {lead && <p className="sub">{lead}</p>}
      <div className="auth-body">{children}</div>
      {foot && <p className="auth-foot">{foot}</p>}
    </>
  );
}

export function FormFault({ message }: { message: string | undefined }) {
  if (!message) return null;
  return (
    <p className="auth-fault" role="alert">
      {message}
    </p>
  );
}
