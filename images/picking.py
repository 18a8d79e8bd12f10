"""What the picker and the upload page ask the desk for, in JSON: pictures by words, a new one, new texts."""

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.models import record
from images import intake
from images.models import Image

PAGE = 24


class TextsForm(forms.ModelForm):
    """What is written about a picture before it is used."""

    class Meta:
        model = Image
        fields = ["alt", "caption", "credit"]
        widgets = {
            "alt": forms.Textarea(attrs={"rows": 2, "spellcheck": "true"}),
            "caption": forms.Textarea(attrs={"rows": 3, "spellcheck": "true"}),
        }

    def clean_alt(self):
        return " ".join(self.cleaned_data["alt"].split())


def may_change(user, image):
    """Whether `user` may change this picture: editors any, journalists their own."""
    own = image.uploaded_by_id == user.pk and user.has_perm("images.change_image")
    return own or user.has_perm("images.change_any_image")


def rights_ended(image):
    """Whether the right to use it has run out."""
    return image.rights_until is not None and image.rights_until < timezone.localdate()


def described(image, user):
    """The picture as the scripts know it."""
    ended = _("The right to use it ended on %(day)s. Choose another, or have its date changed.")
    return {
        "id": image.pk,
        "title": str(image),
        "alt": image.alt,
        "caption": image.caption,
        "credit": image.credit,
        "width": image.width,
        "height": image.height,
        "thumb": image.desk_url(),
        "large": image.desk_url(800),
        "state": image.state,
        "address": reverse("admin:images_image_change", args=[image.pk]),
        "mayChange": may_change(user, image),
        "ended": ended % {"day": date_format(image.rights_until)} if rights_ended(image) else "",
    }


def _needs(request, verb):
    if not request.user.has_perm(f"images.{verb}_image"):
        raise PermissionDenied


@require_GET
def dialog(request):
    """The picker's dialog: HTML, since it is all words."""
    _needs(request, "view")
    context = {"form": TextsForm(auto_id="picker_%s"), "may_add": request.user.has_perm("images.add_image")}
    return render(request, "images/picker.html", context)


@require_GET
def pictures(request):
    """`{"results": [described], "next": id or null}`: those with the words of `q`, the newest first."""
    _needs(request, "view")
    found = Image.objects.matching(request.GET.get("q", "")[:200])
    if request.GET.get("mine"):
        found = found.filter(uploaded_by=request.user)
    after = request.GET.get("after", "")
    if after:
        if not (after.isdecimal() and len(after) < 19):
            raise Http404
        found = found.filter(pk__lt=int(after))
    rows = list(found.order_by("-pk")[: PAGE + 1])
    shown = rows[:PAGE]
    more = len(rows) > PAGE
    return JsonResponse(
        {
            "results": [described(image, request.user) for image in shown],
            "next": shown[-1].pk if more else None,
        }
    )


@require_POST
def upload(request):
    """Takes one `file`, with a `credit` and a `title` for one that has none of its own.

    Answers `{"image": described, "notices": [sentences]}`.
    A picture that is there already is given back, with a sentence; one that cannot be taken is 422 with
    an `error`.
    """
    _needs(request, "add")
    try:
        image, notices = taken(
            request.FILES.get("file"),
            by=request.user,
            **{name: request.POST.get(name, "") for name in ("credit", "title")},
        )
    except ValidationError as refusal:
        return JsonResponse({"error": " ".join(refusal.messages)}, status=422)
    return JsonResponse({"image": described(image, request.user), "notices": notices})


def taken(file, *, by, credit="", title=""):
    """`(image, notices)` for an uploaded file, or the one that is there already. Raises ValidationError."""
    if file is None:
        raise ValidationError(_("No file came. Choose one and send it again."))
    try:
        image = intake.receive(file, by=by, credit=credit, title=title)
    except intake.Duplicate as duplicate:
        return duplicate.existing, list(duplicate.messages)
    return image, image.notices


@require_http_methods(["GET", "POST"])
def picture(request, pk):
    """`{"image": described}`; POST first writes its texts that are sent (422: `{"errors": {field: [sentences]}}`)."""
    _needs(request, "view")
    image = get_object_or_404(Image, pk=pk)
    if request.method == "POST":
        if not may_change(request.user, image):
            raise PermissionDenied
        kept = forms.model_to_dict(image, TextsForm.Meta.fields)
        form = TextsForm(kept | request.POST.dict(), instance=image)
        if not form.is_valid():
            return JsonResponse({"errors": form.errors}, status=422)
        if form.has_changed():
            with transaction.atomic():
                form.save()
                record("change image", image, by=request.user, fields=form.changed_data)
    return JsonResponse({"image": described(image, request.user)})
