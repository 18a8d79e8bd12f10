"""The masters, for the desk only: whole, or made smaller while there is no rendition yet."""

from io import BytesIO

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe
from PIL import Image as Picture

from images.models import Image

SMALL = 800
HEADERS = {"Cache-Control": "private, max-age=3600", "Content-Security-Policy": "default-src 'none'; sandbox"}


def _file(request, pk):
    if not request.user.has_perm("images.view_image"):
        raise PermissionDenied
    image = get_object_or_404(Image, pk=pk)
    try:
        return image, image.file.open("rb")
    except OSError:
        raise Http404 from None  # the row outlived its file


@require_safe
def master(request, pk):
    """The master as it is stored, to be downloaded."""
    image, file = _file(request, pk)
    name = f"{image.pk}.{image.file.name.rsplit('.', 1)[-1]}"
    return FileResponse(file, filename=name, as_attachment=True, headers=HEADERS)


@require_safe
def thumb(request, pk):
    """The master at most `SMALL` pixels long, as JPEG; decoding skips the detail."""
    _image, file = _file(request, pk)
    try:
        with file, Picture.open(file, formats=["JPEG", "PNG"]) as picture:
            picture.draft("RGB", (SMALL, SMALL))
            picture.thumbnail((SMALL, SMALL), reducing_gap=2)
            out = BytesIO()
            _on_white(picture).save(out, "JPEG", quality=75)
    except (OSError, SyntaxError, ValueError):
        raise Http404 from None  # a master that is damaged: the page says so
    return HttpResponse(out.getvalue(), content_type="image/jpeg", headers=HEADERS)


def _on_white(picture):
    ground = Picture.new("RGB", picture.size, "white")
    ground.paste(picture, mask=picture.getchannel("A") if picture.mode == "RGBA" else None)
    return ground
