import { FolderPlus, Plus, X } from "lucide-react";
import type { Group, Node } from "../../../../shared/questions/question";
import { Button } from "../../../components/button";
import { Icon } from "../../../components/icon";
import { ConditionRow } from "./condition-row";
import { groupWith, isGroup, membersOf, newCondition, type QuestionDraft } from "./values";

const DEEPEST = 5;

/** The conditions of a group, and groups inside it. An emptied group is gone (null). */
export function ConditionGroup({
  group,
  earlier,
  depth,
  onChange,
}: {
  group: Group;
  earlier: readonly QuestionDraft[];
  depth: number;
  onChange: (group: Group | null) => void;
}) {
  const word = "all" in group ? "all" : "any";
  const members = membersOf(group);
  const set = (next: Node[]) => onChange(next.length > 0 ? groupWith(word, next) : null);
  const replace = (index: number, node: Node | null) =>
    set(members.flatMap((member, place) => (place === index ? (node ?? []) : [member])));
  const nearest = earlier.at(-1);
  return (
    <fieldset className="conditions" aria-label={word === "all" ? "All of" : "Any of"}>
      {members.map((member, index) => {
        // Conditions have no ids of their own; their place is all there is.
        const key = `${depth}-${index}`;
        return isGroup(member) ? (
          <div className="condition-nested" key={key}>
            <div className="condition-join">
              <select
                className="input"
                aria-label="How the conditions of this group are joined"
                value={"all" in member ? "all" : "any"}
                onChange={(event) =>
                  replace(index, groupWith(event.target.value as "all" | "any", membersOf(member)))
                }
              >
                <option value="all">All of these</option>
                <option value="any">Any of these</option>
              </select>
              <Button
                look="quiet"
                square
                aria-label="Remove this group"
                onClick={() => replace(index, null)}
              >
                <Icon of={X} />
              </Button>
            </div>
            <ConditionGroup
              group={member}
              earlier={earlier}
              depth={depth + 1}
              onChange={(next) => replace(index, next)}
            />
          </div>
        ) : (
          <ConditionRow
            key={key}
            condition={member}
            earlier={earlier}
            number={index + 1}
            onChange={(next) => replace(index, next)}
            onRemove={() => replace(index, null)}
          />
        );
      })}
      {nearest && (
        <div className="condition-adds">
          <Button look="quiet" onClick={() => set([...members, newCondition(nearest)])}>
            <Icon of={Plus} />
            Add a condition
          </Button>
          {depth < DEEPEST && (
            <Button
              look="quiet"
              onClick={() =>
                set([
                  ...members,
                  groupWith(word === "all" ? "any" : "all", [newCondition(nearest)]),
                ])
              }
            >
              <Icon of={FolderPlus} />
              Add a group
            </Button>
          )}
        </div>
      )}
    </fieldset>
  );
}
