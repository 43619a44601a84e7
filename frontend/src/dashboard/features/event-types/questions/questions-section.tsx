import { Plus } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { type UseFormReturn, useController } from "react-hook-form";
import { Button } from "../../../components/button";
import { Hint } from "../../../components/field";
import { Icon } from "../../../components/icon";
import { Section } from "../form/section";
import type { EventTypeValues } from "../form/values";
import { faultsIn } from "./faults";
import { QuestionCard } from "./question-card";
import "./questions.css";
import { newId, newQuestion, type QuestionDraft, without } from "./values";
import { nameOf } from "./words";

const MOST = 50;

/** What is asked of everybody who books: a list in order, one question open at a time. */
export function QuestionsSection({ form }: { form: UseFormReturn<EventTypeValues> }) {
  const { field, fieldState } = useController({ control: form.control, name: "custom_questions" });
  const questions = field.value;
  const faults: unknown[] = Array.isArray(fieldState.error) ? fieldState.error : [];
  const [open, setOpen] = useState<string | null>(null);
  const [said, setSaid] = useState("");
  const [wanted, setWanted] = useState("");
  const list = useRef<HTMLDivElement>(null);

  // After a move or a new question the focus goes to where the eye is.
  useEffect(() => {
    if (!wanted) return;
    list.current?.querySelector<HTMLElement>(wanted)?.focus();
    setWanted("");
  }, [wanted]);

  // A fault in a closed question is found by opening it.
  const faulty = questions.findIndex((_, index) => faults[index]);
  const attempts = form.formState.submitCount;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once per attempt to save
  useEffect(() => {
    const first = questions[faulty];
    if (first) setOpen(first.id);
  }, [attempts, faulty]);

  const change = (next: QuestionDraft[]) => {
    form.clearErrors("custom_questions");
    field.onChange(next);
  };
  const add = (question: QuestionDraft, after = questions.length - 1) => {
    change([...questions.slice(0, after + 1), question, ...questions.slice(after + 1)]);
    setOpen(question.id);
    setWanted(`#q-${question.id} .input`);
  };
  const move = (from: number, to: number) => {
    const next = [...questions];
    next.splice(to, 0, ...next.splice(from, 1));
    change(next);
    const name = nameOf(questions[from], from + 1);
    setSaid(`${name} is now number ${to + 1} of ${questions.length}.`);
    const id = questions[from]?.id;
    const isAtEnd = to === 0 || to === questions.length - 1;
    const button = isAtEnd ? (to === 0 ? "down" : "up") : to < from ? "up" : "down";
    setWanted(`#q-${id} [data-move="${button}"]`);
  };
  const remove = (index: number) => {
    const gone = questions[index];
    if (!gone) return;
    const rest = questions.filter((question) => question !== gone);
    change(
      rest.map((question) => ({ ...question, conditions: without(gone.id, question.conditions) })),
    );
    setSaid(`${nameOf(gone, index + 1)} is removed.`);
    // Once the menu is gone: while it is open it keeps the focus.
    setTimeout(() => setWanted("[data-add]"));
  };

  return (
    <Section id="questions" lead="What you ask of everybody who books, beside name and e-mail.">
      <div className="questions" ref={list}>
        {questions.length > 0 && (
          <ol className="list" aria-label="Questions">
            {questions.map((question, index) => (
              <QuestionCard
                key={question.id}
                question={question}
                index={index}
                questions={questions}
                faults={faultsIn(faults[index])}
                isOpen={open === question.id}
                onOpen={(isOpen) => setOpen(isOpen ? question.id : null)}
                onChange={(changed) =>
                  change(questions.map((one) => (one === question ? changed : one)))
                }
                onMove={(to) => move(index, to)}
                onCopy={() =>
                  add({ ...structuredClone(question), id: newId(), prefill_key: "" }, index)
                }
                onRemove={() => remove(index)}
              />
            ))}
          </ol>
        )}
        {questions.length < MOST && (
          <div>
            <Button data-add="" ref={field.ref} onClick={() => add(newQuestion())}>
              <Icon of={Plus} />
              Add a question
            </Button>
          </div>
        )}
        <Hint
          id="questions-hint"
          error={fieldState.error?.message ?? fieldState.error?.root?.message}
        >
          {questions.length === 0 && "Nothing is asked so far."}
        </Hint>
        <span className="sr" role="status">
          {said}
        </span>
      </div>
    </Section>
  );
}
