import {
  ArrowDown,
  ArrowUp,
  ChevronDown,
  CircleAlert,
  Copy,
  GitBranch,
  Trash2,
} from "lucide-react";
import { ActionMenu } from "../../../components/action-menu";
import { Button } from "../../../components/button";
import { Icon } from "../../../components/icon";
import { Tag } from "../../../components/tag";
import { QuestionEditor } from "./question-editor";
import { type QuestionDraft, TYPE_WORDS } from "./values";
import { conditionWords, nameOf } from "./words";

/** One question: what it asks in a row, and all of it when it is open. */
export function QuestionCard({
  question,
  index,
  questions,
  faults,
  isOpen,
  onOpen,
  onChange,
  onMove,
  onCopy,
  onRemove,
}: {
  question: QuestionDraft;
  index: number;
  questions: readonly QuestionDraft[];
  faults: Readonly<Record<string, string | undefined>>;
  isOpen: boolean;
  onOpen: (isOpen: boolean) => void;
  onChange: (question: QuestionDraft) => void;
  onMove: (to: number) => void;
  onCopy: () => void;
  onRemove: () => void;
}) {
  const name = nameOf(question, index + 1);
  const shown = conditionWords(question.conditions, questions);
  const isFaulty = Object.values(faults).some(Boolean);
  const body = `q-${question.id}-body`;
  return (
    <li className="row question" id={`q-${question.id}`} data-open={isOpen || undefined}>
      <div className="question-head">
        <button
          type="button"
          className="question-name"
          aria-expanded={isOpen}
          aria-controls={body}
          onClick={() => onOpen(!isOpen)}
        >
          <Icon of={ChevronDown} />
          <span>
            <b dir="auto">{name}</b>
            <small>
              {TYPE_WORDS[question.question_type]}
              {question.is_required && <Tag>Required</Tag>}
              {isFaulty && (
                <span className="question-fault">
                  <Icon of={CircleAlert} size={14} />
                  Needs a second look
                </span>
              )}
            </small>
            {shown && (
              <small className="question-when">
                <Icon of={GitBranch} size={14} />
                <span dir="auto">Shown when {shown}</span>
              </small>
            )}
          </span>
        </button>
        <span className="question-tools">
          <Button
            look="quiet"
            square
            data-move="up"
            disabled={index === 0}
            aria-label={`Move ${name} up`}
            onClick={() => onMove(index - 1)}
          >
            <Icon of={ArrowUp} />
          </Button>
          <Button
            look="quiet"
            square
            data-move="down"
            disabled={index === questions.length - 1}
            aria-label={`Move ${name} down`}
            onClick={() => onMove(index + 1)}
          >
            <Icon of={ArrowDown} />
          </Button>
          <ActionMenu
            label={`More for ${name}`}
            actions={[
              { id: "copy", label: "Duplicate", icon: Copy, run: onCopy },
              {
                id: "remove",
                label: "Remove",
                icon: Trash2,
                danger: true,
                apart: true,
                run: onRemove,
              },
            ]}
          />
        </span>
      </div>
      {isOpen && (
        <div className="question-body" id={body}>
          <QuestionEditor
            question={question}
            earlier={questions.slice(0, index)}
            faults={faults}
            onChange={onChange}
          />
        </div>
      )}
    </li>
  );
}
