"""Moments as the desk writes them: in the paper's time zone, summer time's two odd hours asked about."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from masthead.models import Masthead

FIRST, SECOND = "first", "second"


class PaperTimeWidget(forms.MultiWidget):
    template_name = "admin/widgets/paper_time.html"

    def __init__(self):
        choices = [("", ""), (FIRST, ""), (SECOND, "")]
        super().__init__(
            {
                "": forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
                "which": forms.Select(choices=choices),
            }
        )

    def id_for_label(self, id_):
        return f"{id_}_0" if id_ else id_

    def decompress(self, value):
        if not value:
            return [None, ""]
        local = value.astimezone(ZoneInfo(Masthead.current().time_zone))
        return [local.replace(tzinfo=None), SECOND if local.fold else ""]

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"]["zone"] = Masthead.current().time_zone
        which = context["widget"]["subwidgets"][1]
        context["widget"]["ask"] = bool(value and isinstance(value, list) and value[1]) or getattr(
            self, "ask", False
        )
        labels = {"": "—", FIRST: _("the first one (summer time)"), SECOND: _("the second one (winter time)")}
        for _group, options, _index in which["optgroups"]:
            for option in options:
                option["label"] = labels[option["value"]]
        which["attrs"]["aria-label"] = _("Which of the two hours")
        return context


class PaperTimeField(forms.MultiValueField):
    """A moment in the paper's time zone; its value is aware, and exact to the minute."""

    widget = PaperTimeWidget

    def __init__(self, *, needed=False, **options):
        fields = (
            forms.CharField(required=False, max_length=40),
            forms.ChoiceField(choices=[("", ""), (FIRST, FIRST), (SECOND, SECOND)], required=False),
        )
        super().__init__(fields, required=False, require_all_fields=False, **options)

        self.needed = needed

    def has_changed(self, initial, data):
        try:
            return self.clean(data) != (initial and initial.replace(second=0, microsecond=0))
        except ValidationError:
            return True

    def compress(self, values):
        text, which = values if values else ("", "")
        if not text:
            if self.needed:
                raise ValidationError(_("Write the date and the time, such as 2026-03-29 06:00."))
            return None
        try:
            written = datetime.fromisoformat(text).replace(tzinfo=None, second=0, microsecond=0)
        except ValueError:
            raise ValidationError(_("Write the date and the time, such as 2026-03-29 06:00.")) from None
        zone = ZoneInfo(Masthead.current().time_zone)
        try:
            first, second = written.replace(tzinfo=zone, fold=0), written.replace(tzinfo=zone, fold=1)
            offsets = first.utcoffset(), second.utcoffset()
            skipped = first.astimezone(ZoneInfo("UTC")).astimezone(zone).replace(tzinfo=None) != written
            moment = first.astimezone(ZoneInfo("UTC"))
        except OverflowError:
            raise ValidationError(
                _("This date is too far away. Choose one within the next five years.")
            ) from None
        if offsets[0] == offsets[1]:
            return self._near(moment)
        if skipped:
            raise ValidationError(
                _("This hour does not exist: the clock goes forward that night. Choose one before or after.")
            )
        if not which:
            self.widget.ask = True
            raise ValidationError(
                _("This hour comes twice: the clock goes back that night. Say which of the two you mean.")
            )
        return self._near((second if which == SECOND else first).astimezone(ZoneInfo("UTC")))

    @staticmethod
    def _near(moment):
        """Nothing a newspaper plans is six years away: such a date is a slip of the finger."""
        if moment > timezone.now() + timedelta(days=5 * 366):
            raise ValidationError(_("This date is too far away. Choose one within the next five years."))
        if moment.year < 1900:
            raise ValidationError(_("This date is too long ago. Check the year."))
        return moment
