import type { Answer } from "../../../api/bookings";

/** What was answered, question by question, as the server puts it into words. */
export function Answers({ answers }: { answers: readonly Answer[] }) {
  if (answers.length === 0) return null;
  return (
    <dl className="qa">
      {answers.map((answer) => (
        <div key={answer.question}>
          <dt>{answer.text}</dt>
          <dd>
            {answer.type === "url" && /^https?:\/\//.test(answer.shown) ? (
              <a className="link" href={answer.shown} target="_blank" rel="noreferrer nofollow">
                {answer.shown}
              </a>
            ) : (
              answer.shown
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
