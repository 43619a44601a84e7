"""What an organizer asks of who books."""

from __future__ import annotations

import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from apps.events.models.event_type import MAX_RETENTION


class QuestionType(models.TextChoices):
    """How a question is answered (semantics, 5)."""

    TEXT = "text", "Short text"
    TEXTAREA = "textarea", "Long text"
    SELECT = "select", "One of a list"
    MULTISELECT = "multiselect", "Several of a list"
    CHECKBOX = "checkbox", "Yes or no"
    RADIO = "radio", "One of a few"
    EMAIL = "email", "E-mail address"
    PHONE = "phone", "Phone number"
    NUMBER = "number", "Number"
    DATE = "date", "Date"
    TIME = "time", "Time"
    URL = "url", "Web address"


class CustomQuestion(models.Model):
    """One question of an event type's form, asked in `order`.

    `options` are the choices of select, multiselect and radio, as texts. `conditions` say when it
    is shown, `validation_rules` what an answer must be (semantics, 5). Answers are kept under the
    id, so a removed question stays as an archived row as long as answers name it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    event_type = models.ForeignKey(
        "events.EventType", on_delete=models.CASCADE, related_name="questions"
    )
    question_text = models.CharField(max_length=500)
    question_type = models.CharField(max_length=12, choices=QuestionType, default=QuestionType.TEXT)
    help_text = models.CharField(max_length=500, blank=True)
    is_required = models.BooleanField(default=False)
    order = models.PositiveSmallIntegerField(default=0)
    options = models.JSONField(default=list, blank=True)
    conditions = models.JSONField(default=dict, blank=True)
    validation_rules = models.JSONField(default=dict, blank=True)
    # The name under which a link may bring the answer: ?company=Acme. Empty: its place (a1, a2).
    prefill_key = models.CharField(max_length=40, blank=True)
    # Answers go so many days after the booking's end; None: with the booking's other data.
    retention_days = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(MAX_RETENTION)]
    )
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("order", "id")
        indexes = [models.Index(fields=["event_type", "order"], name="question_by_type_order")]

    def __str__(self) -> str:
        return self.question_text
