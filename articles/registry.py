"""Where the apps above tell articles what they need to hear: plain functions, called in order.

Each app registers in its AppConfig.ready; articles itself imports none of them.
"""

_followers = []
_panels = []
_demo_loaders = []
_searches = []
_figures = []
_rankings = []
_tops = []


def follow(function):
    """Have `function(articles)` called inside the transaction that wrote these articles (a list)."""
    if function not in _followers:
        _followers.append(function)


def tell(articles):
    """Call every follower with the articles just written."""
    for function in _followers:
        function(articles)


def panel(function):
    """Have `function(article, request) -> safe HTML or ""` shown beside the article form."""
    if function not in _panels:
        _panels.append(function)


def panels(article, request):
    """The panels that have something to say about this article to this person."""
    return [html for html in (function(article, request) for function in _panels) if html]


def figures(function):
    """Have `function(ids) -> {id: number of reads today}` answer for the desk's list of articles."""
    _figures[:] = [function]


def reads_today(ids):
    """The reads of these articles today, by id; empty while no app above counts."""
    return _figures[0](ids) if _figures else {}


def ranking(function):
    """Have `function(list key) -> ids of articles, the most read first` answer `most_read`."""
    _rankings[:] = [function]


def most_read(key):
    """The ids of the most read stories of a list; empty while no app above counts."""
    return _rankings[0](key) if _rankings else []


def top(function):
    """Have `function(request, section, stories, length) -> stories or None` say what stands on top of a section."""
    _tops[:] = [function]


def top_of(request, section, stories, length):
    """What was arranged for the top of a section whose newest are `stories`; None if nothing was."""
    return _tops[0](request, section, stories, length) if _tops and length else None


def desk_search(function):
    """Have `function(query, limit, **places) -> ids of articles, best first` answer the desk's searches."""
    _searches[:] = [function]


def search(query, limit=200, **places):
    """The ids of the articles that match, best first; None while no app above can search.

    `places` narrow it before it stops at the limit: `section` (an id or several, also of further sections), `language`,
    `published=True`.
    """
    return _searches[0](query, limit, **places) if _searches else None


def demo(function):
    """Have `function(loader)` called when the demo paper is loaded, for what an upper app has of it."""
    if function not in _demo_loaders:
        _demo_loaders.append(function)


def load_demo(loader):
    """Call what the upper apps registered with `demo`."""
    for function in _demo_loaders:
        function(loader)
