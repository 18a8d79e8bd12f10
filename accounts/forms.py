"""Forms about people."""

from django import forms
from django.contrib.auth.forms import UserChangeForm, UserCreationForm
from django.contrib.auth.models import Group
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import ADMINISTRATOR, EDITOR, JOURNALIST

ROLES = [(JOURNALIST, _("Journalist")), (EDITOR, _("Editor")), (ADMINISTRATOR, _("Administrator"))]


class RoleField(forms.ChoiceField):
    """The one role somebody has, as radio buttons that say what each may do."""

    def __init__(self, **kwargs):
        help_text = _(
            "Journalists write and submit. Editors also publish and take down. "
            "Administrators also see to people, the masthead and advertising."
        )
        super().__init__(
            label=capfirst(_("role")),
            choices=ROLES,
            widget=forms.RadioSelect,
            initial=JOURNALIST,
            help_text=help_text,
            **kwargs,
        )


class _WithRole:
    """Saves the role as the user's only group, and lets every role sign in to the desk."""

    def _give_role(self, user):
        user.is_staff = True
        self.role_given = Group.objects.get_or_create(name=self.cleaned_data["role"])[0]

    def _save_m2m(self):
        super()._save_m2m()
        if hasattr(self, "role_given"):
            self.instance.groups.set([self.role_given])


class PersonForm(_WithRole, UserChangeForm):
    """`by` is who edits: nobody locks themselves out."""

    role = RoleField()
    by = None

    class Meta:
        model = User
        fields = ["username", "first_name", "last_name", "email", "language", "is_active"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            names = {group.name for group in self.instance.groups.all()}
            self.initial["role"] = next(
                (r for r in (ADMINISTRATOR, EDITOR, JOURNALIST) if r in names), JOURNALIST
            )

    def clean(self):
        cleaned = super().clean()
        if self.by is not None and self.by.pk == self.instance.pk:
            if not cleaned.get("is_active"):
                self.add_error("is_active", _("Nobody closes their own account. Ask another administrator."))
            if cleaned.get("role") != self.initial["role"] and not self.by.is_superuser:
                self.add_error("role", _("Nobody changes their own role. Ask another administrator."))
        return cleaned

    def save(self, commit=True):
        self._give_role(self.instance)
        return super().save(commit)


class NewPersonForm(_WithRole, UserCreationForm):
    role = RoleField()

    class Meta:
        model = User
        fields = ["username", "first_name", "last_name", "email", "language"]

    def save(self, commit=True):
        self._give_role(self.instance)
        return super().save(commit)


class MeForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["first_name", "last_name", "email", "language", "mail"]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("mail") and not cleaned.get("email"):
            self.add_error("email", _("Give the address the mail is sent to."))
        return cleaned
