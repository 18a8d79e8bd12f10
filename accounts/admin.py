"""People and the audit trail, at the desk."""

from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.db import transaction
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from accounts.changelist import KeysetAdmin, beginning
from accounts.forms import NewPersonForm, PersonForm
from accounts.models import AuditEntry, User, record
from accounts.roles import ADMINISTRATOR, EDITOR, JOURNALIST
from accounts.trail import AuditedAdmin
from accounts.verbs import VERBS


class RoleFilter(admin.SimpleListFilter):
    title, parameter_name = _("role"), "role"

    def lookups(self, request, model_admin):
        return [(JOURNALIST, _("Journalist")), (EDITOR, _("Editor")), (ADMINISTRATOR, _("Administrator"))]

    def queryset(self, request, queryset):
        return queryset.filter(groups__name=self.value()) if self.value() else queryset


@admin.register(User)
class PersonAdmin(AuditedAdmin, KeysetAdmin, UserAdmin):
    form, add_form = PersonForm, NewPersonForm
    list_display = ["username", "full_name", "role_name", "is_active", "last_login"]
    list_filter = [RoleFilter]
    ordering = ["username"]
    sortable_by = ["username"]
    begins_with = ("username", "last_name", "email")
    search_help_text = _("The beginning of a username, a surname or an e-mail address.")
    filter_horizontal = ()
    actions = None
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        (_("Person"), {"fields": ["first_name", "last_name", "email", "language"]}),
        (_("Role"), {"fields": ["role", "is_active"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["username", "first_name", "last_name", "email", "language", "role"]}),
        (_("Password"), {"fields": ["password1", "password2"]}),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    def get_search_results(self, request, queryset, search_term):
        """Names are written with a capital and looked for without: both are tried, each by its index."""
        text = search_term.strip()
        if not text:
            return queryset, False
        ids = set()
        for field in self.begins_with:
            for form in {text, text.lower(), text.capitalize()}:
                ids.update(beginning(User.objects.all(), field, form).values_list("pk", flat=True)[:100])
        return queryset.filter(pk__in=ids), False

    @admin.display(description=_("name"))
    def full_name(self, user):
        return user.get_full_name()

    @admin.display(description=_("role"))
    def role_name(self, user):
        return user.role

    def has_change_permission(self, request, obj=None):
        """Nobody but a superuser changes a superuser."""
        allowed = super().has_change_permission(request, obj)
        return allowed and not (obj is not None and obj.is_superuser and not request.user.is_superuser)

    def has_delete_permission(self, request, obj=None):
        """People who left are made inactive: what they signed and did keeps their name."""
        return False

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        form.by = request.user
        return form

    def user_change_password(self, request, id, form_url=""):
        if request.method != "POST":
            return super().user_change_password(request, id, form_url)
        with transaction.atomic():
            response = super().user_change_password(request, id, form_url)
            if response.status_code == 302:
                record("set password", User.objects.get(pk=id), by=request.user)
        return response

    def response_add(self, request, obj, post_url_continue=None):
        messages.info(
            request, say("To sign their stories, they need an author: add one and choose this account in it.")
        )
        return super().response_add(request, obj, post_url_continue)


class VerbFilter(admin.SimpleListFilter):
    title, parameter_name = _("what"), "verb"

    def lookups(self, request, model_admin):
        return VERBS.items()

    def queryset(self, request, queryset):
        return queryset.filter(verb=self.value()) if self.value() else queryset


@admin.register(AuditEntry)
class AuditEntryAdmin(KeysetAdmin):
    list_display = ["at", "by", "what", "label"]
    fields = readonly_fields = ["at", "by", "what", "label", "told"]
    list_display_links = ["at"]
    list_filter = [VerbFilter]
    list_select_related = ["by"]
    ordering = ["-id"]
    sortable_by = ()
    begins_with = ("by",)
    search_help_text = _("A username: what this person did.")
    actions = None

    @admin.display(description=_("what"))
    def what(self, entry):
        return entry.what

    @admin.display(description=_("detail"))
    def told(self, entry):
        return format_html_join(mark_safe("<br>"), "{}: {}", entry.told) or "—"

    def get_search_results(self, request, queryset, search_term):
        who = search_term.strip()
        return (queryset.filter(by__username=who) if who else queryset), False

    def lookup_allowed(self, lookup, value, request=None):
        return lookup in ("target_type", "target_id", "by__id__exact") or super().lookup_allowed(
            lookup, value, request
        )

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
