"""Advertising at the desk: the places, and who has them when."""

from django import forms
from django.contrib import admin
from django.db.models import Q
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from accounts.changelist import KeysetAdmin
from accounts.trail import AuditedAdmin
from adverts.models import Booking, Spot
from images.forms import ImageChoiceField
from masthead.moments import PaperTimeField


@admin.register(Spot)
class SpotAdmin(AuditedAdmin, KeysetAdmin):
    list_display = ["name", "size", "who", "is_open"]
    fields = ["name", "size", "is_open"]
    readonly_fields = ["name", "size"]
    actions = None

    def has_add_permission(self, request):
        return False  # the pages have these places and no others

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=_("place"))
    def name(self, spot):
        return capfirst(str(spot))

    @admin.display(description=_("size"))
    def size(self, spot):
        shape = spot.shape
        return say("%(width)d × %(height)d, on a phone %(phone_width)d × %(phone_height)d") % shape._asdict()

    @admin.display(description=_("now"))
    def who(self, spot):
        booking = Booking.objects.current().filter(spot=spot).first()
        return booking.advertiser if booking else "–"


class BookingForm(forms.ModelForm):
    starts = PaperTimeField(label=capfirst(_("from")), needed=True)
    ends = PaperTimeField(label=capfirst(_("until")), needed=True)
    image = ImageChoiceField(
        required=False, label=capfirst(_("picture")), help_text=Booking._meta.get_field("image").help_text
    )
    url = forms.URLField(label=capfirst(_("leads to")), max_length=1000, assume_scheme="https")
    notice_url = forms.URLField(
        label=capfirst(_("transparency notice")),
        max_length=1000,
        required=False,
        assume_scheme="https",
        help_text=Booking._meta.get_field("notice_url").help_text,
    )

    class Meta:
        model = Booking
        fields = [
            *("spot", "advertiser", "url", "starts", "ends", "image", "alt", "text"),
            *("is_political", "sponsor", "vote", "notice_url"),
        ]


class WhenFilter(admin.SimpleListFilter):
    title, parameter_name = _("when"), "when"

    def lookups(self, request, model_admin):
        return [("running", _("running")), ("coming", _("to come")), ("over", _("over"))]

    def queryset(self, request, queryset):
        now = timezone.now()
        conditions = {
            "running": Q(starts__lte=now, ends__gt=now),
            "coming": Q(starts__gt=now),
            "over": Q(ends__lte=now),
        }
        return queryset.filter(conditions.get(self.value(), Q()))


@admin.register(Booking)
class BookingAdmin(AuditedAdmin, KeysetAdmin):
    form = BookingForm
    list_display = ["advertiser", "spot", "starts", "ends", "state"]
    list_filter = [WhenFilter, "spot"]
    list_select_related = ["spot"]
    ordering = ["-starts", "-id"]
    sortable_by = ["starts", "ends"]
    begins_with = ("advertiser",)
    search_help_text = _("The beginning of an advertiser's name.")
    fieldsets = [
        (None, {"fields": ["spot", "advertiser", "url", "starts", "ends"]}),
        (_("What is shown"), {"fields": ["image", "alt", "text"]}),
        (
            _("Political advertising"),
            {
                "fields": ["is_political", "sponsor", "vote", "notice_url"],
                "description": _("What Regulation (EU) 2024/900 wants readers to be told."),
            },
        ),
    ]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name in ("starts", "ends"):
            field.help_text = say("In the time of %s.") % timezone.get_current_timezone_name()
        return field

    @admin.display(description=_("state"))
    def state(self, booking):
        return format_html('<span class="state">{}</span>', booking.state_label)
