"""The list of articles, narrowed: what it costs is bounded, whatever is asked together.

No database has an index for every pair of filters, and where two never meet it would read one of them to its end. So
each filter is first asked for its newest few ids, from its own index. If one has no more than `LOOK`, the list is read
among those. Else the list looks at the newest `LOOK` of one filter and says so: "further back" leads on from there.
"""

from django.utils.functional import cached_property

from accounts.changelist import AFTER, KeysetChangeList
from articles import registry
from articles.admin.filters import NarrowForm
from articles.models import Article

LOOK = 1000  # articles looked at for a page, where filters meet
LOOK_ALONE = 200  # where there is one only, whose index gives the order
MOST_FOUND = 1000  # of the newest in which the words stand
MOST_FOUND_ALONE = 200  # where nothing else is asked


class ArticleChangeList(KeysetChangeList):
    looked = 0  # how many were looked at, if not all
    capped = 0  # how many of those with the words were looked at, if not all

    def get_queryset(self, request, exclude_parameters=None):
        self.form = NarrowForm(request.GET, user=request.user)
        self.filter_params = {name: texts for name, texts in self.filter_params.items() if any(texts)}
        queryset = super().get_queryset(request, exclude_parameters).filter(self.form.where())
        found = self._with_the_words()
        self.has_words = found is not None
        return queryset.filter(pk__in=found) if self.has_words else queryset

    def get_filters_params(self, params=None):
        found = super().get_filters_params(params)
        return {name: value for name, value in found.items() if name not in self.form.fields}

    def get_ordering(self, request, queryset):
        order = self.form.order()
        if order:
            self.sortable_by = ()
        return order or super().get_ordering(request, queryset)

    def _with_the_words(self):
        """The ids of the newest articles with the words, narrowed in the index where it can; None without words."""
        if not self.query.strip():
            return None
        asked = self.form.asked()
        places = {
            "language": asked.get("language"),
            "section": asked["section"].pk if "section" in asked else None,
        }
        live = asked.get("state") in ("public", "scheduled", "pending")
        most = MOST_FOUND if asked else MOST_FOUND_ALONE
        found = registry.search(self.query.strip(), most, published=live, **places)
        self.capped = most if found is not None and len(found) >= most else 0
        return found

    def get_results(self, request):
        more = False
        if self.form.is_valid() and self.form.asked() and not self.has_words:
            ids, more = self._candidates()
            self.queryset = self.queryset.filter(pk__in=ids)
        super().get_results(request)
        if more and not self.next_link:
            self.looked = len(ids)
            last = Article.objects.defer("body").get(pk=ids[-1])
            self.next_link = self.get_query_string({AFTER: self._key(last)})

    def get_query_string(self, new_params=None, remove=None):
        """Never empty: that is the address of the view that opens first."""
        found = super().get_query_string(new_params, remove)
        return "?state=" if found == "?" else found

    def _candidates(self):
        """The ids to look at, and whether there are more to look at after them."""
        column = self._order(self.queryset)[0][0].name
        conditions = self.form.conditions()
        leading = next((each for each in conditions if each.by == column), None)
        look = LOOK_ALONE if leading and len(conditions) == 1 else LOOK
        probes = [(each is leading, self._ids(each, leading, look)) for each in conditions]
        if not leading:
            rows = Article.objects.order_by(*self.queryset.query.order_by).filter(
                **{f"{column}__isnull": False}
            )
            probes.append((True, list(self._from_after(rows).values_list("pk", flat=True)[: look + 1])))
        ids = min((ids for _leads, ids in probes), key=len)
        if len(ids) <= look:
            return ids, False
        return next(ids for leads, ids in probes if leads)[:look], True

    def _ids(self, condition, leading, look):
        """The ids its index hands out first; of the one that leads the list, from this page on."""
        rows, key = condition.rows, condition.key
        if condition is not leading:
            rows = rows.order_by("-" + (key if condition.by == "id" else condition.by))
        elif key == "pk":
            rows = self._from_after(rows.order_by(*self.queryset.query.order_by))
        else:
            rows = rows.order_by(f"-{key}")
            if self.after.isdecimal():
                rows = rows.filter(**{f"{key}__lt": self.after[:18]})
        return list(rows.values_list(key, flat=True)[: look + 1])

    # ------------------------------------------------------------------ for the templates
    @cached_property
    def chips(self):
        """(label, text, address without it) of each active filter."""
        return [(label, text, self.get_query_string({name: None})) for name, label, text in self.form.chips()]

    @cached_property
    def without_words(self):
        return self.get_query_string({"q": None})
