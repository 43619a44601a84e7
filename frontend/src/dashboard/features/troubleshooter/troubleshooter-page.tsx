import { useQuery } from "@tanstack/react-query";
import { ExternalLink, Pencil } from "lucide-react";
import { useRef, useState } from "react";
import { useParams, useSearchParams } from "react-router";
import { type EventType, eventTypeQuery } from "../../api/event-types";
import { useMe } from "../../api/me";
import { ButtonLink } from "../../components/button";
import { Icon } from "../../components/icon";
import { PageHead } from "../../components/page-head";
import { LoadError, Waiting } from "../../components/states";
import { Answer } from "./answer";
import { OfferedTimes } from "./offered-times";
import { type Question, readQuestion, writeQuestion } from "./question";
import { QuestionForm } from "./question-form";
import "./troubleshooter.css";

const TITLE = "Why is a time not offered?";

export function Component() {
  const { id = "" } = useParams();
  const found = useQuery(eventTypeQuery(id));
  if (found.data) return <Troubleshooter key={id} eventType={found.data} />;
  return (
    <>
      <PageHead title={TITLE} back={{ to: "/event-types", label: "Event types" }} />
      {found.isError ? (
        <LoadError error={found.error} onRetry={() => found.refetch()} />
      ) : (
        <Waiting rows={4} />
      )}
    </>
  );
}

/** A time and every reason against it. The question stands in the address, so it can be shared. */
function Troubleshooter({ eventType }: { eventType: EventType }) {
  const me = useMe();
  const [params, setParams] = useSearchParams();
  const [question, setQuestion] = useState(() => readQuestion(params, eventType));
  // The address follows a little later: two quick changes must both be in the second question.
  const newest = useRef(question);
  const ask = (change: Partial<Question>) => {
    const address = writeQuestion({ ...newest.current, ...change });
    newest.current = readQuestion(address, eventType);
    setQuestion(newest.current);
    setParams(address, { replace: true });
  };
  return (
    <>
      <PageHead
        title={TITLE}
        back={{ to: `/event-types/${eventType.id}/preview`, label: `Preview of ${eventType.name}` }}
        sub={`${eventType.name}: every reason against a start, as it stands right now.`}
      >
        <ButtonLink look="quiet" className="wide-only" to={`/event-types/${eventType.id}/edit`}>
          <Icon of={Pencil} />
          Edit
        </ButtonLink>
        {eventType.is_active && (
          <a
            className="btn quiet wide-only"
            href={eventType.booking_url}
            target="_blank"
            rel="noreferrer"
          >
            <Icon of={ExternalLink} />
            Open page
          </a>
        )}
      </PageHead>
      <div className="ts">
        <div className="ts-ask">
          <QuestionForm eventType={eventType} zone={me.timezone} question={question} onAsk={ask} />
          {eventType.is_active && question.day && (
            <OfferedTimes
              eventType={eventType}
              question={question}
              zone={me.timezone}
              onChoose={(time) => ask({ time })}
            />
          )}
        </div>
        <Answer
          eventType={eventType}
          zone={me.timezone}
          question={question}
          onChoose={(day, time) => ask({ day, time })}
        />
      </div>
    </>
  );
}
