import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { ProblemError, Unreachable } from "../../shared/api/problem";
import { type Day, dayInZone, type Month, monthOf } from "../../shared/dates/days";
import { usualClock } from "../../shared/dates/formats";
import { groupByDay } from "../../shared/dates/group-slots";
import type { Answer } from "../../shared/questions/question";
import { currentName, detectZone, isKnownZone } from "../../shared/tz/zones";
import { Icon } from "../icon";
import { isRequest, lacksCode, mailCode } from "./admission";
import { Alternatives, nearest, type Refusal } from "./alternatives";
import { ChoiceBar } from "./choice-bar";
import { ClockSwitch } from "./clock-switch";
import { Confirmation } from "./confirmation";
import { type Details, DetailsForm, type FieldErrors, fieldOfPointer } from "./details-form";
import { EmptyMonth } from "./empty-month";
import { MonthGrid } from "./month-grid";
import type { Page } from "./page";
import { type BookingAnswer, CREATE_URL, IdempotentPost, manageUrl } from "./requests";
import { ScopeChoice } from "./series/scope-choice";
import { SeriesChoice } from "./series/series-choice";
import { useSeries } from "./series/use-series";
import { isFull, isOffered } from "./slot-ledger";
import { SlotList } from "./slot-list";
import { useHold } from "./use-hold";
import { useQuestionPart } from "./use-question-part";
import { useSlots } from "./use-slots";
import { WaitLink } from "./wait-link";
import { ZoneQuestion, ZoneSelect } from "./zone-select";

type Step = "time" | "details" | "done" | "closed";

const ALTERNATIVES = 4;

/** Codes of the API that mean "not this time": the first because somebody was faster. */
const REFUSED_TIME: Readonly<Record<string, Refusal["kind"]>> = {
  slot_taken: "taken",
  hold_expired: "taken",
  full: "taken",
  outside_hours: "not_offered",
  too_soon: "not_offered",
  too_far: "not_offered",
  limit_reached: "not_offered",
  off_grid: "not_offered",
};

/** Where a link asked to start: `?timezone=`, `?month=2027-03`, `?date=2027-03-11`. */
export interface Wishes {
  zone: string | null;
  month: Month | null;
  day: Day | null;
}

export function readWishes(query: URLSearchParams): Wishes {
  const zone = query.get("timezone") ?? "";
  const day = query.get("date")?.match(/^\d{4}-(0[1-9]|1[0-2])-\d{2}$/)?.[0] ?? null;
  const month = query.get("month")?.match(/^\d{4}-(0[1-9]|1[0-2])$/)?.[0] ?? null;
  return { zone: isKnownZone(zone) ? currentName(zone) : null, month, day };
}

/** The page's script: a time, then who is coming, then the confirmation. */
export function Booker({ page, wishes }: { page: Page; wishes: Wishes }) {
  const move = page.init.reschedule;
  const [zone, setZone] = useState(() => wishes.zone ?? move?.timezone ?? detectZone());
  const [clock, setClock] = useState(() => usualClock(page.locale));
  if (!zone) {
    return (
      <>
        <ZoneQuestion page={page} clock={clock} onZone={setZone} />
        <ChoiceBar page={page} choice={null} zone={zone} clock={clock} />
      </>
    );
  }
  return <BookerInZone {...{ page, wishes, zone, setZone, clock, setClock }} />;
}

interface BookerInZoneProps {
  page: Page;
  wishes: Wishes;
  zone: string;
  setZone(zone: string): void;
  clock: ReturnType<typeof usualClock>;
  setClock(clock: ReturnType<typeof usualClock>): void;
}

