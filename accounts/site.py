"""The desk: Django's admin under the paper's name."""

from django.contrib import admin, messages
from django.contrib.admin import AdminSite, actions
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import translation
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

UNWANTED = {"auth.Group", "taggit.Tag", "django_tasks_database.DBTaskResult"}


@admin.action(description=_("Delete those chosen"), permissions=["delete"])
def delete_selected(modeladmin, request, queryset):
    """Django's, under a name that agrees with every model's."""
    return actions.delete_selected(modeladmin, request, queryset)


class DeskSite(AdminSite):
    index_title = _("Desk")
    site_url = "/"
    enable_nav_sidebar = False
    empty_value_display = "—"
    index_template = "admin/desk.html"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._pages = []
        self.add_action(delete_selected)

    def register(self, model_or_iterable, admin_class=None, **options):
        """As Django's, but for what would only confuse, or counts all its rows.

        Groups are our roles, the tags are our own; of tasks, the log tells what went wrong.
        """
        models = [model_or_iterable] if isinstance(model_or_iterable, type) else list(model_or_iterable)
        wanted = [model for model in models if model._meta.label not in UNWANTED]
        super().register(wanted, admin_class, **options)

    def add_page(self, route, view, name):
        """Have `view(request)` at /admin/<route>, for those who may sign in: how the apps above add pages."""
        self._pages.append((route, view, name))

    def get_urls(self):
        from accounts import notices, resume

        own = [path(route, self.admin_view(view), name=name) for route, view, name in self._pages]
        return [
            *own,
            path("me/", self.admin_view(self.me), name="me"),
            path("notifications/", self.admin_view(notices.page), name="notifications"),
            path("notifications/<int:pk>/", self.admin_view(notices.follow), name="notification"),
            path("people/", self.admin_view(notices.people), name="people"),
            path("resume/", resume.resume, name="resume"),
            path(
                "r/<int:content_type_id>/<path:object_id>/",
                self.admin_view(self.on_site),
                name="view_on_site",
            ),
            *super().get_urls(),
        ]

    def admin_view(self, view, cacheable=False):
        """Who sends a form after their session ended signs in and goes on: nothing typed is lost."""
        from accounts import resume

        inner = super().admin_view(view, cacheable)

        def checked(request, *args, **kwargs):
            if resume.is_lost(request):
                return resume.keep(request)
            return inner(request, *args, **kwargs)

        checked.csrf_exempt = True  # `inner` checks it; a form without a session must first come here
        checked.__name__, checked.__doc__ = view.__name__, view.__doc__
        return checked

    def on_site(self, request, content_type_id, object_id):
        """To the public address of something, for who may see it at the desk: an address can tell a title."""
        from django.contrib.contenttypes.models import ContentType
        from django.contrib.contenttypes.views import shortcut

        model = get_object_or_404(ContentType, pk=content_type_id).model_class()
        registered = self._registry.get(model)
        found = registered and registered.get_object(request, object_id)
        if not (found and registered.has_view_permission(request, found)):
            raise Http404
        return shortcut(request, content_type_id, object_id)

    def app_index(self, request, app_label, extra_context=None):
        """The desk's home lists everything: no page for each app."""
        return HttpResponseRedirect(reverse("admin:index"))

    def password_change(self, request, extra_context=None):
        """As Django's, with an entry in the trail."""
        from accounts.models import record

        if request.method != "POST":
            return super().password_change(request, extra_context)
        with transaction.atomic():
            response = super().password_change(request, extra_context)
            if response.status_code == 302:
                record("set password", request.user, by=request.user)
        return response

    def me(self, request):
        """One's own name and the language of one's desk."""
        from accounts.forms import MeForm
        from accounts.models import record

        form = MeForm(request.POST or None, instance=request.user, label_suffix="")
        if request.method == "POST" and form.is_valid():
            with transaction.atomic():
                user = form.save()
                if form.has_changed():
                    record("change user", user, by=user, fields=form.changed_data)
            with translation.override(user.language or translation.get_language()):
                messages.success(request, say("Saved."))
            return HttpResponseRedirect(reverse("admin:index"))
        context = {**self.each_context(request), "title": say("About me"), "form": form}
        return TemplateResponse(request, "admin/me.html", context)
