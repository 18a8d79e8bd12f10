"""A person's own views of the list of articles: saved, renamed, put in order, deleted."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseNotAllowed, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.admin.filters import NarrowForm
from articles.models import SavedView


def kept(query, user):
    """Of the parameters of a list's address, those that a view keeps: see `NarrowForm.kept`."""
    return NarrowForm(QueryDict(query[:4000]), user=user).kept()


class NameForm(forms.ModelForm):
    class Meta:
        model = SavedView
        fields = ["name"]

    def clean_name(self):
        name = " ".join(self.cleaned_data["name"].split())
        others = SavedView.objects.filter(user=self.instance.user, name=name).exclude(pk=self.instance.pk)
        if others.exists():
            raise forms.ValidationError(_("You have a view of this name: choose another."))
        return name


class ViewForm(NameForm):
    class Meta(NameForm.Meta):
        fields = ["name", "query"]

    def clean_query(self):
        query = kept(self.cleaned_data["query"], self.instance.user)
        if not query or len(query) > 1000:
            raise forms.ValidationError(_("This view could not be saved: choose its filters once more."))
        return query


def _said(request, form):
    for errors in form.errors.values():
        for sentence in errors:
            messages.warning(request, sentence)


def page(admin, request):
    """The views of who asks; a sent form saves one more."""
    if not admin.has_view_permission(request):
        raise PermissionDenied
    if request.method == "POST":
        form = ViewForm(request.POST, instance=SavedView(user=request.user))
        if form.is_valid():
            form.instance.add()
            messages.success(request, _("Saved."))
        _said(request, form)
        query = kept(request.POST.get("query", ""), request.user)
        return HttpResponseRedirect(f"{reverse('admin:articles_article_changelist')}?{query or 'state='}")
    context = {
        **admin.admin_site.each_context(request),
        "title": _("My views"),
        "opts": admin.opts,
        "views": SavedView.objects.filter(user=request.user),
    }
    return TemplateResponse(request, "admin/articles/article/views.html", context)


def change(admin, request, pk):
    """What the buttons beside a view do."""
    if not admin.has_view_permission(request):
        raise PermissionDenied
    view = get_object_or_404(SavedView, pk=pk, user=request.user)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if "_delete" in request.POST:
        view.delete()
    elif "_first" in request.POST:
        view.open_first(not view.opens_first)
    elif "_up" in request.POST:
        view.move_up()
    else:
        form = NameForm(request.POST, instance=view)
        if form.is_valid():
            form.save()
        _said(request, form)
    return HttpResponseRedirect(reverse("admin:articles_article_views"))
