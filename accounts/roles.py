"""The three roles and what each may do: one list, from which a migration makes the groups.

Names are `app.permission`. An action that depends on whose story it is (a journalist edits only their own)
is decided by the model's verbs and the admin; this list says what a role may do at all.
"""

from django.apps import apps as installed_apps

JOURNALIST, EDITOR, ADMINISTRATOR = "Journalist", "Editor", "Administrator"


def _all(app, *models, verbs=("view", "add", "change", "delete")):
    return [f"{app}.{verb}_{model}" for model in models for verb in verbs]


_JOURNALIST = [
    *_all("articles", "article", verbs=("view", "add", "change")),
    *_all("articles", "section", "author", "source", "tag", "storytemplate", verbs=("view",)),
    *_all("articles", "assignment", verbs=("view", "add")),
    *_all("images", "image", verbs=("view", "add", "change")),
    *_all("audience", "popularity", verbs=("view",)),
]
_EDITOR = [
    *_JOURNALIST,
    "articles.edit_any_article",
    "articles.publish_article",
    "articles.take_down_article",
    "articles.correct_article",
    "articles.change_assignment",
    "articles.delete_article",  # into the bin; what was ever public is never deleted
    *_all(
        "articles", "section", "author", "source", "tag", "storytemplate", verbs=("add", "change", "delete")
    ),
    *_all("images", "image", verbs=("delete",)),
    "images.change_any_image",
    *_all("masthead", "page", "menuentry", "redirect"),
    *_all("masthead", "masthead", verbs=("view",)),
    *_all("adverts", "spot", "booking", verbs=("view",)),
]
_ADMINISTRATOR = [
    *_EDITOR,
    *_all("masthead", "masthead", verbs=("add", "change")),
    *_all("adverts", "spot", "booking", verbs=("add", "change", "delete")),
    *_all("accounts", "user"),
    *_all("accounts", "auditentry", verbs=("view",)),
]

ROLES = {JOURNALIST: _JOURNALIST, EDITOR: _EDITOR, ADMINISTRATOR: _ADMINISTRATOR}


def grant(apps=installed_apps):
    """Make the three groups hold exactly what `ROLES` lists; safe to run again.

    Creates permissions that do not exist yet (in a migration they come only after the last one).
    Raises Permission.DoesNotExist if the list names one that no model has; a migration's `apps` may lack models
    that come later, with a migration that calls this again.
    """
    from django.contrib.auth.management import create_permissions

    for app in {name.split(".")[0] for names in ROLES.values() for name in names}:
        config = apps.get_app_config(app)
        had = getattr(config, "models_module", None)
        config.models_module = had or True  # a migration's app has none, and would be passed over
        create_permissions(config, apps=apps, verbosity=0)
        config.models_module = had
    permission, group = apps.get_model("auth", "Permission"), apps.get_model("auth", "Group")
    for role, names in ROLES.items():
        found = []
        for name in names:
            app, codename = name.split(".")
            try:
                found.append(permission.objects.get(content_type__app_label=app, codename=codename))
            except permission.DoesNotExist:
                if apps is installed_apps:
                    raise
        group.objects.get_or_create(name=role)[0].permissions.set(found)
