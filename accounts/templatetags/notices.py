"""What the desk's header says about notifications."""

from django import template

register = template.Library()
MOST = 99


@register.simple_tag(takes_context=True)
def unread(context):
    """How many notifications this person has not read, in words ("99+"); empty for none. One query."""
    user = getattr(context.get("request"), "user", None)
    if user is None or not user.is_authenticated:
        return ""
    number = len(user.notifications.filter(read_at=None).order_by().values_list("pk")[: MOST + 1])
    return f"{MOST}+" if number > MOST else number or ""