function BookerInZone({ page, wishes, zone, setZone, clock, setClock }: BookerInZoneProps) {
  const { init, t } = page;
  const { organizer, event_type: eventType, reschedule: move } = init;
  const today = dayInZone(page.now(), zone);

  const [duration, setDuration] = useState(init.slots.duration);
  const [month, setMonth] = useState<Month>(() => firstMonth(page, wishes, zone, today));
  const [day, setDay] = useState<Day | null>(wishes.day);
  const [start, setStart] = useState<string | null>(null);
  const [step, setStep] = useState<Step>("time");
  const [details, setDetails] = useState<Details>({
    name: init.prefill.name,
    email: init.prefill.email,
    phone: "",
    email_code: "",
    website: "",
    notes: "",
    answers: init.prefill.answers ?? {},
  });
  const [errors, setErrors] = useState<FieldErrors>({});
  const [complaint, setComplaint] = useState("");
  const [codeSentTo, setCodeSentTo] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [isSending, setSending] = useState(false);
  const [booking, setBooking] = useState<BookingAnswer | null>(null);
  const [said, setSaid] = useState("");
  const post = useRef(new IdempotentPost());
  const heading = useRef<HTMLHeadingElement>(null);

  useQuestionPart(eventType.questions);
  const slots = useSlots(page, zone, month, duration);
  const days = useMemo(() => groupByDay(slots.ledger.slots, zone), [slots.ledger, zone]);
  const freeDays = useMemo(
    () => [...days.keys()].filter((free) => monthOf(free) === month),
    [days, month],
  );
  const choice = start
    ? { start, end: new Date(Date.parse(start) + duration * 60_000).toISOString() }
    : null;

  // The day follows the month in view, once its times are known.
  useEffect(() => {
    if (!slots.isKnown) return;
    if (day && monthOf(day) === month && days.has(day)) return;
    setDay(freeDays[0] ?? null);
  }, [slots.isKnown, day, month, days, freeDays]);

  const isFilledIn = step === "details" && start !== null && !move;
  const hold = useHold(
    page,
    isFilledIn
      ? {
          organizer_slug: organizer.slug,
          event_type_slug: eventType.slug,
          start_time: start,
          duration,
        }
      : null,
    (refused) => start && fail(refused, start),
    () => start && void slots.refresh(monthOf(dayInZone(start, zone))),
  );

  const repeats = Boolean(eventType.repeats) && !move;
  const series = useSeries(page, repeats && isFilledIn ? start : null, duration, zone, hold.token);
  const [scope, setScope] = useState("this");

  // A refreshed list may lack the chosen time: said at once, not after the form is filled in.
  useEffect(() => {
    if (!start || step === "done" || step === "closed" || slots.ledger.duration !== duration)
      return;
    // No list has the time that is held for this visitor.
    if (hold.isKept) return;
    if (isOffered(slots.ledger, start) || !knows(slots.ledger.spans, start)) return;
    setRefusal({ kind: "taken", alternatives: near(start) });
    setStart(null);
  });

  const near = (wanted: string) =>
    nearest(
      slots.ledger.slots.filter((slot) => !isFull(slot)).map((slot) => slot.start),
      wanted,
      ALTERNATIVES,
    );

  // The browser's Back leads from the details to the times.
  useEffect(() => {
    const back = () => setStep((now) => (now === "details" ? "time" : now));
    window.addEventListener("popstate", back);
    return () => window.removeEventListener("popstate", back);
  }, []);

  // With the step itself: a moment later it would take the focus from who types already.
  useLayoutEffect(() => {
    if (step === "details") heading.current?.focus();
  }, [step]);

  const changeMonth = (next: Month) => {
    setMonth(next);
    setSaid(
      page
        .monthParts(next)
        .map(({ text }) => text)
        .join(""),
    );
  };

  const changeDay = (next: Day) => {
    setDay(next);
    setSaid(t.plural("day_times", days.get(next)?.length ?? 0, { day: page.dayName(next) }));
  };

  const changeZone = (next: string) => {
    // What stays is the instant: the chosen one, else the first of the day in view.
    const kept = start ?? (day ? days.get(day)?.[0]?.start : undefined);
    setZone(next);
    if (kept) {
      setDay(dayInZone(kept, next));
      setMonth(monthOf(dayInZone(kept, next)));
    }
  };

  const changeDuration = (next: number) => {
    setDuration(next);
    setStart(null);
    setRefusal(null);
  };

  const choose = (next: string) => {
    setStart(next);
    setRefusal(null);
    setComplaint("");
    const itsDay = dayInZone(next, zone);
    setDay(itsDay);
    setMonth(monthOf(itsDay));
  };

  const showNext = (next: string) => {
    const itsDay = dayInZone(next, zone);
    setDay(itsDay);
    changeMonth(monthOf(itsDay));
  };

  const toDetails = () => {
    setStep("details");
    history.pushState({ step: "details" }, "");
  };

  const send = async (filled: Details, answers: Record<string, Answer> = {}) => {
    if (!start || isSending) return;
    if (repeats && series.chosen.length === 0) return setComplaint(t("series_none"));
    setSending(true);
    setErrors({});
    setComplaint("");
    try {
      if (move) {
        const url = manageUrl(move.access_token);
        const moved = { action: "reschedule", start_time: start, timezone: zone };
        await post.current.send(url, scope === "this" ? moved : { ...moved, scope });
        location.assign(`/booking/${move.access_token}/manage?moved`);
        return;
      }
      const answer = await post.current.send<BookingAnswer>(CREATE_URL, {
        organizer_slug: organizer.slug,
        event_type_slug: eventType.slug,
        start_time: start,
        duration,
        invitee_name: filled.name,
        invitee_email: filled.email,
        invitee_phone: filled.phone || undefined,
        invitee_timezone: zone,
        notes: filled.notes || undefined,
        custom_answers: Object.keys(answers).length > 0 ? answers : undefined,
        locale: init.locale,
        email_code: filled.email_code || undefined,
        website: filled.website || undefined,
        hold_token: await hold.token(),
        occurrences: repeats ? series.chosen : undefined,
      });
      hold.used();
      setBooking(answer);
      setStep("done");
      if (answer.redirect_url) location.assign(answer.redirect_url);
    } catch (error) {
      if (lacksCode(error)) await sendCode(filled.email, start);
      else fail(error, start);
    } finally {
      setSending(false);
    }
  };

  const sendCode = (email: string, wanted: string) =>
    mailCode(page, email).then(
      () => {
        setErrors({});
        setCodeSentTo(email);
      },
      (error) => fail(error, wanted),
    );

  const fail = (error: unknown, wanted: string) => {
    if (error instanceof Unreachable) return setComplaint(t("offline"));
    if (!(error instanceof ProblemError)) throw error;
    const { code, extra, errors: found, detail, retryAfter } = error.problem;
    const kind = REFUSED_TIME[code];
    if (extra.occurrences) {
      if (repeats) series.refresh();
      return setComplaint(repeats ? t("series_taken") : detail);
    }
    if (kind) {
      const offered = Array.isArray(extra.alternatives) ? (extra.alternatives as string[]) : [];
      const known = offered.length > 0 ? nearest(offered, wanted, ALTERNATIVES) : near(wanted);
      setRefusal({ kind, alternatives: known });
      setStart(null);
      void slots.refresh(monthOf(dayInZone(wanted, zone)));
      return undefined;
    }
    if (code === "rate_limited")
      return setComplaint(t.plural("error_rate", Math.max(1, Math.ceil(retryAfter / 60))));
    if (move && code === "invalid_state") {
      // Cancelled or begun meanwhile: no other time can be chosen either.
      setComplaint(detail);
      return setStep("closed");
    }
    const byField: FieldErrors = {};
    for (const { pointer, detail: said } of found) {
      const field = fieldOfPointer(pointer);
      if (field) byField[field] = said;
    }
    setErrors(byField);
    if (Object.keys(byField).length === 0)
      setComplaint(found[0]?.detail || detail || t("error_unknown"));
    return undefined;
  };

  if (step === "done" && booking) {
    return (
      <Confirmation page={page} booking={booking} email={details.email} zone={zone} clock={clock} />
    );
  }

  const problemNote = complaint && (
    <p className="notice" role="alert">
      <Icon name="alert" />
      <span>{complaint}</span>
    </p>
  );
  if (step === "closed" && move) {
    return (
      <section className="panel done">
        {problemNote}
        <a className="pick" href={`/booking/${move.access_token}/manage`}>
          {t("to_booking")}
        </a>
      </section>
    );
  }

  const alternatives = refusal && (
    <Alternatives page={page} refusal={refusal} zone={zone} clock={clock} onChoose={choose} />
  );

  if (step === "details") {
    return (
      <>
        <section className="panel form" aria-labelledby="details-title">
          <h2 id="details-title" tabIndex={-1} ref={heading}>
            {t("details_title")}
          </h2>
          {alternatives}
          {problemNote}
          {start && hold.secondsLeft !== null && (
            <p className="notice" role="timer">
              <span>
                {hold.secondsLeft > 0 ? t.plural("hold_left", hold.secondsLeft) : t("hold_over")}
              </span>
            </p>
          )}
          {repeats && <SeriesChoice page={page} series={series} zone={zone} clock={clock} />}
          <DetailsForm
            page={page}
            details={details}
            errors={errors}
            onChange={setDetails}
            codeSentTo={codeSentTo}
            onNewCode={() => start && void sendCode(details.email, start)}
            onSubmit={(filled, answers) => {
              setDetails(filled);
              void send(filled, answers);
            }}
            onUnready={() => setComplaint(t("offline"))}
          />
        </section>
        <ChoiceBar page={page} choice={choice} zone={zone} clock={clock}>
          <button type="button" className="plain" onClick={() => history.back()}>
            {t("change")}
          </button>
          <button type="submit" form="details" className="cta" aria-disabled={isSending}>
            {t(start && isRequest(eventType, start, page.now()) ? "request" : "book")}
          </button>
        </ChoiceBar>
      </>
    );
  }

  const isEmpty = slots.isKnown && freeDays.length === 0;
  const dayInView = day && days.has(day) ? day : null;
  return (
    <>
      <section className="cal" aria-label={t("choose_day")}>
        {!move && (
          <a
            className="sr skip"
            href={`/${organizer.slug}/${eventType.slug}/times?timezone=${encodeURIComponent(zone)}`}
          >
            {t("as_list")}
          </a>
        )}
        <MonthGrid
          page={page}
          month={month}
          selected={dayInView}
          today={today}
          lastDay={init.last_date}
          days={days}
          isBusy={!slots.isKnown && !slots.trouble}
          onMonth={changeMonth}
          onDay={changeDay}
        />
        <div className="tools">
          <ZoneSelect page={page} zone={zone} clock={clock} onZone={changeZone} />
          {eventType.durations.length > 1 && (
            <Durations page={page} duration={duration} onDuration={changeDuration} />
          )}
        </div>
      </section>
      <section
        className={`slots${slots.isKnown || slots.trouble ? "" : " stale"}`}
        aria-labelledby="day-name"
      >
        <div className="bar1">
          <h2 id="day-name">
            {dayInView ? (
              <>
                {page.weekday(dayInView, "short")} <span>{page.dateName(dayInView)}</span>
              </>
            ) : (
              t("choose_time")
            )}
          </h2>
          <ClockSwitch page={page} clock={clock} onClock={setClock} />
        </div>
        {alternatives}
        {problemNote}
        {slots.trouble && (
          <div className="notice" role="alert">
            <p>
              <Icon name="alert" />
              <span>{t(slots.trouble === "offline" ? "offline" : "load_failed")}</span>
            </p>
            <button type="button" className="pick" onClick={() => void slots.refresh()}>
              {t("try_again")}
            </button>
          </div>
        )}
        <ScopeChoice
          legend={move?.scope_legend ?? ""}
          options={move?.scopes ?? []}
          scope={scope}
          onScope={setScope}
        />
        {isEmpty ? (
          <EmptyMonth page={page} month={month} zone={zone} slots={slots} onShow={showNext} />
        ) : (
          dayInView && (
            <SlotList
              page={page}
              day={dayInView}
              slots={days.get(dayInView) ?? []}
              zone={zone}
              clock={clock}
              chosen={start}
              onChoose={choose}
            />
          )
        )}
        {slots.isKnown && <WaitLink page={page} zone={zone} />}
      </section>
      <ChoiceBar page={page} choice={choice} zone={zone} clock={clock}>
        {move ? (
          <button
            type="button"
            className="cta"
            aria-disabled={isSending}
            onClick={() => void send(details)}
          >
            {t("move")}
          </button>
        ) : (
          <button type="button" className="cta" onClick={toDetails}>
            {t("continue")}
            <Icon name="onward" />
          </button>
        )}
      </ChoiceBar>
      <p className="sr" aria-live="polite">
        {said}
      </p>
    </>
  );
}

/** The month a link asked for, else that of the first free time, never one that is over. */
function firstMonth(page: Page, wishes: Wishes, zone: string, today: Day): Month {
  const wished = wishes.month ?? (wishes.day && monthOf(wishes.day));
  const firstFree = page.init.slots.slots[0];
  const month = wished ?? monthOf(firstFree ? dayInZone(firstFree.start, zone) : today);
  return month < monthOf(today) ? monthOf(today) : month;
}

const knows = (spans: readonly (readonly [number, number])[], start: string): boolean =>
  spans.some(([from, to]) => from <= Date.parse(start) && Date.parse(start) < to);

interface DurationsProps {
  page: Page;
  duration: number;
  onDuration(duration: number): void;
}

function Durations({ page, duration, onDuration }: DurationsProps) {
  return (
    <fieldset className="seg">
      <legend className="sr">{page.t("duration")}</legend>
      {page.init.event_type.durations.map((minutes) => (
        <label key={minutes}>
          <input
            type="radio"
            name="duration"
            checked={minutes === duration}
            onChange={() => onDuration(minutes)}
          />
          <span>{page.t("minutes", { count: minutes })}</span>
        </label>
      ))}
    </fieldset>
  );
}
