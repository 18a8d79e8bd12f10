"""The audit trail of what the desk's forms write."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import record


class AuditedAdmin(admin.ModelAdmin):
    """A ModelAdmin of which each write leaves an entry: "add page", "change page", "delete page".

    Adding and changing name the fields. `accounts.verbs` has the verbs in words.
    """

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        verb = "change" if change else "add"
        record(f"{verb} {self.opts.model_name}", obj, by=request.user, fields=form.changed_data)

    def delete_model(self, request, obj):
        """What the database deletes along with it is counted: the arrangements of a section, say."""
        pk, label = obj.pk, str(obj)
        _count, gone = obj.delete()
        obj.pk = pk
        along = {name: n for name, n in gone.items() if n and name != obj._meta.label}
        verb = f"delete {self.opts.model_name}"
        record(verb, obj, by=request.user, label=label, **({"along": along} if along else {}))

    def history_view(self, request, object_id, extra_context=None):
        """Who did what is for those who may see the trail."""
        if not request.user.has_perm("accounts.view_auditentry"):
            raise PermissionDenied
        return super().history_view(request, object_id, extra_context)

    @transaction.atomic
    def delete_queryset(self, request, queryset):
        for obj in queryset:
            self.delete_model(request, obj)
