"""The picture library at the desk: a grid, a page for many uploads, and one page a picture."""

from datetime import timedelta

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from accounts.changelist import KeysetAdmin, KeysetChangeList
from accounts.trail import AuditedAdmin
from images import masters, picking, tasks
from images.forms import ImageForm
from images.intake import looks_like
from images.models import Image

SOON = timedelta(days=30)
MOST_FILES = 20  # in one form without script: more would outlast the server's patience


class MineFilter(admin.SimpleListFilter):
    title, parameter_name = _("uploaded by"), "mine"

    def lookups(self, request, model_admin):
        return [("1", _("Me"))]

    def queryset(self, request, queryset):
        return queryset.filter(uploaded_by=request.user) if self.value() else queryset


class RightsFilter(admin.SimpleListFilter):
    title, parameter_name = _("rights"), "rights"

    def lookups(self, request, model_admin):
        return [("soon", _("End within 30 days")), ("ended", _("Have ended"))]

    def queryset(self, request, queryset):
        today = timezone.localdate()
        if self.value() == "soon":
            return queryset.filter(rights_until__range=(today, today + SOON))
        return queryset.filter(rights_until__lt=today) if self.value() == "ended" else queryset


class Grid(KeysetChangeList):
    """The pictures with what the grid shows of each."""

    def get_results(self, request):
        super().get_results(request)
        for image in self.result_list:
            image.thumb = image.desk_url()
            image.ended = picking.rights_ended(image)


@admin.register(Image)
class ImageAdmin(AuditedAdmin, KeysetAdmin):
    form = ImageForm
    list_filter = ["state", MineFilter, RightsFilter]
    ordering = ["-id"]
    sortable_by = ()
    begins_with = ["words"]  # only so that there is a field to type in: see `get_search_results`
    search_help_text = _("Words, or their beginnings, from the name, description, caption or credit.")
    list_per_page = 48
    actions = None
    fieldsets = [
        (None, {"fields": ["alt", "caption", "credit"]}),
        (_("For the desk"), {"fields": ["title", "rights", "rights_until"]}),
        (_("What must stay in sight when it is cropped"), {"fields": ["focal_x", "focal_y"]}),
    ]
    add_form_template = "admin/images/image/upload.html"

    class Media:
        css = {"all": ["css/pictures-admin.css"]}

    # ------------------------------------------------------------------ addresses
    def get_urls(self):
        def desk(route, view, name):
            return path(route, self.admin_site.admin_view(view), name=f"images_image_{name}")

        return [
            desk("picker/", picking.pictures, "picker"),
            desk("picker/dialog/", picking.dialog, "picker_dialog"),
            desk("picker/upload/", picking.upload, "picker_upload"),
            desk("picker/<int:pk>/", picking.picture, "picker_picture"),
            desk("<int:pk>/master/", masters.master, "master"),
            desk("<int:pk>/thumb/", masters.thumb, "thumb"),
            *super().get_urls(),
        ]

    # ------------------------------------------------------------------ who may do what
    def has_change_permission(self, request, obj=None):
        """Editors change any picture, journalists their own."""
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or picking.may_change(request.user, obj))

    # ------------------------------------------------------------------ the library
    def get_changelist(self, request, **kwargs):
        return Grid

    def get_search_results(self, request, queryset, search_term):
        found = queryset.matching(search_term[:200]) if search_term.strip() else queryset
        return found, False

    # ------------------------------------------------------------------ uploading
    def add_view(self, request, form_url="", extra_context=None):
        """The page for many pictures; its script sends one request a file, without it they come together."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        files = request.FILES.getlist("files") if request.method == "POST" else []
        outcomes = [self._outcome(request, file) for file in files[:MOST_FILES]]
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": say("Upload pictures"),
            "media": self.media,
            "outcomes": outcomes,
            "texts": picking.TextsForm(auto_id="texts_%s"),
            "empty": request.method == "POST" and not files,
            "left_out": [file.name for file in files[MOST_FILES:]],
            "credit": request.POST.get("credit", ""),
        }
        return TemplateResponse(request, self.add_form_template, context)

    def _outcome(self, request, file):
        try:
            image, notices = picking.taken(file, by=request.user, credit=request.POST.get("credit", ""))
        except ValidationError as refusal:
            return {"name": file.name, "error": " ".join(refusal.messages)}
        image.thumb = image.desk_url()
        return {"name": file.name, "image": image, "notices": notices}

    # ------------------------------------------------------------------ one picture
    def change_view(self, request, object_id, form_url="", extra_context=None):
        image = self.get_object(request, object_id)
        extra = dict(extra_context or {})
        if image:
            uses = list(dict.fromkeys(image.used_in()))  # a story can show it twice
            extra |= {
                "title": str(image),
                "subtitle": None,
                "uses": uses,
                "thumb": image.desk_url(1200),
                "resembles": looks_like(image),
                "rights_ended": picking.rights_ended(image),
                "show_delete": not uses and self.has_delete_permission(request, image),
                "may_focus": self.has_change_permission(request, image),
                "show_save_and_add_another": False,
            }
        return super().change_view(request, object_id, form_url, extra)

    def save_model(self, request, obj, form, change):
        """Another focal point means other crops."""
        super().save_model(request, obj, form, change)
        again = "_again" in request.POST
        if again or {"focal_x", "focal_y"} & set(form.changed_data):
            tasks.make_again(obj)

    def response_change(self, request, obj):
        if "_again" not in request.POST:
            return super().response_change(request, obj)
        self.message_user(request, say("Its sizes are being made again."), messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:images_image_change", args=[obj.pk]))

    # ------------------------------------------------------------------ deleting
    def delete_view(self, request, object_id, extra_context=None):
        """Asks first; a picture in use stays, with the places that use it."""
        image = self.get_object(request, object_id)
        if image and self.has_delete_permission(request, image) and (uses := dict.fromkeys(image.used_in())):
            where = ", ".join(f"“{words}”" for words, _address in list(uses)[:5])
            sentence = say("This picture stays: it is used in %(where)s. Take it out there first.")
            self.message_user(request, sentence % {"where": where}, messages.ERROR)
            return HttpResponseRedirect(reverse("admin:images_image_change", args=[image.pk]))
        return super().delete_view(request, object_id, extra_context)

    def get_deleted_objects(self, objs, request):
        """The picture alone: its words and files go with it, but nobody thinks of them."""
        return [str(image) for image in objs], {self.opts.verbose_name_plural: len(objs)}, set(), []
